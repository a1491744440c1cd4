//! Lets products and convolutions end with the activation, and with the value added, that come after them.

use vitrine_model_runtime::plan::{Arithmetic, Epilogue, Function, Operator};

use super::{arithmetic, put};
use crate::graph::{Graph, Id, Op, Source, at};

/// Where the value that is added stands among the operands; the slopes stand before it.
const ADDED: usize = 4;
const SLOPES: usize = 3;

pub(super) fn run(graph: &mut Graph) -> bool {
    for id in graph.schedule() {
        let uses = graph.uses();
        if activation(graph, id, &uses) || residual(graph, id, &uses) {
            return true;
        }
    }
    false
}

fn epilogue(op: &Op) -> Option<Epilogue> {
    match op {
        Op::Run(
            Operator::Linear(epilogue)
            | Operator::Conv(_, epilogue)
            | Operator::Depthwise(_, epilogue)
            | Operator::ConvTranspose(_, epilogue),
        ) => Some(*epilogue),
        _ => None,
    }
}

fn with(op: &Op, new: Epilogue) -> Op {
    match *op {
        Op::Run(Operator::Linear(_)) => Op::Run(Operator::Linear(new)),
        Op::Run(Operator::Conv(window, _)) => Op::Run(Operator::Conv(window, new)),
        Op::Run(Operator::Depthwise(window, _)) => Op::Run(Operator::Depthwise(window, new)),
        Op::Run(Operator::ConvTranspose(window, _)) => Op::Run(Operator::ConvTranspose(window, new)),
        ref other => other.clone(),
    }
}

fn activation(graph: &mut Graph, id: Id, uses: &[usize]) -> bool {
    let node = graph.node(id).clone();
    let (Op::Run(Operator::Unary(function)), Some(&input)) = (&node.op, node.inputs.first()) else { return false };
    let Some((host, inner)) = graph.producer(input) else { return false };
    if uses.get(host) != Some(&1) || inner.shape != node.shape {
        return false;
    }
    if let Op::Run(Operator::Binary(how, Function::Identity)) = inner.op
        && *function != Function::PRelu
    {
        put(graph, id, Op::Run(Operator::Binary(how, *function)), inner.inputs.clone());
        return true;
    }
    let Some(Epilogue { function: Function::Identity, add_after: false }) = epilogue(&inner.op) else { return false };
    let op = with(&inner.op, Epilogue { function: *function, add_after: false });
    let mut inputs = inner.inputs.clone();
    if let Some(&slopes) = node.inputs.get(1) {
        let len = inputs.len().max(SLOPES + 1);
        inputs.resize(len, Source::Absent);
        if let Some(place) = inputs.get_mut(SLOPES) {
            *place = slopes;
        }
    }
    put(graph, id, op, inputs);
    true
}

fn residual(graph: &mut Graph, id: Id, uses: &[usize]) -> bool {
    let node = graph.node(id).clone();
    let Some((Arithmetic::Add, a, b)) = arithmetic(&node) else { return false };
    // The later of two hosts adds the earlier's result, which is there by then.
    let position = |source: Source| graph.producer(source).map(|(_, node)| node.position);
    let pairs = if position(a) >= position(b) { [(a, b), (b, a)] } else { [(b, a), (a, b)] };
    for (value, other) in pairs {
        let Some((host, inner)) = graph.producer(value) else { continue };
        let Some(found) = epilogue(&inner.op) else { continue };
        let free = uses.get(host) == Some(&1) && inner.inputs.get(ADDED).is_none_or(|&added| added == Source::Absent);
        if !free || inner.shape != node.shape || value == other || !matches!(other, Source::Node(_)) {
            continue;
        }
        let Some(added) = narrow(graph, other, &node) else { continue };
        let op = with(&inner.op, Epilogue { add_after: found.function != Function::Identity, ..found });
        let mut inputs = inner.inputs.clone();
        inputs.resize(ADDED, Source::Absent);
        inputs.push(added);
        put(graph, id, op, inputs);
        return true;
    }
    false
}

/// What is added: without the channels that padding only made to fill up, which kernels leave out by themselves.
fn narrow(graph: &Graph, other: Source, node: &crate::graph::Node) -> Option<Source> {
    let (_, producer) = graph.producer(other)?;
    if producer.shape != node.shape {
        return None;
    }
    if let (Op::Run(Operator::Pad { before, value: 0.0 }), Some(&inner)) = (&producer.op, producer.inputs.first())
        && before.iter().all(|&count| count == 0)
    {
        let (narrow, wide) = (at(&graph.shape(inner)?), at(&producer.shape));
        let same = narrow.len() == wide.len() && narrow.iter().zip(&wide).rev().skip(1).all(|(from, to)| from == to);
        if same {
            return Some(inner);
        }
    }
    Some(other)
}
