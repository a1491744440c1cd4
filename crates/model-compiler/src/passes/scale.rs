//! A factor per channel, with or without a value added after it, as squeeze-and-excite has them.

use vitrine_model_runtime::plan::{Arithmetic, Epilogue, Operator, Window};

use super::{arithmetic, each, put};
use crate::graph::{Graph, Id, Op, Source, Tensor, at};

pub(super) fn run(graph: &mut Graph) -> bool {
    each(graph, factors)
}

/// Constant factors, of pictures, are a depthwise convolution of one pixel: it can add a bias and what else comes after.
pub(super) fn constant(graph: &mut Graph) -> bool {
    each(graph, pixel)
}

/// A value added after factors is added by the same operator.
pub(super) fn added(graph: &mut Graph) -> bool {
    let uses = graph.uses();
    each(graph, |graph, id| joined(graph, id, &uses))
}

fn factors(graph: &mut Graph, id: Id) -> bool {
    let node = graph.node(id).clone();
    let Some((Arithmetic::Multiply, a, b)) = arithmetic(&node) else { return false };
    let sizes = at(&node.shape);
    let channels = sizes.last().copied().unwrap_or(1);
    let per_channel = |source: Source| {
        graph.shape(source).is_some_and(|shape| {
            let factor = at(&shape);
            factor.last() == Some(&channels) && factor.iter().product::<usize>() == channels
        })
    };
    let whole = |source: Source| graph.shape(source) == Some(node.shape.clone());
    let rows = sizes.iter().product::<usize>() > channels && channels > 1;
    let inputs = if rows && whole(a) && per_channel(b) {
        vec![a, b]
    } else if rows && whole(b) && per_channel(a) {
        vec![b, a]
    } else {
        return false;
    };
    put(graph, id, Op::Run(Operator::ScaleAdd), inputs);
    true
}

fn pixel(graph: &mut Graph, id: Id) -> bool {
    let node = graph.node(id).clone();
    let (Op::Run(Operator::ScaleAdd), &[input, factors]) = (&node.op, node.inputs.as_slice()) else { return false };
    let (&[1, .., channels], Some(factors)) = (at(&node.shape).as_slice(), graph.constant(factors)) else {
        return false;
    };
    if node.shape.dims().len() != 4 || factors.data.len() != channels {
        return false;
    }
    let data = factors.data.clone();
    let weights = graph.add_constant(Tensor { sizes: vec![1, 1, channels], data });
    let window = Window { kernel: [1; 2], stride: [1; 2], dilation: [1; 2], pad: [0; 4] };
    put(graph, id, Op::Run(Operator::Depthwise(window, Epilogue::NONE)), vec![input, weights]);
    true
}

fn joined(graph: &mut Graph, id: Id, uses: &[usize]) -> bool {
    let node = graph.node(id).clone();
    let Some((Arithmetic::Add, a, b)) = arithmetic(&node) else { return false };
    for (scaled, other) in [(a, b), (b, a)] {
        let Some((host, inner)) = graph.producer(scaled) else { continue };
        let alone = uses.get(host) == Some(&1) && inner.op == Op::Run(Operator::ScaleAdd) && inner.inputs.len() == 2;
        let alike = inner.shape == node.shape && graph.shape(other) == Some(node.shape.clone());
        if alone && alike && matches!(other, Source::Node(_)) {
            let inputs = [inner.inputs.clone(), vec![other]].concat();
            put(graph, id, Op::Run(Operator::ScaleAdd), inputs);
            return true;
        }
    }
    false
}
