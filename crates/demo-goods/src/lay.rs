//! Laying artwork into cloth: it bends with the folds, turns with each cut piece and ends at its seams.

use crate::artwork::Artwork;
use crate::colour::{Rgb, mix};
use crate::garment::Panel;
use crate::grid::Grid;
use crate::piece::{Lay, Print};

/// How far, in pixels, the steeper folds of a garment (one slope in twenty) move the pattern.
const BEND: f32 = 2.0;
/// How far they move a placed print: it is inked on the cloth when flat, and lettering shows every pixel.
const BEND_PLACED: f32 = 1.0;
/// The furthest any fold moves the pattern, in pixels.
const FURTHEST: f32 = 6.0;
/// Folds narrower than this, in pixels, do not bend the pattern.
const FOLD: f32 = 12.0;
/// Drawings are made this much finer than the photograph, and averaged.
pub const FINENESS: f32 = 3.0;
/// Where in a pixel the drawing is looked at.
const SAMPLES: [f32; 3] = [-1.0 / FINENESS, 0.0, 1.0 / FINENESS];

/// Artwork lying on one photograph.
pub struct Laid<'a> {
    artwork: &'a Artwork,
    lay: Lay,
    panels: &'a [Panel],
    bend_x: Grid<f32>,
    bend_y: Grid<f32>,
}

impl<'a> Laid<'a> {
    /// Lays `artwork`, drawn `FINENESS` times too large, on the `cloth` of a photograph lit by `light`.
    pub fn new(
        artwork: &'a Artwork,
        print: &Print,
        panels: &'a [Panel],
        light: &Grid<f32>,
        cloth: &Grid<bool>,
    ) -> Self {
        let bend = if matches!(print.lay, Lay::Once(_)) { BEND_PLACED } else { BEND };
        let smooth = light.map(|light| light.min(1.6)).blur(FOLD);
        let inner = cloth.grow(-3.0 * FOLD);
        let slope = |dx: isize, dy: isize| {
            let rises = Grid::from_fn(light.width(), light.height(), |x, y| {
                let (x, y) = (x as isize, y as isize);
                smooth.at(x + dx, y + dy) - smooth.at(x - dx, y - dy)
            });
            let steep = rises.map(f32::abs).quantile(0.95, &inner).max(1e-6);
            rises.map(|rise| (rise / steep * bend).clamp(-FURTHEST, FURTHEST))
        };
        Self { artwork, lay: print.lay, panels, bend_x: slope(1, 0), bend_y: slope(0, 1) }
    }

    /// The cloth's colour at a place once printed on `ground`.
    pub fn over(&self, x: usize, y: usize, ground: Rgb) -> Rgb {
        let bend = [self.bend_x.get(x, y), self.bend_y.get(x, y)];
        let points = SAMPLES.iter().flat_map(|row| SAMPLES.iter().map(move |column| (column, row)));
        let colours = points.map(|(column, row)| {
            let (ink, cover) = self.ink([x as f32 + 0.5 + column, y as f32 + 0.5 + row], bend);
            mix(ground, ink, cover)
        });
        colours.zip(1_u8..).fold([0.0; 3], |mean, (colour, count)| mix(mean, colour, 1.0 / f32::from(count)))
    }

    fn ink(&self, [x, y]: [f32; 2], [bend_x, bend_y]: [f32; 2]) -> (Rgb, f32) {
        let (bent_x, bent_y) = (x + bend_x, y + bend_y);
        match self.lay {
            Lay::Once([middle, top, width]) => {
                let left = middle - width / 2.0;
                self.artwork.at((bent_x - left) * FINENESS, (bent_y - top) * FINENESS)
            }
            Lay::Repeat(_) => {
                let panel = self.panels.iter().find(|panel| panel.outline.contains(x, y));
                let Some(panel) = panel.filter(|panel| !panel.bare) else { return ([0.0; 3], 0.0) };
                let (sine, cosine) = panel.turn.to_radians().sin_cos();
                let [origin_x, origin_y] = panel.origin;
                let (dx, dy) = (bent_x - origin_x, bent_y - origin_y);
                let (along, down) = (dx * cosine + dy * sine, dy * cosine - dx * sine);
                self.artwork.repeated(along * FINENESS, down * FINENESS)
            }
        }
    }
}
