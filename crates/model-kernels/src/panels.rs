//! The packed form of constant weights: panels of eight output channels, whose numbers lie in the order of use.

use core::mem::MaybeUninit;

use crate::error::KernelError;
use crate::halves::widen_halves;
use crate::lanes::{F32x4, LANES};

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
    let length = packed_len(outputs, depth);
    let mut packed = Vec::with_capacity(length);
    let Some(spare) = packed.spare_capacity_mut().get_mut(..length) else { return packed };
    write(spare, outputs, depth, weights);
    // SAFETY: `write` has written every number.
    unsafe { packed.set_len(length) };
    packed
}

/// The same from little-endian halves. Four rows at a time become numbers on the side, which stay in the first cache until
/// they are in their panel.
pub(crate) fn pack_halves(outputs: usize, depth: usize, halves: &[u8]) -> Result<Vec<f32>, KernelError> {
    let length = packed_len(outputs, depth);
    let mut packed = Vec::with_capacity(length);
    let Some(spare) = packed.spare_capacity_mut().get_mut(..length) else { return Ok(packed) };
    let mut numbers = vec![0.0; LANES * depth];
    for (first, halves) in (0..outputs).step_by(LANES).zip(halves.chunks(2 * LANES * depth)) {
        let rows = &mut numbers[..halves.len() / 2];
        widen_halves(halves, rows)?;
        write_rows(spare, outputs, depth, first, rows);
    }
    // SAFETY: `write_rows` has written every number of the panels of all rows.
    unsafe { packed.set_len(length) };
    Ok(packed)
}

/// The same into memory that is there, `packed_len` long; `weights` has `outputs` times `depth` numbers.
pub(crate) fn pack_into(packed: &mut [f32], outputs: usize, depth: usize, weights: &[f32]) {
    let (start, length) = (packed.as_mut_ptr().cast(), packed.len());
    // SAFETY: the same memory; only numbers are written into it.
    write(unsafe { core::slice::from_raw_parts_mut(start, length) }, outputs, depth, weights);
}

/// Writes every number of `packed`, which may be memory fresh from the allocator: zeroing it first would be a pass over
/// all weights, and loading is most of a cold start.
fn write(packed: &mut [MaybeUninit<f32>], outputs: usize, depth: usize, weights: &[f32]) {
    for first in (0..outputs).step_by(LANES) {
        let rows = &weights[first * depth..][..(outputs - first).min(LANES) * depth];
        write_rows(packed, outputs, depth, first, rows);
    }
}

/// Brings four `rows` of weights, fewer at the end, from the one at `first` on, into their half of a panel. A function of
/// its own: the browser replaces its first, slow code only between calls.
#[inline(never)]
fn write_rows(packed: &mut [MaybeUninit<f32>], outputs: usize, depth: usize, first: usize, rows: &[f32]) {
    let (width, place) = (width(outputs, first), first % PANEL);
    let panel = &mut packed[(first - place) * depth..][..width * depth];
    let whole = if rows.len() == LANES * depth { depth / LANES * LANES } else { 0 };
    for column in (0..whole).step_by(LANES) {
        // SAFETY: four rows of `depth` numbers, and as many lines of the panel, hold these four columns.
        unsafe {
            let columns = [0, 1, 2, 3].map(|row| F32x4::load(rows.as_ptr().add(row * depth + column)));
            for (line, values) in (column..).zip(F32x4::transpose(columns)) {
                values.store(panel.as_mut_ptr().cast::<f32>().add(line * width + place));
            }
        }
    }
    for (column, line) in panel.chunks_exact_mut(width).enumerate().skip(whole) {
        for (row, to) in line[place..place + LANES].iter_mut().enumerate() {
            to.write(rows.get(row * depth + column).copied().unwrap_or(0.0));
        }
    }
}

/// The same from `[depth][outputs]`.
pub(crate) fn pack_columns_into(packed: &mut [f32], outputs: usize, depth: usize, weights: &[f32]) {
    for first in (0..outputs).step_by(PANEL) {
        let width = width(outputs, first);
        let there = (outputs - first).min(width);
        let panel = &mut packed[first * depth..][..width * depth];
        for (line, from) in panel.chunks_exact_mut(width).zip(weights.chunks_exact(outputs)) {
            line[..there].copy_from_slice(&from[first..first + there]);
            line[there..].fill(0.0);
        }
    }
}

/// Channels of the panel that `channel` is in.
const fn width(outputs: usize, channel: usize) -> usize {
    if channel / PANEL * PANEL + PANEL <= outputs { PANEL } else { last_width(outputs) }
}
