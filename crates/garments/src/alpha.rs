//! Soft edges: how much of each pixel at the outline is cloth, told by the colours on both sides of it.

use vitrine_vision::Picture;

use crate::mask::Mask;

/// Pixels this near to the outline are mixed.
const BAND: usize = 2;
/// What lies this far inside a mask is cloth: masks stop short of the edge where they meet shadows.
const CORE: usize = 4;
/// Colours on both sides are taken from this far.
const REACH: usize = 7;
/// Sides that differ by less than this, in levels, do not tell how pixels are mixed.
const LEAST_CONTRAST: f32 = 24.0;

/// The share of cloth in each pixel, 0 to 255.
pub(crate) fn soften(picture: &Picture<'_>, mask: &Mask) -> Vec<u8> {
    let around = mask.shares(BAND);
    let soft = mask.shares(1);
    let mut alpha = Vec::with_capacity(mask.inside.len());
    for (index, (&share, &soft)) in around.iter().zip(&soft).enumerate() {
        // Whole and empty squares add up exactly: there is nothing to round.
        let number = if share > 0.999 {
            1.0
        } else if share < 0.001 {
            0.0
        } else {
            let (x, y) = (index % mask.width, index / mask.width);
            mixed(picture, mask, &around, x, y).unwrap_or(soft)
        };
        alpha.push((number * 255.0 + 0.5) as u8);
    }
    alpha
}

/// Takes away, from the outline inward and as deep as masks stop short, what is rather of the ground's colour.
pub(crate) fn peel(picture: &Picture<'_>, mask: &mut Mask) {
    let core = mask.shares(CORE);
    for _ in 0..CORE {
        let around = mask.shares(1);
        // Near the outline only what is surely cloth and what is surely ground tell their colours.
        let sides: Vec<f32> =
            core.iter().zip(&mask.inside).map(|(&core, &inside)| if inside { core } else { 0.0 }).collect();
        let ground: Vec<usize> = (0..mask.inside.len())
            .filter(|&index| {
                let outline =
                    mask.inside.get(index) == Some(&true) && around.get(index).is_some_and(|share| *share < 0.999);
                let (x, y) = (index % mask.width, index / mask.width);
                outline && mixed(picture, mask, &sides, x, y).is_some_and(|share| share < 0.5)
            })
            .collect();
        if ground.is_empty() {
            break;
        }
        for index in ground {
            if let Some(inside) = mask.inside.get_mut(index) {
                *inside = false;
            }
        }
    }
}

/// Where a pixel's colour lies between that of the ground (where `sides` is zero) and that of the cloth (where it is one)
/// around it; `None` where they are too alike.
fn mixed(picture: &Picture<'_>, mask: &Mask, sides: &[f32], x: usize, y: usize) -> Option<f32> {
    let (mut cloth, mut ground) = (Mean::default(), Mean::default());
    for y in y.saturating_sub(REACH)..=(y + REACH).min(mask.height - 1) {
        for x in x.saturating_sub(REACH)..=(x + REACH).min(mask.width - 1) {
            match sides.get(y * mask.width + x) {
                Some(share) if *share > 0.999 => cloth.add(picture.rgb(x, y)?),
                Some(share) if *share < 0.001 => ground.add(picture.rgb(x, y)?),
                _ => {}
            }
        }
    }
    let (cloth, ground, here) = (cloth.colour()?, ground.colour()?, picture.rgb(x, y)?.map(f32::from));
    let (mut along, mut length) = (0.0, 0.0);
    for ((cloth, ground), here) in cloth.iter().zip(ground).zip(here) {
        along += (here - ground) * (cloth - ground);
        length += (cloth - ground) * (cloth - ground);
    }
    (length > LEAST_CONTRAST * LEAST_CONTRAST).then(|| (along / length).clamp(0.0, 1.0))
}

/// A mean of colours.
#[derive(Default)]
struct Mean {
    sum: [f32; 3],
    count: f32,
}

impl Mean {
    fn add(&mut self, colour: [u8; 3]) {
        self.sum.iter_mut().zip(colour).for_each(|(sum, channel)| *sum += f32::from(channel));
        self.count += 1.0;
    }

    fn colour(&self) -> Option<[f32; 3]> {
        (self.count > 0.0).then(|| self.sum.map(|sum| sum / self.count))
    }
}
