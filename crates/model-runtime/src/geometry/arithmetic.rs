//! Products, element-wise arithmetic, reductions and normalizations.

use vitrine_model_kernels as kernels;
use vitrine_model_kernels::{BinaryOp, Image, ReduceKind};

use super::Geometry;
use super::shapes::{Refusal, Shapes, activation, equal, shape, within};
use crate::plan::{Arithmetic, Epilogue, Function, Reduction, Sizes};

#[inline(never)]
pub(super) fn linear(shapes: &Shapes<'_>, epilogue: Epilogue) -> Result<Geometry, Refusal> {
    let from = shapes.operand(0)?;
    let (inputs, outputs) = (from.last(), shapes.output.last());
    let rows = from.elements().unwrap_or(0).checked_div(inputs).ok_or("its rows are empty")?;
    if rows.checked_mul(outputs) != shapes.output.elements() {
        return Err("its result has another number of rows");
    }
    shapes.weights(1, &[outputs, inputs])?;
    let epilogue = shapes.epilogue(epilogue)?;
    Ok(Geometry::Pointwise(kernels::Pointwise { rows, inputs, outputs, epilogue }))
}

#[inline(never)]
pub(super) fn matmul(shapes: &Shapes<'_>, transpose: bool, scale: f32) -> Result<Geometry, Refusal> {
    let (left, right) = (shapes.operand(0)?, shapes.operand(1)?);
    let matrix = |sizes: &Sizes| match *sizes.as_slice() {
        [ref outer @ .., rows, columns] => Some((outer.iter().product::<usize>(), rows, columns)),
        _ => None,
    };
    let (Some(a), Some(b), Some(c)) = (matrix(&left), matrix(&right), matrix(&shapes.output)) else {
        return Err("an operand has fewer than two axes");
    };
    let (inner, columns) = if transpose { (b.2, b.1) } else { (b.1, b.2) };
    if a.0 != b.0 || a.2 != inner || c != (a.0, a.1, columns) {
        return Err("its matrices do not fit together");
    }
    Ok(Geometry::MatMul(kernels::MatMul {
        batch: a.0,
        rows: a.1,
        inner,
        columns,
        left_transposed: false,
        right_transposed: transpose,
        scale,
    }))
}

#[inline(never)]
pub(super) fn reduce(shapes: &Shapes<'_>, how: Reduction, axis: usize, axes: usize) -> Result<Geometry, Refusal> {
    let from = shapes.operand(0)?;
    let [outer, reduced, inner] = from.around(axis, axes).ok_or("it has no such axes")?;
    if axes == 0 || reduced == 0 || outer.checked_mul(inner) != shapes.output.elements() {
        return Err("its result has another size");
    }
    if let (Reduction::Mean, 1, Some([height, width, channels])) = (how, outer, from.picture())
        && axes == 2 + usize::from(axis == 0)
        && inner == channels
    {
        return Ok(Geometry::GlobalAverage(kernels::GlobalAverage { input: Image::new(height, width, channels) }));
    }
    let kind = match how {
        Reduction::Sum => ReduceKind::Sum,
        Reduction::Mean => ReduceKind::Mean,
        Reduction::Maximum => ReduceKind::Max,
    };
    Ok(Geometry::Reduce(kernels::Reduce { input: shape(from)?, first: axis, last: axis + axes, kind }))
}

#[inline(never)]
pub(super) fn binary(shapes: &Shapes<'_>, how: Arithmetic, function: Function) -> Result<Geometry, Refusal> {
    let op = match how {
        Arithmetic::Add => BinaryOp::Add,
        Arithmetic::Subtract => BinaryOp::Sub,
        Arithmetic::Multiply => BinaryOp::Mul,
        Arithmetic::Divide => BinaryOp::Div,
        Arithmetic::Maximum => BinaryOp::Max,
        Arithmetic::Minimum => BinaryOp::Min,
    };
    if function == Function::PRelu {
        return Err("prelu does not follow arithmetic");
    }
    let (left, right) = (shape(shapes.operand(0)?)?, shape(shapes.operand(1)?)?);
    let binary = kernels::Binary { op, left, right, activation: activation(function) };
    let result = binary.output().map_err(|_| "its operands do not fit together")?;
    if result.len() != shapes.output.elements().unwrap_or(0) {
        return Err("its result has another shape");
    }
    Ok(Geometry::Binary(binary))
}

#[inline(never)]
pub(super) fn unary(shapes: &Shapes<'_>, function: Function) -> Result<Geometry, Refusal> {
    let from = shapes.operand(0)?;
    equal(from.as_slice(), shapes.output.as_slice(), "its result has another shape")?;
    match shapes.maybe(1)? {
        Some(slopes) if function == Function::PRelu => {
            equal(slopes.as_slice(), &[from.last()], "its slopes are not one per channel")?;
        }
        None if function != Function::PRelu => {}
        _ => return Err("slopes come with prelu and only with it"),
    }
    Ok(Geometry::Unary(kernels::Unary { activation: activation(function), channels: from.last() }))
}

#[inline(never)]
pub(super) fn scale_add(shapes: &Shapes<'_>) -> Result<Geometry, Refusal> {
    let from = shapes.operand(0)?;
    let channels = from.last();
    equal(from.as_slice(), shapes.output.as_slice(), "its result has another shape")?;
    let factors = shapes.operand(1)?;
    equal(&[factors.elements().unwrap_or(0)], &[channels], "its factors are not one per channel")?;
    if let Some(added) = shapes.maybe(2)? {
        equal(
            &[added.elements().unwrap_or(0)],
            &[shapes.output.elements().unwrap_or(0)],
            "what it adds has another shape",
        )?;
    }
    let rows = from.elements().unwrap_or(0).checked_div(channels).ok_or("it has no channels")?;
    Ok(Geometry::ScaleChannels(kernels::ScaleChannels { rows, channels }))
}

#[inline(never)]
pub(super) fn softmax(shapes: &Shapes<'_>, axis: usize) -> Result<Geometry, Refusal> {
    let from = shapes.operand(0)?;
    equal(from.as_slice(), shapes.output.as_slice(), "its result has another shape")?;
    let axis = within(axis, &from)?;
    Ok(Geometry::Softmax(kernels::Softmax { shape: shape(from)?, axis }))
}

#[inline(never)]
pub(super) fn layer_norm(shapes: &Shapes<'_>, epsilon: f32) -> Result<Geometry, Refusal> {
    let from = shapes.operand(0)?;
    equal(from.as_slice(), shapes.output.as_slice(), "its result has another shape")?;
    let width = from.last();
    for position in [1, 2] {
        if let Some(found) = shapes.maybe(position)? {
            equal(found.as_slice(), &[width], "gamma and beta are not one per column")?;
        }
    }
    let rows = from.elements().unwrap_or(0).checked_div(width).ok_or("its rows are empty")?;
    Ok(Geometry::LayerNorm(kernels::LayerNorm { rows, width, epsilon }))
}
