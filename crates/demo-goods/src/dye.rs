//! Dyeing: the cloth's folds kept as light, its colour replaced.

use crate::colour::{Rgb, luminance, mix, oklab, scale, smoothstep};
use crate::cutout::Cutout;
use crate::grid::Grid;
use crate::picture::Picture;
use crate::range::{Dye, Keeps, Shot};

/// How much lighter or darker the loops of jersey are than their mean.
const KNIT: f32 = 0.022;

/// How much brighter white lines are than the cloth between them.
const LINE_LIGHT: f32 = 2.2;
/// From where on cloth counts as the soft edge of a line rather than as a fold catching light.
const LINE_EDGE: f32 = 1.25;

/// How strongly each cell takes dye: 1 cloth, 0 buttons, labels, threads.
pub fn takes(cutout: &Cutout, shot: &Shot) -> Grid<f32> {
    let cloth = &cutout.cloth;
    let by_colour = match shot.keeps {
        Keeps::Nothing => cloth.map(|_| 1.0),
        Keeps::Warm => cloth.map(|pixel| {
            let [_, red, yellow] = oklab(pixel);
            1.0 - smoothstep(0.012, 0.04, yellow.max(red - 0.02))
        }),
    };
    shot.undyed.iter().fold(by_colour, |takes, outline| {
        let kept = outline.fill(cloth.width(), cloth.height()).as_weights().blur(1.0);
        takes.zip(&kept, |takes, kept| takes * (1.0 - kept))
    })
}

/// Light on the cloth: 1 on its usual surface, less in folds, more on edges that catch light.
pub fn light(cutout: &Cutout, shot: &Shot, takes: &Grid<f32>) -> Grid<f32> {
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

/// The dyed garment: `surface` gives the colour of each place in plain light, before folds.
pub fn colour(cutout: &Cutout, shot: &Shot, dye: &Dye, surface: impl Fn(usize, usize, Rgb) -> Rgb) -> Picture {
    let takes = takes(cutout, shot);
    let light = light(cutout, shot, &takes);
    Grid::from_fn(light.width(), light.height(), |x, y| {
        let light = light.get(x, y);
        let worn = dye.fade * smoothstep(1.0, 2.4, light);
        let plain = mix(dye.colour.0, [luminance(dye.colour.0); 3], worn);
        let dyed = scale(surface(x, y, plain), light.powf(dye.depth)).map(shoulder);
        let dyed = match dye.lines {
            Some(lines) => {
                let undyed = scale(lines.0, (light / LINE_LIGHT).min(1.0));
                mix(dyed, undyed, smoothstep(LINE_EDGE, LINE_LIGHT, light))
            }
            None => dyed,
        };
        mix(cutout.cloth.get(x, y), dyed, takes.get(x, y))
    })
}

/// Compresses light near white instead of clipping it.
fn shoulder(light: f32) -> f32 {
    const KNEE: f32 = 0.85;
    if light < KNEE { light } else { KNEE + (1.0 - KNEE) * (1.0 - (-(light - KNEE) / (1.0 - KNEE)).exp()) }
}
