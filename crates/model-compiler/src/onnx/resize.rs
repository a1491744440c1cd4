//! Resizing: two axes of a picture, one after the other, which the passes join again in NHWC.

use tract_onnx::prelude::*;
use tract_onnx::tract_core::ops::nn::resize::{CoordTransformer, Interpolator};
use tract_onnx_opl::resize::{CoordTransform, Nearest, Resize};
use vitrine_model_runtime::plan::{Dim, Sampling, Shape};

use super::import::{Import, Made};
use crate::graph::{Node, Op};

/// A resize node; `None` where the node is something else.
pub(super) fn resize(import: &mut Import, node: &TypedNode, like: &Node) -> Option<Made> {
    let op = node.op.downcast_ref::<Resize>()?;
    Some(interpolate(import, node, like, op))
}

fn interpolate(import: &mut Import, node: &TypedNode, like: &Node, op: &Resize) -> Made {
    let CoordTransform::Plain(transform) = &op.coord_transformer else {
        return Err("it crops while it resizes".to_owned());
    };
    let linear = match op.interpolator {
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
        let sampling = match transform {
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
            && matches!(
                (sampling, &op.nearest),
                (Sampling::Asymmetric, Nearest::Floor)
                    | (Sampling::HalfPixel, Nearest::RoundPreferFloor | Nearest::RoundPreferCeil)
            );
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
