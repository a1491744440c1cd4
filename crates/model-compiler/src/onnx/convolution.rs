//! Convolutions and pooling: brought to NHWC and two spatial axes, with transposes around that the passes cancel.

use tract_onnx::prelude::*;
use tract_onnx::tract_core::ops::cnn::{Conv, Deconv, KernelFormat, MaxPool, PoolSpec, SumPool};
use vitrine_model_runtime::plan::{Dim, Epilogue, Operator, Pooling, Shape, Window};

use super::import::{Import, Made};
use crate::graph::{Node, Op, Source, Tensor, inverse};

/// A window and the way from the source's axes to 1 x H x W x C and back.
struct Spatial {
    window: Window,
    /// The picture as the kernel reads it.
    picture: Source,
    /// The result's shape, as the kernel writes it.
    output: Shape,
    /// The result's shape with two spatial axes in the source's order, and in the source's own shape.
    wide: Shape,
    own: Shape,
    order: Vec<usize>,
}

/// Brings the first operand to NHWC.
fn enter(import: &mut Import, node: &TypedNode, like: &Node, spec: &PoolSpec) -> Result<Spatial, String> {
    let operand = import.operand(node, 0)?;
    let found = import.graph.shape(operand).ok_or("an operand is missing")?;
    let (has_n, channels_last) = (spec.data_format.has_n(), spec.data_format.c_is_last());
    // 1 x C x W becomes 1 x C x 1 x W, so that every window has height and width.
    let widen = |shape: &Shape| -> Result<Shape, String> {
        let mut dims = shape.dims().to_vec();
        if !has_n {
            dims.insert(0, Dim::fixed(1));
        }
        if spec.rank() == 1 {
            dims.insert(if channels_last { 1 } else { 2 }, Dim::fixed(1));
        }
        match dims.first() {
            Some(batch) if *batch == Dim::fixed(1) && dims.len() == 4 => {
                Shape::new(dims).ok_or_else(|| "too many axes".to_owned())
            }
            _ => Err("only batches of one picture (or text) are, with one or two spatial axes".to_owned()),
        }
    };
    let order: Vec<usize> = if channels_last { vec![0, 1, 2, 3] } else { vec![0, 2, 3, 1] };
    let wide = widen(&found)?;
    let input = import.graph.reshape(like, operand, wide.clone());
    let picture = import.graph.transpose(like, input, &order);
    let wide_output = widen(&like.shape)?;
    let output = crate::graph::permuted(&wide_output, &order);
    let spatial = crate::graph::permuted(&wide, &order).dims().get(1..3).map(<[Dim]>::to_vec).unwrap_or_default();
    let window = window(spec, &spatial)?;
    Ok(Spatial { window, picture, output, wide: wide_output, own: like.shape.clone(), order })
}

/// Back to the source's axes.
fn leave(import: &mut Import, like: &Node, result: Source, spatial: &Spatial) -> Source {
    let back = import.graph.transpose(like, result, &inverse(&spatial.order));
    let wide = import.graph.reshape(like, back, spatial.wide.clone());
    import.graph.reshape(like, wide, spatial.own.clone())
}

fn window(spec: &PoolSpec, spatial: &[Dim]) -> Result<Window, String> {
    let small = |number: usize| u32::try_from(number).map_err(|_| "a window is too large".to_owned());
    // Padding of an axis with a dynamic size does not depend on it where the stride is 1, as it is in text models.
    let sizes: Vec<usize> = spatial.iter().rev().take(spec.rank()).rev().map(|dim| dim.at(61).unwrap_or(0)).collect();
    let pads = spec.padding.compute(&sizes, &spec.kernel_shape, &spec.dilations(), &spec.strides());
    let mut window = Window { kernel: [1; 2], stride: [1; 2], dilation: [1; 2], pad: [0; 4] };
    let (mut kernel, mut stride, mut dilation) = ([1; 2], [1; 2], [1; 2]);
    for axis in 0..spec.rank() {
        let place = axis + 2 - spec.rank();
        let (Some(pad), Some(size)) = (pads.get(axis), spec.kernel_shape.get(axis)) else { continue };
        if let (Some(kernel), Some(stride), Some(dilation)) =
            (kernel.get_mut(place), stride.get_mut(place), dilation.get_mut(place))
        {
            *kernel = small(*size)?;
            *stride = small(spec.stride(axis))?;
            *dilation = small(spec.dilation(axis))?;
        }
        for (place, count) in [(place, pad.pad_before), (place + 2, pad.pad_after)] {
            if let Some(pad) = window.pad.get_mut(place) {
                *pad = small(count)?;
            }
        }
    }
    window.kernel = kernel;
    window.stride = stride;
    window.dilation = dilation;
    Ok(window)
}

/// Weights as O x KH x KW x I, whatever order the source has.
fn weights(import: &Import, node: &TypedNode, format: KernelFormat, rank: usize) -> Result<Tensor, String> {
    let source = import.operand(node, 1)?;
    let mut tensor = import.graph.constant(source).ok_or("its weights are computed, not constant")?.clone();
    if rank == 1 {
        let at = match format {
            KernelFormat::OIHW => 2,
            KernelFormat::HWIO => 0,
            KernelFormat::OHWI => 1,
        };
        tensor.sizes.insert(at, 1);
    }
    if tensor.sizes.len() != 4 {
        return Err("its weights do not have one or two spatial axes".to_owned());
    }
    let order: &[usize] = match format {
        KernelFormat::OIHW => &[0, 2, 3, 1],
        KernelFormat::HWIO => &[3, 0, 1, 2],
        KernelFormat::OHWI => &[0, 1, 2, 3],
    };
    Ok(tensor.permuted(order))
}

/// One bias per channel, or nothing where it is all zero.
fn bias(import: &mut Import, node: &TypedNode, channels: usize) -> Result<Source, String> {
    if node.inputs.len() < 3 {
        return Ok(Source::Absent);
    }
    let source = import.operand(node, 2)?;
    let tensor = import.graph.constant(source).ok_or("its bias is computed, not constant")?;
    let data = match *tensor.data.as_slice() {
        [one] => vec![one; channels],
        _ => tensor.data.clone(),
    };
    if data.len() != channels {
        return Err("its bias is not one per channel".to_owned());
    }
    if data.iter().all(|&number| number == 0.0) {
        return Ok(Source::Absent);
    }
    Ok(import.graph.add_constant(Tensor { sizes: vec![channels], data }))
}

pub(super) fn conv(import: &mut Import, node: &TypedNode, like: &Node, op: &Conv) -> Made {
    if op.q_params.is_some() {
        return Err("quantized convolutions are not; export the model with float weights".to_owned());
    }
    let spatial = enter(import, node, like, &op.pool_spec)?;
    let weights = weights(import, node, op.kernel_fmt, op.pool_spec.rank())?;
    let (inputs, outputs) = (op.pool_spec.input_channels, op.pool_spec.output_channels);
    let bias = bias(import, node, outputs)?;
    let (operator, weights) = if op.group == inputs && inputs == outputs && op.group > 1 {
        // C x KH x KW x 1 to KH x KW x C
        let mut weights = weights.permuted(&[1, 2, 0, 3]);
        weights.sizes.truncate(3);
        (Operator::Depthwise(spatial.window, Epilogue::NONE), weights)
    } else {
        (Operator::Conv(spatial.window, Epilogue::NONE), ungrouped(&weights, op.group, inputs))
    };
    let weights = import.graph.add_constant(weights);
    let result =
        import.graph.add(like, Op::Run(operator), vec![spatial.picture, weights, bias], spatial.output.clone());
    Ok(leave(import, like, result, &spatial))
}

/// A convolution in groups as one without: weights between groups are zero.
fn ungrouped(weights: &Tensor, groups: usize, inputs: usize) -> Tensor {
    let [outputs, height, width, own] = *weights.sizes.as_slice() else { return weights.clone() };
    if groups <= 1 || own == 0 {
        return weights.clone();
    }
    let taps = height * width;
    let mut data = vec![0.0; outputs * taps * inputs];
    let rows = data.chunks_exact_mut(inputs).zip(weights.data.chunks_exact(own));
    for (number, (to, from)) in rows.enumerate() {
        let group = number / taps / (outputs / groups).max(1);
        for (to, from) in to.iter_mut().skip(group * own).zip(from) {
            *to = *from;
        }
    }
    Tensor { sizes: vec![outputs, height, width, inputs], data }
}

pub(super) fn deconv(import: &mut Import, node: &TypedNode, like: &Node, op: &Deconv) -> Made {
    if op.group != 1 {
        return Err("transposed convolutions in groups are not".to_owned());
    }
    let mut spatial = enter(import, node, like, &op.pool_spec)?;
    let weights = weights(import, node, op.kernel_format, op.pool_spec.rank())?;
    // The window of the convolution that this one reverses: its padding follows from the larger picture, the result.
    let pads = op.pool_spec.padding.compute_for_deconv(
        &import.sizes(spatial.picture)?.get(1..3).map(<[usize]>::to_vec).unwrap_or_default(),
        &op.pool_spec.kernel_shape,
        &op.pool_spec.dilations(),
        &op.pool_spec.strides(),
        &op.adjustments,
    );
    let pads = pads.map_err(|_| "its padding does not fit its shape")?;
    for (axis, pad) in pads.iter().enumerate() {
        for (place, count) in [(axis, pad.pad_before), (axis + 2, pad.pad_after)] {
            if let Some(place) = spatial.window.pad.get_mut(place) {
                *place = u32::try_from(count).map_err(|_| "its padding is too large")?;
            }
        }
    }
    let bias = bias(import, node, op.pool_spec.output_channels)?;
    let weights = import.graph.add_constant(weights);
    let operator = Op::Run(Operator::ConvTranspose(spatial.window, Epilogue::NONE));
    let result = import.graph.add(like, operator, vec![spatial.picture, weights, bias], spatial.output.clone());
    Ok(leave(import, like, result, &spatial))
}

pub(super) fn max_pool(import: &mut Import, node: &TypedNode, like: &Node, op: &MaxPool) -> Made {
    pool(import, node, like, &op.pool_spec, Pooling::Maximum)
}

pub(super) fn sum_pool(import: &mut Import, node: &TypedNode, like: &Node, op: &SumPool) -> Made {
    match (op.normalize, op.count_include_pad) {
        (true, true) => pool(import, node, like, &op.pool_spec, Pooling::MeanWithBorder),
        (true, false) => pool(import, node, like, &op.pool_spec, Pooling::Mean),
        _ => Err("pooling that sums".to_owned()),
    }
}

fn pool(import: &mut Import, node: &TypedNode, like: &Node, spec: &PoolSpec, how: Pooling) -> Made {
    let spatial = enter(import, node, like, spec)?;
    let operator = Op::Run(Operator::Pool(spatial.window, how));
    let result = import.graph.add(like, operator, vec![spatial.picture], spatial.output.clone());
    Ok(leave(import, like, result, &spatial))
}
