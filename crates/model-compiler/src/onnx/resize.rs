//! Resizing: two axes of a picture, one after the other, which the passes join again in NHWC.

use tract_onnx::prelude::*;
use tract_onnx::tract_core::ops::nn::resize::{self as nn, CoordTransformer, Interpolator};
use tract_onnx_opl::resize::{CoordTransform, Nearest, Resize};
use vitrine_model_runtime::plan::{Dim, Sampling, Shape};

use super::import::{Import, Made};
use crate::graph::{Node, Op};

/// A resize node, ONNX's or NNEF's; `None` where the node is something else.
pub(super) fn resize(import: &mut Import, node: &TypedNode, like: &Node) -> Option<Made> {
    if let Some(op) = node.op.downcast_ref::<Resize>() {
        let CoordTransform::Plain(transform) = &op.coord_transformer else {
            return Some(Err("it crops while it resizes".to_owned()));
        };
        let down = matches!(op.nearest, Nearest::Floor);
        let rounds = matches!(op.nearest, Nearest::RoundPreferFloor | Nearest::RoundPreferCeil);
        return Some(interpolate(import, node, like, &How { transform, interpolator: &op.interpolator, down, rounds }));
    }
    let op = node.op.downcast_ref::<nn::Resize>()?;
    let down = matches!(op.nearest, nn::Nearest::Floor);
    let how = How { transform: &op.coord_transformer, interpolator: &op.interpolator, down, rounds: !down };
    Some(interpolate(import, node, like, &how))
}

/// Where positions lie, and what is made of them.
struct How<'a> {
    transform: &'a CoordTransformer,
    interpolator: &'a Interpolator,
    /// The nearest pixel is the one below a position.
    down: bool,
    /// The nearest pixel is the one that a position is rounded to.
    rounds: bool,
}

fn interpolate(import: &mut Import, node: &TypedNode, like: &Node, how: &How<'_>) -> Made {
    let linear = match how.interpolator {
        Interpolator::Linear => true,
        Interpolator::Nearest => false,
        Interpolator::Cubic => return Err("cubic interpolation is not; use linear".to_owned()),
    };
    let input = import.operand(node, 0)?;
    let from = import.graph.shape(input).ok_or("an operand is missing")?;
    let mut source = input;
    let mut dims = from.dims().to_vec();
    for (axis, (before, after)) in from.dims().iter().zip(like.shape.dims()).enumerate() {
        if before == after {
            continue;
        }
        let sampling = match how.transform {
            CoordTransformer::HalfPixel => Sampling::HalfPixel,
            // Differs from half pixels only where one pixel results.
            CoordTransformer::PytorchHalfPixel if *after != Dim::fixed(1) => Sampling::HalfPixel,
            CoordTransformer::AlignCorners => Sampling::AlignCorners,
            CoordTransformer::Asymmetric => Sampling::Asymmetric,
            other => return Err(format!("resizing with coordinates {other:?}")),
        };
        let times = after.fixed.checked_div(before.fixed).unwrap_or(0);
        let whole = before.per_length == 0 && after.per_length == 0 && before.fixed * times == after.fixed;
        // Enlarged by a whole number, every rule but rounding up picks the pixel that covers the position.
        let covers = whole
            && match sampling {
                Sampling::Asymmetric => how.down,
                Sampling::HalfPixel => how.rounds,
                Sampling::AlignCorners => false,
            };
        if !linear && !covers {
            return Err("nearest neighbours only where the picture becomes a whole number of times larger".to_owned());
        }
        if let Some(dim) = dims.get_mut(axis) {
            *dim = *after;
        }
        let shape = Shape::new(dims.clone()).ok_or("too many axes")?;
        let sampling = if linear { sampling } else { Sampling::Asymmetric };
        source = import.graph.add(like, Op::Interpolate { axis, sampling, linear }, vec![source], shape);
    }
    Ok(source)
}
