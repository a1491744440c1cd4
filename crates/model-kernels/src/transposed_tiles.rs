//! Transposed convolution whose windows lie side by side: every input pixel becomes a rectangle of its own, so that it is
//! a matrix product with `taps * channels` outputs, of which each row of rectangles takes its part.

use crate::copy::copy;
use crate::epilogue::Operands;
use crate::finish::{Finish, after};
use crate::image::Window;
use crate::lanes::{F32x4, LANES};
use crate::panels;
use crate::product::{Pixels, Walk, Weights, product};
use crate::transposed::TransposedConv;

/// Outputs of an input pixel in one row.
fn across(conv: &TransposedConv) -> usize {
    conv.window.kernel.1.saturating_mul(conv.output.channels)
}

/// Rows of a rectangle that are computed together. Two by two numbers fill a panel of four, where a panel per row would
/// be half empty; their halves must then be brought to their places.
fn together(conv: &TransposedConv) -> usize {
    if conv.window.kernel.0 == 2 && across(conv) == 2 { 2 } else { 1 }
}

fn outputs(conv: &TransposedConv) -> usize {
    across(conv).saturating_mul(together(conv))
}

/// Numbers in the packed weights.
pub(crate) fn packed_len(conv: &TransposedConv) -> usize {
    panels::packed_len(outputs(conv), conv.input.channels)
        .saturating_mul(conv.window.kernel.0.checked_div(together(conv)).unwrap_or(0))
}

/// Bias and slopes for each output of a product, and a row of products that are still to be brought to their places.
pub(crate) fn scratch_len(conv: &TransposedConv) -> usize {
    let row = if together(conv) > 1 { conv.input.width } else { 0 };
    outputs(conv).saturating_mul(row.saturating_add(2))
}

/// Packs `[outputs][kernel height][kernel width][inputs]`: per product a matrix whose outputs are the channels of the
/// rectangle's pixels side by side.
pub(crate) fn pack(conv: &TransposedConv, weights: &[f32]) -> Vec<f32> {
    let Window { kernel, .. } = conv.window;
    let depth = conv.input.channels;
    let mut packed = Vec::with_capacity(packed_len(conv));
    for first in (0..kernel.0).step_by(together(conv)) {
        let mut side_by_side = Vec::with_capacity(outputs(conv) * depth);
        for place in first * kernel.1..(first + together(conv)) * kernel.1 {
            for channel in 0..conv.output.channels {
                side_by_side.extend_from_slice(&weights[(channel * kernel.0 * kernel.1 + place) * depth..][..depth]);
            }
        }
        packed.extend(panels::pack(outputs(conv), depth, &side_by_side));
    }
    packed
}

/// All lengths must have been checked.
pub(crate) fn run(
    conv: &TransposedConv,
    packed: &[f32],
    operands: &Operands<'_>,
    input: &[f32],
    output: &mut [f32],
    scratch: &mut [f32],
) {
    let (outputs, depth) = (outputs(conv), conv.input.channels);
    let (bias, rest) = scratch.split_at_mut(outputs);
    let (slopes, row) = rest.split_at_mut(outputs);
    let repeated =
        Operands { bias: repeat(operands.bias, bias), slopes: repeat(operands.slopes, slopes), residual: &[] };
    let finish = Finish::new(&conv.epilogue, &repeated);
    let products = conv.window.kernel.0 / together(conv);
    let panels = packed.len() / products;
    let wide = conv.output.width * conv.output.channels;
    for (line, to) in output.chunks_exact_mut(wide * together(conv)).enumerate() {
        let (y, product_row) = (line / products, line % products);
        let target = if together(conv) > 1 { row.as_mut_ptr() } else { to.as_mut_ptr() };
        let weights =
            Weights { panels: packed[product_row * panels..].as_ptr(), depth, skip: 0, outputs, finish: &finish };
        let pixels = Pixels {
            from: input[y * conv.input.width * depth..].as_ptr(),
            from_step: depth,
            to: target,
            to_step: outputs,
            place: 0,
            place_step: 1,
            count: conv.input.width,
        };
        // SAFETY: a row of input, and `outputs` numbers for each of its pixels in the row of output or in `row`.
        unsafe { product(&Walk::straight(depth), &pixels, &weights) };
        if together(conv) > 1 {
            let (above, below) = to.split_at_mut(wide);
            bring_apart(row, above, below);
        }
    }
    after(&conv.epilogue, &repeated, output, conv.output.channels);
}

/// Of every four numbers two go above and two below.
fn bring_apart(from: &[f32], above: &mut [f32], below: &mut [f32]) {
    let (eights, rest) = from.as_chunks::<{ 2 * LANES }>();
    let (aboves, last_above) = above.as_chunks_mut::<LANES>();
    let (belows, last_below) = below.as_chunks_mut::<LANES>();
    for (from, (above, below)) in eights.iter().zip(aboves.iter_mut().zip(belows)) {
        // SAFETY: `from` holds eight numbers, the others four each.
        unsafe {
            let [first, second] = F32x4::load(from.as_ptr()).halves(F32x4::load(from.as_ptr().add(LANES)));
            first.store(above.as_mut_ptr());
            second.store(below.as_mut_ptr());
        }
    }
    if let ([a, b, c, d], [left, right], [low_left, low_right]) = (rest, last_above, last_below) {
        (*left, *right, *low_left, *low_right) = (*a, *b, *c, *d);
    }
}

/// What there is per channel, once for each pixel of a rectangle.
fn repeat<'a>(from: &[f32], to: &'a mut [f32]) -> &'a [f32] {
    if from.is_empty() {
        return &[];
    }
    to.chunks_exact_mut(from.len()).for_each(|to| copy(from, to));
    to
}
