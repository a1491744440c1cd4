//! Joins resizing along height and along width into one operator on NHWC pictures; a lone one becomes one, too.

use vitrine_model_runtime::plan::{Dim, Operator, Shape};

use super::put;
use crate::graph::{Graph, Id, Op};

pub(super) fn run(graph: &mut Graph) -> bool {
    let mut changed = false;
    for id in graph.schedule() {
        changed |= join(graph, id);
    }
    if !changed {
        for id in graph.schedule() {
            changed |= alone(graph, id);
        }
    }
    changed
}

/// Height of width, or width of height: the order does not matter.
fn join(graph: &mut Graph, id: Id) -> bool {
    let node = graph.node(id);
    let (Op::Interpolate { axis, sampling, linear }, Some(&input)) = (node.op.clone(), node.inputs.first()) else {
        return false;
    };
    let Some((_, inner)) = graph.producer(input) else { return false };
    let (Op::Interpolate { axis: first, sampling: same, linear: alike }, Some(&root)) =
        (&inner.op, inner.inputs.first())
    else {
        return false;
    };
    let picture = node.shape.dims().len() == 4 && node.shape.dims().first() == Some(&Dim::fixed(1));
    let both = matches!((axis, *first), (1, 2) | (2, 1));
    if !picture || !both || *same != sampling || *alike != linear {
        return false;
    }
    put(graph, id, Op::Run(Operator::Resize { sampling, linear }), vec![root]);
    true
}

/// One axis alone: everything before it as rows, everything after it as channels of a picture.
fn alone(graph: &mut Graph, id: Id) -> bool {
    let node = graph.node(id).clone();
    let (Op::Interpolate { axis, sampling, linear }, Some(&input)) = (node.op.clone(), node.inputs.first()) else {
        return false;
    };
    let Some(from) = graph.shape(input) else { return false };
    let around = |shape: &Shape| -> Option<Shape> {
        let sizes = crate::graph::at(shape);
        let dim = |sizes: &[usize]| u32::try_from(sizes.iter().product::<usize>()).ok().map(Dim::fixed);
        Shape::new(vec![
            Dim::fixed(1),
            dim(sizes.get(..axis)?)?,
            *shape.dims().get(axis)?,
            dim(sizes.get(axis + 1..)?)?,
        ])
    };
    let (Some(picture), Some(result)) = (around(&from), around(&node.shape)) else { return false };
    let picture = graph.reshape(&node, input, picture);
    let resized = graph.add(&node, Op::Run(Operator::Resize { sampling, linear }), vec![picture], result);
    let result = graph.reshape(&node, resized, node.shape.clone());
    graph.set_origin(result, node.origin.clone());
    graph.replace(id, result);
    true
}
