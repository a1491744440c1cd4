//! Dyeing: the cloth's folds kept as light, its colour replaced.

use crate::colour::{Rgb, luminance, mix, oklab, scale, smoothstep};
use crate::cutout::Cutout;
use crate::grid::Grid;
use crate::picture::Picture;
use crate::range::{Dye, Keeps, Shot};

/// How strongly each cell takes dye: 1 cloth, 0 buttons, labels, threads.
pub fn takes(cutout: &Cutout, shot: &Shot) -> Grid<f32> {
    let cloth = &cutout.cloth;
    let by_colour = match shot.keeps {
        Keeps::Nothing => cloth.map(|_| 1.0),
        Keeps::Warm => cloth.map(|pixel| {
            let [_, red, yellow] = oklab(pixel);
            1.0 - smoothstep(0.012, 0.04, yellow.max(red - 0.02))
        }),
        Keeps::Pale => {
            let chroma = cloth.map(|pixel| {
                let [_, a, b] = oklab(pixel);
                a.hypot(b)
            });
            let usual = chroma.quantile(0.5, &cutout.mask);
            chroma.map(|chroma| smoothstep(0.3 * usual, 0.6 * usual, chroma)).blur(1.0)
        }
    };
    shot.undyed.iter().fold(by_colour, |takes, outline| {
        let kept = outline.fill(cloth.width(), cloth.height()).as_weights().blur(1.0);
        takes.zip(&kept, |takes, kept| takes * (1.0 - kept))
    })
}

/// Light on the cloth: 1 on its usual surface, less in folds, more on edges that catch light.
pub fn light(cutout: &Cutout, takes: &Grid<f32>) -> Grid<f32> {
    let luminances = cutout.cloth.map(luminance);
    let cloth = cutout.mask.zip(takes, |inside, takes| inside && takes > 0.5);
    let usual = luminances.quantile(0.6, &cloth).max(1e-4);
    luminances.map(|luminance| (luminance / usual).max(0.0))
}

/// The dyed garment: `surface` gives the colour of each place in plain light, before folds.
pub fn colour(cutout: &Cutout, shot: &Shot, dye: &Dye, surface: impl Fn(usize, usize, Rgb) -> Rgb) -> Picture {
    let takes = takes(cutout, shot);
    let light = light(cutout, &takes);
    Grid::from_fn(light.width(), light.height(), |x, y| {
        let light = light.get(x, y);
        let worn = dye.fade * smoothstep(1.0, 2.4, light);
        let plain = mix(dye.colour.0, [luminance(dye.colour.0); 3], worn);
        let dyed = scale(surface(x, y, plain), light.powf(dye.depth)).map(shoulder);
        mix(cutout.cloth.get(x, y), dyed, takes.get(x, y))
    })
}

/// Compresses light near white instead of clipping it.
fn shoulder(light: f32) -> f32 {
    const KNEE: f32 = 0.85;
    if light < KNEE { light } else { KNEE + (1.0 - KNEE) * (1.0 - (-(light - KNEE) / (1.0 - KNEE)).exp()) }
}
