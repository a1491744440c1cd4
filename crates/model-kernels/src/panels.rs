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
    for (channel, row) in weights.chunks_exact(depth).enumerate() {
        let first = channel / PANEL * PANEL;
        let width = if first + PANEL <= outputs { PANEL } else { last_width(outputs) };
        let panel = &mut packed[first * depth..];
        for (place, weight) in panel.iter_mut().skip(channel - first).step_by(width).zip(row) {
            *place = *weight;
        }
    }
    packed
}
