//! Cutting the garment out of its photograph: a model of the empty backdrop, then what shadow cannot explain.

use serde::Deserialize;

use crate::colour::{Rgb, luminance, mix};
use crate::garment::Shot;
use crate::grid::Grid;
use crate::picture::Picture;

/// Width of the frame that surely shows only backdrop, in pixels.
const FRAME: usize = 10;
/// Regions smaller than this, in pixels, are dust.
const DUST: usize = 400;

/// How a garment differs from backdrop and shadow.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contrast {
    /// Cloth is darker than this share of the backdrop's light; shadows are not.
    pub below: f32,
    /// In the topmost rows, which light reaches and no shadow, cloth may be as bright as this: rows, share.
    pub lit: [f32; 2],
    /// Coloured cloth is further than this from the backdrop's hue (sum of differences of red and blue over luminance)
    pub hue: f32,
    /// and darker than this share of the backdrop's light, so that colour bleeding over the outline does not count.
    pub tinted: f32,
    /// How far gaps in the outline are bridged, in pixels.
    pub bridge: f32,
    /// Steps of the outline shorter than this, such as JPEG's colour blocks, are rounded, in pixels.
    pub smooth: f32,
    /// Whether the backdrop is seen through holes of the garment.
    pub holes: bool,
}

impl Default for Contrast {
    fn default() -> Self {
        Self { below: 0.38, lit: [0.0, 0.0], hue: f32::INFINITY, tinted: 0.0, bridge: 0.0, smooth: 1.0, holes: true }
    }
}

/// A garment cut out of its photograph.
pub struct Cutout {
    /// Where the garment is.
    pub mask: Grid<bool>,
    /// Light on the backdrop where the garment is not, 1 without shadow.
    pub shadow: Grid<f32>,
    /// The garment's colours, continued a little beyond its outline.
    pub cloth: Picture,
}

/// Cuts the garment out of `photo`: along its outline if one is drawn, else by its contrast to the backdrop.
pub fn cut(photo: &Picture, shot: &Shot) -> Cutout {
    let empty = empty_backdrop(photo);
    let light = photo.zip(&empty, |pixel, backdrop| luminance(pixel) / luminance(backdrop).max(1e-3));
    let mask = match &shot.outline {
        Some(outline) => outline.fill(photo.width(), photo.height()),
        None => found(photo, &empty, &light, shot.contrast.unwrap_or_default()),
    };
    let mask = shot.shade.iter().fold(mask, |mask, shade| {
        mask.zip(&shade.fill(photo.width(), photo.height()), |inside, shaded| inside && !shaded)
    });
    let shadow = continued(&light.map(|light| light.clamp(0.0, 1.0)), &mask.grow(3.0).map(|inside| !inside), 2.0);
    Cutout { cloth: continued_colours(photo, &mask.grow(-2.0)), shadow, mask }
}

/// The garment as what neither backdrop nor shadow explains, without dust and with its holes closed.
fn found(photo: &Picture, empty: &Picture, light: &Grid<f32>, contrast: Contrast) -> Grid<bool> {
    let hue = photo.zip(empty, hue_distance);
    let [lit_rows, lit_below] = contrast.lit;
    let evidence = Grid::from_fn(photo.width(), photo.height(), |x, y| {
        let (hue, light) = (hue.get(x, y), light.get(x, y));
        let below = if (y as f32) < lit_rows { lit_below } else { contrast.below };
        light < below || (hue > contrast.hue && light < contrast.tinted)
    });
    let mut mask = evidence.grow(contrast.bridge);
    for region in mask.regions(false) {
        let sum: f32 = region.iter().map(|(x, y)| light.get(*x, *y)).sum();
        let like_backdrop = contrast.holes && (sum / region.len() as f32 - 0.93).abs() < 0.12;
        if region.len() < DUST || (!touches_frame(&region, photo) && !like_backdrop) {
            mask.set(&region, true);
        }
    }
    mask = mask.grow(-contrast.bridge);
    for region in mask.regions(true) {
        if region.len() < DUST {
            mask.set(&region, false);
        }
    }
    mask.as_weights().blur(contrast.smooth).map(|weight| weight > 0.5)
}

/// The backdrop without the garment: the frame's colours interpolated across (a Coons patch).
fn empty_backdrop(photo: &Picture) -> Picture {
    let (width, height) = (photo.width(), photo.height());
    let [red, green, blue] = [0, 1, 2].map(|channel| {
        let plane = photo.map(|pixel| pixel.get(channel).copied().unwrap_or(0.0));
        let smooth = |length: usize, cell: &dyn Fn(usize, usize) -> f32| {
            let mean = |along: usize| (0..FRAME).map(|across| cell(along, across)).sum::<f32>() / FRAME as f32;
            Grid::from_fn(length, 1, |along, _| mean(along)).blur(length as f32 / 12.0)
        };
        let top = smooth(width, &|x, across| plane.get(x, across));
        let bottom = smooth(width, &|x, across| plane.get(x, height - 1 - across));
        let left = smooth(height, &|y, across| plane.get(across, y));
        let right = smooth(height, &|y, across| plane.get(width - 1 - across, y));
        let corner = |a: &Grid<f32>, at: usize, b: &Grid<f32>, bt: usize| (a.get(at, 0) + b.get(bt, 0)) / 2.0;
        let (nw, ne) = (corner(&top, 0, &left, 0), corner(&top, width - 1, &right, 0));
        let (sw, se) = (corner(&bottom, 0, &left, height - 1), corner(&bottom, width - 1, &right, height - 1));
        Grid::from_fn(width, height, |x, y| {
            let (u, v) = (x as f32 / (width - 1) as f32, y as f32 / (height - 1) as f32);
            let sides = left.get(y, 0) * (1.0 - u) + right.get(y, 0) * u + top.get(x, 0) * (1.0 - v);
            let corners = (nw * (1.0 - u) + ne * u) * (1.0 - v) + (sw * (1.0 - u) + se * u) * v;
            sides + bottom.get(x, 0) * v - corners
        })
    });
    Grid::from_fn(width, height, |x, y| [red.get(x, y), green.get(x, y), blue.get(x, y)])
}

fn hue_distance(pixel: Rgb, backdrop: Rgb) -> f32 {
    let relative = |[r, _, b]: Rgb, light: f32| (r / light.max(1e-3), b / light.max(1e-3));
    let (red, blue) = relative(pixel, luminance(pixel));
    let (backdrop_red, backdrop_blue) = relative(backdrop, luminance(backdrop));
    (red - backdrop_red).abs() + (blue - backdrop_blue).abs()
}

fn touches_frame(region: &[(usize, usize)], photo: &Picture) -> bool {
    region.iter().any(|(x, y)| *x == 0 || *y == 0 || *x + 1 == photo.width() || *y + 1 == photo.height())
}

/// Values known where `known`, continued smoothly elsewhere; known values are kept when `radius` is small.
fn continued(values: &Grid<f32>, known: &Grid<bool>, radius: f32) -> Grid<f32> {
    let weights = known.as_weights();
    let near = ratio(&values.zip(&weights, |value, weight| value * weight).blur(radius), &weights.blur(radius));
    let wide = 24.0;
    let far = ratio(&values.zip(&weights, |value, weight| value * weight).blur(wide), &weights.blur(wide));
    near.zip(&far, |near, far| near.or(far).unwrap_or(1.0))
}

fn ratio(sums: &Grid<f32>, weights: &Grid<f32>) -> Grid<Option<f32>> {
    sums.zip(weights, |sum, weight| (weight > 0.02).then(|| sum / weight))
}

/// The cloth's own colours inside `known`; around it, those of the nearest cloth.
fn continued_colours(photo: &Picture, known: &Grid<bool>) -> Picture {
    let [red, green, blue] =
        [0, 1, 2].map(|channel| continued(&photo.map(|pixel| pixel.get(channel).copied().unwrap_or(0.0)), known, 1.0));
    Grid::from_fn(photo.width(), photo.height(), |x, y| {
        let outside = [red.get(x, y), green.get(x, y), blue.get(x, y)];
        mix(outside, photo.get(x, y), if known.get(x, y) { 1.0 } else { 0.0 })
    })
}
