//! Light on cloth, separated from its colour: folds, seams and grain.

use crate::colour::luminance;
use crate::cutout::Cutout;
use crate::garment::Shot;
use crate::grid::Grid;

/// How much lighter or darker the loops of jersey are than their mean.
const KNIT: f32 = 0.022;

/// Light on the cloth: 1 on its usual surface, less in folds, more on edges that catch light.
pub fn on(cutout: &Cutout, shot: &Shot, takes: &Grid<f32>) -> Grid<f32> {
    let luminances = cutout.cloth.map(luminance);
    let cloth = cutout.mask.zip(takes, |inside, takes| inside && takes > 0.5);
    let usual = luminances.quantile(0.6, &cloth).max(1e-4);
    let light = luminances.map(|luminance| (luminance / usual).max(0.0));
    if shot.blocks > 0.0 { knit(&smoothed(&light, shot.blocks)) } else { light }
}

/// The light without differences of up to `blocks` against its surroundings; seams and folds stay.
fn smoothed(light: &Grid<f32>, blocks: f32) -> Grid<f32> {
    let broad = light.blur(5.0);
    light.zip(&broad, |light, broad| {
        let detail = light - broad;
        broad + detail.signum() * (detail.abs() - blocks).max(0.0)
    })
}

/// The grain of jersey: columns of loops, never quite alike.
fn knit(light: &Grid<f32>) -> Grid<f32> {
    let grain = Grid::from_fn(light.width(), light.height(), |x, y| {
        let mixed = (x as u32).wrapping_mul(0x9e37_79b1) ^ (y as u32).wrapping_mul(0x85eb_ca77);
        let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2c1b_3c6d);
        let chance = ((mixed >> 8) & 0xffff) as f32 / 65_535.0 - 0.5;
        let column = if x % 3 == 0 { -0.5 } else { 0.25 };
        chance + 0.35 * column
    });
    light.zip(&grain, |light, grain| light * (1.0 + KNIT * grain))
}
