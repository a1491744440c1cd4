//! From a step's shapes at one length to the kernel that computes it; refuses whatever does not fit together.

use vitrine_model_kernels as kernels;
use vitrine_model_kernels::{Activation, BinaryOp, Image, Interpolation, PoolKind, ReduceKind, Residual};

use crate::plan::{
    Arithmetic, Draft, Epilogue, Function, MAX_RANK, Operand, Operator, Pooling, Reduction, Sampling, Sizes, Step, Window,
};

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

/// Why shapes do not fit.
type Refusal = &'static str;

/// The shapes of one step at one length.
struct Shapes<'a> {
    draft: &'a Draft<'a>,
    step: &'a Step,
    length: u32,
}

impl Shapes<'_> {
    fn output(&self) -> Result<Sizes, Refusal> {
        let value = self.draft.value(self.step.output).ok_or("it writes a value that is not there")?;
        value.shape.at(self.length).ok_or("its result is too large")
    }

    fn maybe(&self, position: usize) -> Result<Option<Sizes>, Refusal> {
        let operand = self.step.operand(position);
        if operand == Operand::Absent {
            return Ok(None);
        }
        let shape = self.draft.shape(operand).ok_or("it reads what is not there")?;
        shape.at(self.length).map(Some).ok_or("what it reads is too large")
    }

    fn operand(&self, position: usize) -> Result<Sizes, Refusal> {
        self.maybe(position)?.ok_or("an operand is missing")
    }

    /// Weights come with the plan, since they are packed when it is loaded.
    fn weights(&self, position: usize, shape: &[usize]) -> Result<(), Refusal> {
        if !matches!(self.step.operand(position), Operand::Constant(_)) {
            return Err("its weights are not a constant");
        }
        equal(self.operand(position)?.as_slice(), shape, "its weights have another shape")
    }

    /// Bias, slopes and the value to add, which linear operators and convolutions have after their weights.
    fn epilogue(&self, epilogue: Epilogue, output: &Sizes) -> Result<kernels::Epilogue, Refusal> {
        let channels = output.last();
        for position in [2, 3] {
            if let Some(found) = self.maybe(position)? {
                equal(found.as_slice(), &[channels], "its bias or slopes are not one per channel")?;
                if !matches!(self.step.operand(position), Operand::Constant(_)) {
                    return Err("its bias or slopes are not a constant");
                }
            }
        }
        if (epilogue.function == Function::PRelu) != (self.step.operand(3) != Operand::Absent) {
            return Err("slopes come with prelu and only with it");
        }
        let residual = match self.maybe(4)? {
            None => Residual::None,
            Some(added) => {
                let own = added.last();
                let rows = |sizes: &Sizes| sizes.elements().unwrap_or(0).checked_div(sizes.last());
                if own == 0 || own > channels || rows(&added) != rows(output) {
                    return Err("what it adds has another shape");
                }
                if epilogue.add_after {
                    Residual::AfterActivation { channels: own }
                } else {
                    Residual::BeforeActivation { channels: own }
                }
            }
        };
        Ok(kernels::Epilogue { activation: activation(epilogue.function), residual })
    }
}

fn equal(found: &[usize], needed: &[usize], refusal: Refusal) -> Result<(), Refusal> {
    if found == needed { Ok(()) } else { Err(refusal) }
}

pub(crate) fn geometry(draft: &Draft<'_>, step: &Step, length: u32) -> Result<Geometry, Refusal> {
    let shapes = Shapes { draft, step, length };
    let output = shapes.output()?;
    if matches!(step.operator, Operator::Length { .. }) {
        equal(&[output.elements().unwrap_or(0)], &[1], "its result is not one number")?;
    }
    match step.operator {
        Operator::Linear(epilogue) => linear(&shapes, epilogue, output),
        Operator::Conv(window, epilogue) => {
            let (from, to, slide) = windowed(&shapes, window, output)?;
            shapes.weights(1, &[to.channels, slide.kernel.0, slide.kernel.1, from.channels])?;
            let epilogue = shapes.epilogue(epilogue, &output)?;
            Ok(Geometry::Conv(kernels::Conv { input: from, output: to, window: slide, epilogue }))
        }
        Operator::Depthwise(window, epilogue) => {
            let (from, to, slide) = windowed(&shapes, window, output)?;
            equal(&[from.channels], &[to.channels], "it changes the number of channels")?;
            shapes.weights(1, &[slide.kernel.0, slide.kernel.1, from.channels])?;
            let epilogue = shapes.epilogue(epilogue, &output)?;
            Ok(Geometry::Depthwise(kernels::Depthwise { input: from, output: to, window: slide, epilogue }))
        }
        Operator::ConvTranspose(window, epilogue) => {
            let (from, to) = (image(shapes.operand(0)?)?, image(output)?);
            let slide = slide(window);
            shapes.weights(1, &[to.channels, slide.kernel.0, slide.kernel.1, from.channels])?;
            let epilogue = shapes.epilogue(epilogue, &output)?;
            Ok(Geometry::Transposed(kernels::TransposedConv { input: from, output: to, window: slide, epilogue }))
        }
        Operator::MatMul { transpose, scale } => matmul(&shapes, transpose, scale, output),
        Operator::Pool(window, how) => {
            let (from, to, window) = windowed(&shapes, window, output)?;
            equal(&[from.channels], &[to.channels], "it changes the number of channels")?;
            let kind = match how {
                Pooling::Maximum => PoolKind::Max,
                Pooling::Mean => PoolKind::Average,
                Pooling::MeanWithBorder => PoolKind::AverageWithPadding,
            };
            Ok(Geometry::Pool(kernels::Pool { input: from, output: to, window, kind }))
        }
        Operator::Reduce { how, axis, axes } => reduce(&shapes, how, axis as usize, axes as usize, output),
        Operator::Resize { sampling, linear } => {
            let (from, to) = (image(shapes.operand(0)?)?, image(output)?);
            equal(&[from.channels], &[to.channels], "it changes the number of channels")?;
            let sampling = match sampling {
                Sampling::HalfPixel => kernels::Sampling::HalfPixel,
                Sampling::AlignCorners => kernels::Sampling::AlignCorners,
                Sampling::Asymmetric => kernels::Sampling::Asymmetric,
            };
            let interpolation = if linear { Interpolation::Bilinear } else { Interpolation::Nearest };
            Ok(Geometry::Resize(kernels::Resize { input: from, output: to, sampling, interpolation }))
        }
        Operator::DepthToSpace { block } => {
            let (from, to, block) = (image(shapes.operand(0)?)?, image(output)?, block as usize);
            let needed = [from.height.checked_mul(block), from.width.checked_mul(block)];
            let deep = block.checked_mul(block).and_then(|blocks| blocks.checked_mul(to.channels));
            if needed != [Some(to.height), Some(to.width)] || deep != Some(from.channels) {
                return Err("its result has another shape");
            }
            Ok(Geometry::DepthToSpace(kernels::DepthToSpace { input: from, block }))
        }
        Operator::Unary(function) => {
            let from = shapes.operand(0)?;
            equal(from.as_slice(), output.as_slice(), "its result has another shape")?;
            match shapes.maybe(1)? {
                Some(slopes) if function == Function::PRelu => {
                    equal(slopes.as_slice(), &[from.last()], "its slopes are not one per channel")?;
                }
                None if function != Function::PRelu => {}
                _ => return Err("slopes come with prelu and only with it"),
            }
            Ok(Geometry::Unary(kernels::Unary { activation: activation(function), channels: from.last() }))
        }
        Operator::Binary(how, function) => binary(&shapes, how, function, output),
        Operator::ScaleAdd => {
            let from = shapes.operand(0)?;
            let channels = from.last();
            equal(from.as_slice(), output.as_slice(), "its result has another shape")?;
            let factors = shapes.operand(1)?;
            equal(&[factors.elements().unwrap_or(0)], &[channels], "its factors are not one per channel")?;
            if let Some(added) = shapes.maybe(2)? {
                equal(&[added.elements().unwrap_or(0)], &[output.elements().unwrap_or(0)], "what it adds has another shape")?;
            }
            let rows = from.elements().unwrap_or(0).checked_div(channels).ok_or("it has no channels")?;
            Ok(Geometry::ScaleChannels(kernels::ScaleChannels { rows, channels }))
        }
        Operator::Softmax { axis } => {
            let from = shapes.operand(0)?;
            equal(from.as_slice(), output.as_slice(), "its result has another shape")?;
            let axis = within(axis as usize, &from)?;
            Ok(Geometry::Softmax(kernels::Softmax { shape: shape(from)?, axis }))
        }
        Operator::LayerNorm { epsilon } => {
            let from = shapes.operand(0)?;
            equal(from.as_slice(), output.as_slice(), "its result has another shape")?;
            let width = from.last();
            for position in [1, 2] {
                if let Some(found) = shapes.maybe(position)? {
                    equal(found.as_slice(), &[width], "gamma and beta are not one per column")?;
                }
            }
            let rows = from.elements().unwrap_or(0).checked_div(width).ok_or("its rows are empty")?;
            Ok(Geometry::LayerNorm(kernels::LayerNorm { rows, width, epsilon }))
        }
        Operator::Transpose { order } => transpose(&shapes, order, output),
        Operator::Pad { before, value } => {
            let from = shapes.operand(0)?;
            let before = before.map(|count| count as usize);
            same_rank(&from, &output)?;
            for ((from, to), before) in from.as_slice().iter().zip(output.as_slice()).zip(before) {
                if from.checked_add(before).is_none_or(|inner| inner > *to) {
                    return Err("its result is too small");
                }
            }
            Ok(Geometry::Pad(kernels::Pad { input: shape(from)?, output: shape(output)?, before, value }))
        }
        Operator::Slice { start, step } => {
            let from = shapes.operand(0)?;
            same_rank(&from, &output)?;
            let (start, step) = (start.map(|at| at as usize), step.map(|at| at as usize));
            for (((from, to), start), step) in from.as_slice().iter().zip(output.as_slice()).zip(start).zip(step) {
                let last = to.checked_sub(1).and_then(|count| count.checked_mul(step)).and_then(|way| way.checked_add(start));
                if step == 0 || last.is_none_or(|last| last >= *from) {
                    return Err("it reaches beyond what it reads");
                }
            }
            Ok(Geometry::Slice(kernels::Slice { input: shape(from)?, output: shape(output)?, start, step }))
        }
        Operator::Concat { axis } => concat(&shapes, axis as usize, output),
        Operator::Gather => {
            let (rows, table) = (shapes.operand(0)?, shapes.operand(1)?);
            let [rows_in_table, width] = *table.as_slice() else { return Err("its table does not have two axes") };
            let needed = rows.elements().unwrap_or(0).checked_mul(width);
            if needed != output.elements() || output.last() != width {
                return Err("its result has another shape");
            }
            Ok(Geometry::Gather(kernels::Gather { rows: rows_in_table, width }))
        }
        #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^24")]
        Operator::Length { scale } => Ok(Geometry::Length(length as f32 * scale)),
        Operator::Copy => {
            equal(
                &[shapes.operand(0)?.elements().unwrap_or(0)],
                &[output.elements().unwrap_or(0)],
                "its result has another size",
            )?;
            Ok(Geometry::Copy)
        }
    }
}

fn linear(shapes: &Shapes<'_>, epilogue: Epilogue, output: Sizes) -> Result<Geometry, Refusal> {
    let from = shapes.operand(0)?;
    let (inputs, outputs) = (from.last(), output.last());
    let rows = from.elements().unwrap_or(0).checked_div(inputs).ok_or("its rows are empty")?;
    if rows.checked_mul(outputs) != output.elements() {
        return Err("its result has another number of rows");
    }
    shapes.weights(1, &[outputs, inputs])?;
    let epilogue = shapes.epilogue(epilogue, &output)?;
    Ok(Geometry::Pointwise(kernels::Pointwise { rows, inputs, outputs, epilogue }))
}

fn matmul(shapes: &Shapes<'_>, transpose: bool, scale: f32, output: Sizes) -> Result<Geometry, Refusal> {
    let (left, right) = (shapes.operand(0)?, shapes.operand(1)?);
    let matrix = |sizes: &Sizes| match *sizes.as_slice() {
        [ref outer @ .., rows, columns] => Some((outer.iter().product::<usize>(), rows, columns)),
        _ => None,
    };
    let (Some(a), Some(b), Some(c)) = (matrix(&left), matrix(&right), matrix(&output)) else {
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

fn reduce(shapes: &Shapes<'_>, how: Reduction, axis: usize, axes: usize, output: Sizes) -> Result<Geometry, Refusal> {
    let from = shapes.operand(0)?;
    let [outer, reduced, inner] = from.around(axis, axes).ok_or("it has no such axes")?;
    if axes == 0 || reduced == 0 || outer.checked_mul(inner) != output.elements() {
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

fn binary(shapes: &Shapes<'_>, how: Arithmetic, function: Function, output: Sizes) -> Result<Geometry, Refusal> {
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
    if result.len() != output.elements().unwrap_or(0) {
        return Err("its result has another shape");
    }
    Ok(Geometry::Binary(binary))
}

fn transpose(shapes: &Shapes<'_>, order: [u8; MAX_RANK], output: Sizes) -> Result<Geometry, Refusal> {
    let from = shapes.operand(0)?;
    same_rank(&from, &output)?;
    let order = order.map(usize::from);
    let mut seen = [false; MAX_RANK];
    for (to, source) in output.as_slice().iter().zip(order) {
        if from.as_slice().get(source) != Some(to) {
            return Err("its result has another shape");
        }
        if seen.get_mut(source).is_none_or(|seen| std::mem::replace(seen, true)) {
            return Err("its order names an axis twice");
        }
    }
    Ok(Geometry::Transpose(kernels::Transpose { input: shape(from)?, order }))
}

fn concat(shapes: &Shapes<'_>, axis: usize, output: Sizes) -> Result<Geometry, Refusal> {
    within(axis, &output)?;
    let mut total = 0_usize;
    for position in 0..shapes.step.operands.len() {
        let part = shapes.operand(position)?;
        same_rank(&part, &output)?;
        for (at, (part, whole)) in part.as_slice().iter().zip(output.as_slice()).enumerate() {
            if at == axis {
                total = total.checked_add(*part).ok_or("its result is too large")?;
            } else if part != whole {
                return Err("its parts do not fit together");
            }
        }
    }
    equal(&[total], output.as_slice().get(axis..=axis).unwrap_or_default(), "its parts do not fill the result")?;
    Ok(Geometry::Concat { axis, total })
}

/// Input and output pictures of an operator with a window, where the output's extent is what the window gives.
fn windowed(
    shapes: &Shapes<'_>,
    window: Window,
    output: Sizes,
) -> Result<(Image, Image, kernels::Window), Refusal> {
    let (from, to) = (image(shapes.operand(0)?)?, image(output)?);
    let [top, left, bottom, right] = window.pad;
    let ([kernel_y, kernel_x], [stride_y, stride_x], [dilation_y, dilation_x]) =
        (window.kernel, window.stride, window.dilation);
    let axes = [
        (kernel_y, stride_y, dilation_y, top, bottom, from.height, to.height),
        (kernel_x, stride_x, dilation_x, left, right, from.width, to.width),
    ];
    for (kernel, stride, dilation, before, after, from, to) in axes {
        let reach = u64::from(kernel.saturating_sub(1)) * u64::from(dilation) + 1;
        let padded = from as u64 + u64::from(before) + u64::from(after);
        let steps = padded.checked_sub(reach).and_then(|way| way.checked_div(u64::from(stride)));
        if kernel == 0 || steps.is_none_or(|steps| steps + 1 != to as u64) {
            return Err("its result has another extent than its window gives");
        }
    }
    Ok((from, to, slide(window)))
}

fn slide(window: Window) -> kernels::Window {
    let pair = |[down, right]: [u32; 2]| (down as usize, right as usize);
    let [top, left, ..] = window.pad;
    kernels::Window {
        kernel: pair(window.kernel),
        stride: pair(window.stride),
        pad: pair([top, left]),
        dilation: pair(window.dilation),
    }
}

fn image(sizes: Sizes) -> Result<Image, Refusal> {
    let [height, width, channels] = sizes.picture().ok_or("it needs pictures of shape 1 x height x width x channels")?;
    Ok(Image::new(height, width, channels))
}

fn shape(sizes: Sizes) -> Result<kernels::Shape, Refusal> {
    kernels::Shape::new(sizes.as_slice()).map_err(|_| "a shape is too large")
}

fn same_rank(from: &Sizes, to: &Sizes) -> Result<(), Refusal> {
    if from.as_slice().len() == to.as_slice().len() { Ok(()) } else { Err("its result has another number of axes") }
}

fn within(axis: usize, sizes: &Sizes) -> Result<usize, Refusal> {
    if axis < sizes.as_slice().len() { Ok(axis) } else { Err("it has no such axis") }
}

fn activation(function: Function) -> Activation {
    match function {
        Function::Identity => Activation::None,
        Function::Relu => Activation::Relu,
        Function::Clip { low: 0.0, high: 6.0 } => Activation::Relu6,
        Function::Clip { low, high } => Activation::Clamp { low, high },
        Function::PRelu => Activation::Prelu,
        Function::LeakyRelu { slope } => Activation::LeakyRelu { slope },
        Function::HardSwish => Activation::HardSwish,
        Function::HardSigmoid { slope, shift } => Activation::HardSigmoid { alpha: slope, beta: shift },
        Function::Sigmoid => Activation::Sigmoid,
        Function::Silu => Activation::Silu,
        Function::Tanh => Activation::Tanh,
        Function::Gelu => Activation::Gelu,
        Function::Sqrt => Activation::Sqrt,
        Function::Exp => Activation::Exp,
    }
}
