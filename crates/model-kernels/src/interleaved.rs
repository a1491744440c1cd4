//! Products of many output channels where a multiplication and an addition are two instructions: the inputs of a tile are
//! first brought side by side, so that the inner loop has one address for all of them instead of one per pixel.

use core::mem::MaybeUninit;

use crate::finish::Place;
use crate::lanes::{F32x4, LANES};
use crate::panels::PANEL;
use crate::product::{Panel, Pixels, TILE, Weights};

/// Numbers that the inputs of some tiles may take; beside a panel of weights they stay in the first cache.
const BLOCK: usize = 4096;

/// Numbers on the stack; a tile with more is multiplied where it lies.
const MOST: usize = 9216;

/// Is it worth it? With fused instructions there is less to save; below four panels it costs about as much as it saves.
pub(crate) const fn pays(depth: usize, outputs: usize) -> bool {
    !cfg!(target_feature = "relaxed-simd") && outputs >= 4 * PANEL && depth * TILE <= MOST
}

/// Multiplies all panels with whole tiles of pixels, whose inputs are `depth` neighbouring numbers each.
/// # Safety
/// As for `product`; `pays` must hold, and the pixels be a multiple of `TILE`.
pub(crate) unsafe fn product(depth: usize, pixels: &Pixels, weights: &Weights<'_>) {
    let mut inputs = [MaybeUninit::<f32>::uninit(); MOST];
    let inputs: *mut f32 = inputs.as_mut_ptr().cast();
    let most = (BLOCK / (depth * TILE).max(1)).max(1) * TILE;
    let mut done = 0;
    while done < pixels.count {
        let count = most.min(pixels.count - done);
        // SAFETY: `done` and what follows it are below the number of pixels; `most` of them fit into `inputs`.
        unsafe {
            let block = pixels.after(done, count);
            for tile in (0..count).step_by(TILE) {
                interleave(block.after(tile, TILE).from, block.from_step, depth, inputs.add(tile * depth));
            }
            panels(depth, inputs, &block, weights);
        }
        done += count;
    }
}

/// Brings `TILE` rows of `depth` numbers, `step` apart, into columns.
/// # Safety
/// The rows must be readable, `to` writable for all of them.
unsafe fn interleave(from: *const f32, step: usize, depth: usize, mut to: *mut f32) {
    let mut column = 0;
    // SAFETY: columns stay below `depth`, rows below `TILE`.
    unsafe {
        while column + LANES <= depth {
            let columns = [0, 1, 2, 3].map(|row| F32x4::load(from.add(row * step + column)));
            for (place, column) in F32x4::transpose(columns).into_iter().enumerate() {
                column.store(to.add(place * TILE));
            }
            for row in LANES..TILE {
                for place in 0..LANES {
                    *to.add(place * TILE + row) = *from.add(row * step + column + place);
                }
            }
            to = to.add(LANES * TILE);
            column += LANES;
        }
        while column < depth {
            for row in 0..TILE {
                *to.add(row) = *from.add(row * step + column);
            }
            to = to.add(TILE);
            column += 1;
        }
    }
}

/// # Safety
/// As for `product`; `inputs` holds the tiles of these pixels.
unsafe fn panels(depth: usize, inputs: *const f32, pixels: &Pixels, weights: &Weights<'_>) {
    let mut channel = 0;
    while channel < weights.outputs {
        let count = (weights.outputs - channel).min(PANEL);
        // SAFETY: the panel of `channel` begins at `channel * depth`.
        unsafe {
            let panel = Panel { from: weights.panels.add(channel * depth), channel, count };
            if count > LANES {
                stripe::<2>(depth, inputs, pixels, weights, panel);
            } else {
                stripe::<1>(depth, inputs, pixels, weights, panel);
            }
        }
        channel += count;
    }
}

/// All tiles with one panel.
/// # Safety
/// As for `panels`; the panel has `4 * V` channels.
#[inline(never)]
unsafe fn stripe<const V: usize>(
    depth: usize,
    mut inputs: *const f32,
    pixels: &Pixels,
    weights: &Weights<'_>,
    panel: Panel,
) {
    let Pixels { to, to_step, mut place, place_step, count, .. } = *pixels;
    // SAFETY: a tile holds `depth` columns, the panel as many rows.
    unsafe {
        let mut to = to.add(panel.channel);
        for _ in 0..count / TILE {
            let mut sums = [weights.finish.start::<V>(panel.channel, panel.count); TILE];
            let mut weight = panel.from;
            for _ in 0..depth {
                let mut own = [F32x4::zero(); V];
                for (v, own) in own.iter_mut().enumerate() {
                    *own = F32x4::load(weight.add(v * LANES));
                }
                for (m, sums) in sums.iter_mut().enumerate() {
                    let input = F32x4::load_splat(inputs.add(m));
                    for (sum, own) in sums.iter_mut().zip(&own) {
                        *sum = input.mul_add(*own, *sum);
                    }
                }
                inputs = inputs.add(TILE);
                weight = weight.add(V * LANES);
            }
            let at = Place { pixel: place, pixel_step: place_step, channel: panel.channel, count: panel.count };
            weights.finish.store(sums, to, to_step, at);
            to = to.add(TILE * to_step);
            place += TILE * place_step;
        }
    }
}
