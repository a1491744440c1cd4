//! Recognises layer normalization over the last axis in the arithmetic that it is written out as.

use vitrine_model_runtime::plan::{Arithmetic, Function, Operator, Reduction};

use super::{arithmetic, function, put, with_scalar};
use crate::graph::{Graph, Id, Node, Op, Source, Tensor, at};

pub(super) fn run(graph: &mut Graph) -> bool {
    let mut changed = false;
    for id in graph.schedule() {
        changed |= plain(graph, id);
    }
    let uses = graph.uses();
    for id in graph.schedule() {
        changed |= gamma(graph, id, &uses) || beta(graph, id, &uses);
    }
    changed
}

/// (x - mean) / sqrt(variance + epsilon), or times its reciprocal.
fn plain(graph: &mut Graph, id: Id) -> bool {
    let node = graph.node(id).clone();
    let Some((how, a, b)) = arithmetic(&node) else { return false };
    let candidates = match how {
        Arithmetic::Divide => vec![(a, Some(b))],
        Arithmetic::Multiply => vec![(a, reciprocal(graph, b)), (b, reciprocal(graph, a))],
        _ => return false,
    };
    for (centred, root) in candidates {
        let Some((epsilon, input)) = root.and_then(|root| normalized(graph, centred, root)) else { continue };
        put(graph, id, Op::Run(Operator::LayerNorm { epsilon }), vec![input]);
        return true;
    }
    false
}

fn reciprocal(graph: &Graph, source: Source) -> Option<Source> {
    let (_, node) = graph.producer(source)?;
    let (Arithmetic::Divide, one, root) = arithmetic(node)? else { return None };
    (graph.scalar(one) == Some(1.0)).then_some(root)
}

fn normalized(graph: &Graph, centred: Source, root: Source) -> Option<(f32, Source)> {
    let (_, difference) = graph.producer(centred)?;
    let (Arithmetic::Subtract, input, mean) = arithmetic(difference)? else { return None };
    (mean_of(graph, mean)? == input).then_some(())?;
    let (_, root) = graph.producer(root)?;
    let (Function::Sqrt, sum) = function(root)? else { return None };
    let (_, sum) = graph.producer(sum)?;
    let (variance, epsilon) = with_scalar(graph, sum, Arithmetic::Add)?;
    let (_, square) = graph.producer(mean_of(graph, variance)?)?;
    let (Arithmetic::Multiply, left, right) = arithmetic(square)? else { return None };
    (left == right && same_difference(graph, left, centred)).then_some((epsilon, input))
}

/// The same node, or another that computes the same difference.
fn same_difference(graph: &Graph, a: Source, b: Source) -> bool {
    let operands = |source: Source| {
        let (_, node) = graph.producer(source)?;
        let (how, left, right) = arithmetic(node)?;
        Some((how, left, mean_of(graph, right)?))
    };
    a == b || operands(a).is_some_and(|found| operands(b) == Some(found))
}

/// What a mean over the last axis is taken of.
fn mean_of(graph: &Graph, source: Source) -> Option<Source> {
    let (_, node) = graph.producer(source)?;
    let Op::Reduce(Reduction::Mean, axes) = &node.op else { return None };
    let last = node.shape.dims().len().checked_sub(1)?;
    (axes.as_slice() == [last]).then(|| node.inputs.first().copied()).flatten()
}

/// The host that a per-column constant can join, and that constant.
fn joined(graph: &Graph, node: &Node, uses: &[usize], wanted: Arithmetic) -> Option<(Node, Vec<f32>)> {
    let (how, a, b) = arithmetic(node)?;
    if how != wanted {
        return None;
    }
    let (value, constant) = if graph.constant(b).is_some() { (a, b) } else { (b, a) };
    let (host, inner) = graph.producer(value)?;
    let is_norm = matches!(inner.op, Op::Run(Operator::LayerNorm { .. }));
    let columns = *at(&inner.shape).last()?;
    let data = graph.constant(constant)?.as_channels(columns)?;
    (is_norm && uses.get(host) == Some(&1) && inner.shape == node.shape).then(|| (inner.clone(), data))
}

fn gamma(graph: &mut Graph, id: Id, uses: &[usize]) -> bool {
    let Some((inner, data)) = joined(graph, graph.node(id), uses, Arithmetic::Multiply) else { return false };
    if inner.inputs.len() != 1 {
        return false;
    }
    let gamma = graph.add_constant(Tensor { sizes: vec![data.len()], data });
    put(graph, id, inner.op.clone(), [inner.inputs, vec![gamma]].concat());
    true
}

fn beta(graph: &mut Graph, id: Id, uses: &[usize]) -> bool {
    let Some((inner, data)) = joined(graph, graph.node(id), uses, Arithmetic::Add) else { return false };
    let mut inputs = inner.inputs.clone();
    if inputs.len() > 2 {
        return false;
    }
    inputs.resize(2, Source::Absent);
    inputs.push(graph.add_constant(Tensor { sizes: vec![data.len()], data }));
    put(graph, id, inner.op.clone(), inputs);
    true
}
