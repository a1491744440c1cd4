//! The one backdrop of all product pictures: soft warm grey with the garment's own shadow.

use crate::colour::{Rgb, linear, mix, scale};
use crate::cutout::Cutout;
use crate::picture::Picture;

/// Shadows fainter than this are unevenness of the original backdrop.
const FAINT: f32 = 0.05;

/// The backdrop's colour without shadow: sRGB 237, 235, 230.
pub fn colour() -> Rgb {
    [linear(237), linear(235), linear(230)]
}

/// The garment, with its colours as in `cloth`, standing on the common backdrop.
pub fn place(cutout: &Cutout, cloth: &Picture) -> Picture {
    let edge = cutout.mask.as_weights().blur(1.0).map(|weight| ((weight - 0.25) / 0.6).clamp(0.0, 1.0));
    let ground = cutout.shadow.map(|light| {
        let depth = ((1.0 - light - FAINT) / (1.0 - FAINT)).max(0.0);
        scale(colour(), 1.0 - depth)
    });
    ground
        .zip(&edge, |ground, inside| (ground, inside))
        .zip(cloth, |(ground, inside), cloth| mix(ground, cloth, inside))
}
