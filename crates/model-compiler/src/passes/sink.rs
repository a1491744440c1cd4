//! Moves transposes towards the outputs, through everything that does not care, until they meet their opposites.

use vitrine_model_runtime::plan::{Function, MAX_RANK, Operator};

use super::fold::is_pointwise;
use crate::graph::{Graph, Id, Node, Op, Origin, Source, at, compose, inverse, permuted};

pub(super) fn run(graph: &mut Graph) -> bool {
    let mut changed = false;
    for id in graph.schedule() {
        changed |= sink(graph, id) || through_reshape(graph, id);
    }
    changed
}

/// The transpose that an operand is: its order and what it transposes.
fn transposed(graph: &Graph, source: Source) -> Option<(Vec<usize>, Source)> {
    let (_, node) = graph.producer(source)?;
    match (&node.op, node.inputs.first()) {
        (Op::Transpose(order), Some(&inner)) => Some((order.clone(), inner)),
        _ => None,
    }
}

fn sink(graph: &mut Graph, id: Id) -> bool {
    let node = graph.node(id).clone();
    let Some((order, _)) = node.inputs.iter().find_map(|&input| transposed(graph, input)) else { return false };
    let rank = order.len();
    if node.shape.dims().len() != rank {
        return false;
    }
    let Some(op) = moved(&node.op, &order) else { return false };
    if !pays(graph, &node, &order) {
        return false;
    }
    let back = inverse(&order);
    let mut inputs = Vec::new();
    for (position, &input) in node.inputs.iter().enumerate() {
        let per_channel =
            position > 0 && matches!(node.op, Op::Run(Operator::Unary(_) | Operator::Linear(_) | Operator::Conv(..)));
        let ranks = graph.shape(input).map(|shape| shape.dims().len());
        if input == Source::Absent || per_channel {
            inputs.push(input);
        } else if ranks == Some(rank) {
            inputs.push(graph.transpose(&node, input, &back));
        } else {
            return false;
        }
    }
    let new = graph.add(&node, op, inputs, permuted(&node.shape, &back));
    let origin = node.origin.as_ref().map(|origin| Origin { node: origin.node, order: compose(&origin.order, &back) });
    graph.set_origin(new, origin);
    let result = graph.transpose(&node, new, &order);
    graph.replace(id, result);
    true
}

/// Whether moving leaves fewer elements to transpose. Where as many would remain, those transposes move that lead from
/// NHWC to NCHW: what lies between convolutions then ends up in NHWC, and nothing moves back and forth.
fn pays(graph: &Graph, node: &Node, order: &[usize]) -> bool {
    let (mut gone, mut new) = (0, 0);
    for (position, &input) in node.inputs.iter().enumerate() {
        let Some((_, operand)) = graph.producer(input) else { continue };
        let sizes = at(&operand.shape);
        let elements: usize = sizes.iter().product();
        match &operand.op {
            Op::Transpose(own) if own == order => gone += elements,
            _ if node.inputs.get(..position).is_some_and(|before| before.contains(&input)) => {}
            _ if inverse(order).iter().filter(|&&axis| sizes.get(axis) != Some(&1)).is_sorted() => {}
            _ => new += elements,
        }
    }
    let to_channels_first = order.len() > 2
        && order.get(1) == order.len().checked_sub(1).as_ref()
        && order.iter().skip(2).copied().eq(1..order.len() - 1);
    new < gone || (new == gone && to_channels_first)
}

/// The operator before a transpose of `order` rather than after it; `None` where it cannot move.
fn moved(op: &Op, order: &[usize]) -> Option<Op> {
    let axis = |axis: usize| order.get(axis).copied();
    let axis32 = |at: u32| axis(at as usize).and_then(|axis| u32::try_from(axis).ok());
    Some(match op {
        // Slopes belong to the last axis.
        Op::Run(Operator::Unary(Function::PRelu)) if !keeps_last(order) => return None,
        // What computes each row, or each pixel, for itself.
        Op::Run(Operator::Linear(_)) if keeps_last(order) => op.clone(),
        Op::Run(Operator::Conv(window, _))
            if keeps_last(order) && order.first() == Some(&0) && is_pointwise(window) =>
        {
            op.clone()
        }
        Op::Run(Operator::Unary(_) | Operator::Binary(..)) | Op::Greater | Op::Select | Op::Erf | Op::Broadcast => {
            op.clone()
        }
        Op::Run(Operator::Softmax { axis }) => Op::Run(Operator::Softmax { axis: axis32(*axis)? }),
        Op::Run(Operator::Concat { axis }) => Op::Run(Operator::Concat { axis: axis32(*axis)? }),
        Op::Run(Operator::Pad { before, value }) => {
            Op::Run(Operator::Pad { before: places(before, order, 0), value: *value })
        }
        Op::Run(Operator::Slice { start, step }) => {
            Op::Run(Operator::Slice { start: places(start, order, 0), step: places(step, order, 1) })
        }
        Op::Reduce(how, axes) => {
            let mut axes = axes.iter().map(|&at| axis(at)).collect::<Option<Vec<_>>>()?;
            axes.sort_unstable();
            Op::Reduce(*how, axes)
        }
        Op::Interpolate { axis: at, sampling, linear } => {
            Op::Interpolate { axis: axis(*at)?, sampling: *sampling, linear: *linear }
        }
        _ => return None,
    })
}

fn keeps_last(order: &[usize]) -> bool {
    order.last() == order.len().checked_sub(1).as_ref()
}

/// Numbers given per axis, in the order of the axes before the transpose.
fn places(numbers: &[u32; MAX_RANK], order: &[usize], rest: u32) -> [u32; MAX_RANK] {
    let mut moved = [rest; MAX_RANK];
    for (number, &axis) in numbers.iter().zip(order) {
        if let Some(place) = moved.get_mut(axis) {
            *place = *number;
        }
    }
    moved
}

/// A function of each element moves before a reshape, so that the reshape can meet another.
fn through_reshape(graph: &mut Graph, id: Id) -> bool {
    let node: Node = graph.node(id).clone();
    let (Op::Run(Operator::Unary(function)), Some(&input)) = (&node.op, node.inputs.first()) else { return false };
    if *function == Function::PRelu {
        return false;
    }
    let Some((_, reshape)) = graph.producer(input) else { return false };
    let (Op::Reshape, Some(&inner)) = (&reshape.op, reshape.inputs.first()) else { return false };
    let Some(shape) = graph.shape(inner) else { return false };
    let new = graph.add(&node, node.op.clone(), vec![inner], shape);
    graph.set_origin(new, node.origin.clone());
    let result = graph.reshape(&node, new, node.shape.clone());
    graph.set_origin(result, node.origin.clone());
    graph.replace(id, result);
    true
}
