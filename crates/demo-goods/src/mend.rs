//! Covering a mark with cloth from beside it, keeping the light of the place.

use crate::colour::{luminance, mix, scale};
use crate::garment::Mend;
use crate::grid::Grid;
use crate::picture::Picture;

/// Width of the seam between cloth and patch, in pixels.
const SEAM: f32 = 3.0;
/// Scale of the light that a patch takes over from its surroundings, in pixels.
const LIGHT: f32 = 8.0;
/// A patch is made brighter or darker by at most this factor.
const MOST: f32 = 1.2;

/// `photo` with the mark covered.
pub fn cover(photo: &Picture, mend: &Mend) -> Picture {
    let hole = mend.outline.fill(photo.width(), photo.height());
    let blend = hole.grow(SEAM).as_weights().blur(SEAM / 2.0);
    let light = photo.map(luminance);
    let here = around(&light, &hole.grow(SEAM + 2.0));
    let there = light.blur(LIGHT);
    let [dx, dy] = mend.from.map(|pixels| pixels as isize);
    Grid::from_fn(photo.width(), photo.height(), |x, y| {
        let weight = blend.get(x, y);
        if weight < 1e-3 {
            return photo.get(x, y);
        }
        let (from_x, from_y) = (x as isize + dx, y as isize + dy);
        let balance = here.get(x, y) / there.at(from_x, from_y).max(1e-4);
        let balance = balance.clamp(1.0 / MOST, MOST);
        mix(photo.get(x, y), scale(photo.at(from_x, from_y), balance), weight)
    })
}

/// The smoothed light of the surroundings, looked at without the hole.
fn around(light: &Grid<f32>, hole: &Grid<bool>) -> Grid<f32> {
    let weights = hole.map(|inside| if inside { 0.0 } else { 1.0 });
    let sums = light.zip(&weights, |light, weight| light * weight).blur(2.0 * LIGHT);
    sums.zip(&weights.blur(2.0 * LIGHT), |sum, weight| sum / weight.max(1e-3))
}
