//! From a step's shapes at one length to the kernel that computes it; refuses whatever does not fit together.

mod arithmetic;
mod movement;
mod pictures;
mod shapes;

use vitrine_model_kernels as kernels;

use crate::plan::{Draft, Operator, Step};
use shapes::{Refusal, Shapes, equal};

/// The kernel of a step, with its shapes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Geometry {
    Pointwise(kernels::Pointwise),
    Conv(kernels::Conv),
    Depthwise(kernels::Depthwise),
    Transposed(kernels::TransposedConv),
    MatMul(kernels::MatMul),
    Pool(kernels::Pool),
    GlobalAverage(kernels::GlobalAverage),
    Reduce(kernels::Reduce),
    Resize(kernels::Resize),
    DepthToSpace(kernels::DepthToSpace),
    Unary(kernels::Unary),
    Binary(kernels::Binary),
    ScaleChannels(kernels::ScaleChannels),
    Softmax(kernels::Softmax),
    LayerNorm(kernels::LayerNorm),
    Transpose(kernels::Transpose),
    Pad(kernels::Pad),
    Slice(kernels::Slice),
    Concat { axis: usize, total: usize },
    Gather(kernels::Gather),
    Length(f32),
    Copy,
}

/// The kernel of a step at a length.
pub(crate) fn geometry(draft: &Draft<'_>, step: &Step, length: u32) -> Result<Geometry, Refusal> {
    let shapes = Shapes::new(draft, step, length)?;
    let output = shapes.output;
    match step.operator {
        Operator::Linear(epilogue) => arithmetic::linear(&shapes, epilogue),
        Operator::Conv(window, epilogue) => pictures::conv(&shapes, window, epilogue),
        Operator::Depthwise(window, epilogue) => pictures::depthwise(&shapes, window, epilogue),
        Operator::ConvTranspose(window, epilogue) => pictures::conv_transpose(&shapes, window, epilogue),
        Operator::MatMul { transpose, scale } => arithmetic::matmul(&shapes, transpose, scale),
        Operator::Pool(window, how) => pictures::pool(&shapes, window, how),
        Operator::Reduce { how, axis, axes } => arithmetic::reduce(&shapes, how, axis as usize, axes as usize),
        Operator::Resize { sampling, linear } => pictures::resize(&shapes, sampling, linear),
        Operator::DepthToSpace { block } => pictures::depth_to_space(&shapes, block as usize),
        Operator::Unary(function) => arithmetic::unary(&shapes, function),
        Operator::Binary(how, function) => arithmetic::binary(&shapes, how, function),
        Operator::ScaleAdd => arithmetic::scale_add(&shapes),
        Operator::Softmax { axis } => arithmetic::softmax(&shapes, axis as usize),
        Operator::LayerNorm { epsilon } => arithmetic::layer_norm(&shapes, epsilon),
        Operator::Transpose { order } => movement::transpose(&shapes, order),
        Operator::Pad { before, value } => movement::pad(&shapes, before, value),
        Operator::Slice { start, step } => movement::slice(&shapes, start, step),
        Operator::Concat { axis } => movement::concat(&shapes, axis as usize),
        Operator::Gather => movement::gather(&shapes),
        Operator::Length { scale } => {
            equal(&[output.elements().unwrap_or(0)], &[1], "its result is not one number")?;
            #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^24")]
            Ok(Geometry::Length(length as f32 * scale))
        }
        Operator::Copy => movement::copy(&shapes),
    }
}
