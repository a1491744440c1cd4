//! Recognises matrices that resize along an axis: exporters write bilinear resizing as products with them.

use vitrine_model_runtime::plan::Sampling;

use crate::graph::Tensor;

/// How far weights may be from those of the formula: they were computed in other orders.
const TOLERANCE: f32 = 1e-4;

/// The sampling that a matrix (rows of the result x columns of the operand) stands for, and whether it mixes neighbours.
#[must_use]
pub(super) fn recognise(matrix: &Tensor) -> Option<(Sampling, bool)> {
    let [to, from] = *matrix.sizes.as_slice() else { return None };
    if to < 2 || from < 2 || to == from {
        return None;
    }
    let candidates = [Sampling::HalfPixel, Sampling::AlignCorners, Sampling::Asymmetric];
    candidates.into_iter().find(|&sampling| is_linear(matrix, to, from, sampling)).map(|sampling| (sampling, true))
}

fn is_linear(matrix: &Tensor, to: usize, from: usize, sampling: Sampling) -> bool {
    matrix.data.chunks_exact(from).enumerate().all(|(row, weights)| {
        let position = position(sampling, row, to, from).clamp(0.0, last(from));
        let below = position.floor();
        weights.iter().enumerate().all(|(column, weight)| {
            let distance = float(column) - below;
            let share = position - below;
            let expected = if distance == 0.0 {
                1.0 - share
            } else if distance == 1.0 {
                share
            } else {
                0.0
            };
            (weight - expected).abs() < TOLERANCE
        })
    })
}

fn position(sampling: Sampling, row: usize, to: usize, from: usize) -> f32 {
    match sampling {
        Sampling::HalfPixel => (float(row) + 0.5) * float(from) / float(to) - 0.5,
        Sampling::AlignCorners => float(row) * last(from) / last(to),
        Sampling::Asymmetric => float(row) * float(from) / float(to),
    }
}

fn last(count: usize) -> f32 {
    float(count) - 1.0
}

#[expect(clippy::cast_precision_loss, reason = "sides of pictures are far below 2^24")]
fn float(count: usize) -> f32 {
    count as f32
}
