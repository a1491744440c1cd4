//! Convolutions, pooling and resizing: operators on 1 x height x width x channels.

use vitrine_model_kernels as kernels;
use vitrine_model_kernels::{Image, Interpolation, PoolKind};

use super::Geometry;
use super::shapes::{Refusal, Shapes, equal, image};
use crate::plan::{Epilogue, Pooling, Sampling, Window};

#[inline(never)]
pub(super) fn conv(shapes: &Shapes<'_>, window: Window, epilogue: Epilogue) -> Result<Geometry, Refusal> {
    let (from, to, slide) = windowed(shapes, window)?;
    shapes.weights(1, &[to.channels, slide.kernel.0, slide.kernel.1, from.channels])?;
    let epilogue = shapes.epilogue(epilogue)?;
    Ok(Geometry::Conv(kernels::Conv { input: from, output: to, window: slide, epilogue }))
}

#[inline(never)]
pub(super) fn depthwise(shapes: &Shapes<'_>, window: Window, epilogue: Epilogue) -> Result<Geometry, Refusal> {
    let (from, to, slide) = windowed(shapes, window)?;
    equal(&[from.channels], &[to.channels], "it changes the number of channels")?;
    shapes.weights(1, &[slide.kernel.0, slide.kernel.1, from.channels])?;
    let epilogue = shapes.epilogue(epilogue)?;
    Ok(Geometry::Depthwise(kernels::Depthwise { input: from, output: to, window: slide, epilogue }))
}

#[inline(never)]
pub(super) fn conv_transpose(shapes: &Shapes<'_>, window: Window, epilogue: Epilogue) -> Result<Geometry, Refusal> {
    let (from, to) = (image(shapes.operand(0)?)?, image(shapes.output)?);
    let slide = slide(window);
    shapes.weights(1, &[to.channels, slide.kernel.0, slide.kernel.1, from.channels])?;
    let epilogue = shapes.epilogue(epilogue)?;
    Ok(Geometry::Transposed(kernels::TransposedConv { input: from, output: to, window: slide, epilogue }))
}

#[inline(never)]
pub(super) fn pool(shapes: &Shapes<'_>, window: Window, how: Pooling) -> Result<Geometry, Refusal> {
    let (from, to, window) = windowed(shapes, window)?;
    equal(&[from.channels], &[to.channels], "it changes the number of channels")?;
    let kind = match how {
        Pooling::Maximum => PoolKind::Max,
        Pooling::Mean => PoolKind::Average,
        Pooling::MeanWithBorder => PoolKind::AverageWithPadding,
    };
    Ok(Geometry::Pool(kernels::Pool { input: from, output: to, window, kind }))
}

#[inline(never)]
pub(super) fn resize(shapes: &Shapes<'_>, sampling: Sampling, linear: bool) -> Result<Geometry, Refusal> {
    let (from, to) = (image(shapes.operand(0)?)?, image(shapes.output)?);
    equal(&[from.channels], &[to.channels], "it changes the number of channels")?;
    let sampling = match sampling {
        Sampling::HalfPixel => kernels::Sampling::HalfPixel,
        Sampling::AlignCorners => kernels::Sampling::AlignCorners,
        Sampling::Asymmetric => kernels::Sampling::Asymmetric,
    };
    let interpolation = if linear { Interpolation::Bilinear } else { Interpolation::Nearest };
    Ok(Geometry::Resize(kernels::Resize { input: from, output: to, sampling, interpolation }))
}

#[inline(never)]
pub(super) fn depth_to_space(shapes: &Shapes<'_>, block: usize) -> Result<Geometry, Refusal> {
    let (from, to) = (image(shapes.operand(0)?)?, image(shapes.output)?);
    let needed = [from.height.checked_mul(block), from.width.checked_mul(block)];
    let deep = block.checked_mul(block).and_then(|blocks| blocks.checked_mul(to.channels));
    if needed != [Some(to.height), Some(to.width)] || deep != Some(from.channels) {
        return Err("its result has another shape");
    }
    Ok(Geometry::DepthToSpace(kernels::DepthToSpace { input: from, block }))
}

/// Input and output pictures of an operator with a window, where the output's extent is what the window gives.
fn windowed(shapes: &Shapes<'_>, window: Window) -> Result<(Image, Image, kernels::Window), Refusal> {
    let (from, to) = (image(shapes.operand(0)?)?, image(shapes.output)?);
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
