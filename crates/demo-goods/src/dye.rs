//! Dyeing: the cloth's colour replaced, the light on it kept.

use crate::colour::{Rgb, luminance, mix, oklab, scale, smoothstep};
use crate::cutout::Cutout;
use crate::garment::{Keeps, Shot};
use crate::grid::Grid;
use crate::light;
use crate::picture::Picture;
use crate::piece::Dye;

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

/// The dyed garment: `surface` gives the colour of each place in plain light, before folds.
pub fn colour(cutout: &Cutout, shot: &Shot, dye: &Dye, surface: impl Fn(usize, usize, Rgb) -> Rgb) -> Picture {
    let takes = takes(cutout, shot);
    let light = light::on(cutout, shot, &takes);
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
