//! The packed form of constant weights: panels of eight output channels, whose numbers lie in the order of use.

use crate::lanes::LANES;

/// Output channels per panel; a last panel with at most four is half as wide.
pub(crate) const PANEL: usize = 2 * LANES;

/// Channels that are left over fill a panel of four or eight.
const fn last_width(outputs: usize) -> usize {
    (outputs % PANEL).div_ceil(LANES) * LANES
}

/// Numbers in the packed form of `outputs` rows of `depth` weights.
pub(crate) const fn packed_len(outputs: usize, depth: usize) -> usize {
    (outputs / PANEL * PANEL + last_width(outputs)).saturating_mul(depth)
}

/// Packs `[outputs][depth]` into panels `[depth][width]`, zeros where there is no channel.
pub(crate) fn pack(outputs: usize, depth: usize, weights: &[f32]) -> Vec<f32> {
    let mut packed = vec![0.0; packed_len(outputs, depth)];
    pack_into(&mut packed, outputs, depth, |channel, at| weights[channel * depth + at]);
    packed
}

/// The same into memory that is there; `weight` gives the number of a channel and a place in its depth.
pub(crate) fn pack_into(packed: &mut [f32], outputs: usize, depth: usize, weight: impl Fn(usize, usize) -> f32) {
    for first in (0..outputs).step_by(PANEL) {
        let width = if first + PANEL <= outputs { PANEL } else { last_width(outputs) };
        let panel = &mut packed[first * depth..][..width * depth];
        for (at, line) in panel.chunks_exact_mut(width).enumerate() {
            for (place, to) in line.iter_mut().enumerate() {
                *to = if first + place < outputs { weight(first + place, at) } else { 0.0 };
            }
        }
    }
}
