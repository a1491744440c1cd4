//! Rewrites a graph until it is made of a plan's operators in NHWC: each pass keeps what the graph computes.

mod activations;
mod epilogue;
mod fold;
mod gelu;
mod interpolate;
mod means;
mod movement;
mod normalize;
mod same;
mod scale;
mod sink;

use crate::graph::{Graph, Id, Node, Op, Source};
use vitrine_model_runtime::plan::{Arithmetic, Function, Operator};

/// Rounds after which the graph no longer changes in practice; more would be a mistake of a pass.
const ROUNDS: usize = 200;

/// Runs all passes.
pub fn optimize(graph: &mut Graph) {
    let layout: [fn(&mut Graph) -> bool; 5] = [activations::run, gelu::run, sink::run, movement::run, same::run];
    settle(graph, &layout);
    // What changes weights comes before what would hide them behind an activation.
    let folding: [fn(&mut Graph) -> bool; 6] =
        [activations::run, normalize::run, means::run, interpolate::run, scale::run, fold::run];
    settle(graph, &folding);
    settle(graph, &[scale::constant, fold::run, scale::added, epilogue::run]);
}

fn settle(graph: &mut Graph, passes: &[fn(&mut Graph) -> bool]) {
    for _ in 0..ROUNDS {
        let mut changed = false;
        for pass in passes {
            changed |= pass(graph);
        }
        if !changed {
            return;
        }
    }
}

/// Rewrites each node that is needed; tells whether any changed.
fn each(graph: &mut Graph, rewrite: impl Fn(&mut Graph, Id) -> bool) -> bool {
    let mut changed = false;
    for id in graph.schedule() {
        changed |= rewrite(graph, id);
    }
    changed
}

/// The operands of a binary operator that has no function after it.
fn arithmetic(node: &Node) -> Option<(Arithmetic, Source, Source)> {
    match (&node.op, node.inputs.as_slice()) {
        (Op::Run(Operator::Binary(how, Function::Identity)), &[a, b]) => Some((*how, a, b)),
        _ => None,
    }
}

/// A commutative operator's operands where the second is the same number everywhere.
fn with_scalar(graph: &Graph, node: &Node, wanted: Arithmetic) -> Option<(Source, f32)> {
    let (how, a, b) = arithmetic(node)?;
    if how != wanted {
        return None;
    }
    // A constant that is larger than the value would repeat it.
    let keeps = |value: Source| graph.shape(value) == Some(node.shape.clone());
    match (graph.scalar(a), graph.scalar(b)) {
        (_, Some(number)) if keeps(a) => Some((a, number)),
        (Some(number), _) if keeps(b) => Some((b, number)),
        _ => None,
    }
}

/// The function that a node is, with what it is applied to.
fn function(node: &Node) -> Option<(Function, Source)> {
    match (&node.op, node.inputs.first()) {
        (Op::Run(Operator::Unary(function)), Some(&input)) => Some((*function, input)),
        _ => None,
    }
}

/// Puts a new node in the place of an old one, whose result it gives.
fn put(graph: &mut Graph, old: Id, op: Op, inputs: Vec<Source>) {
    let node = graph.node(old).clone();
    let new = graph.add(&node, op, inputs, node.shape.clone());
    graph.set_origin(new, node.origin.clone());
    graph.replace(old, new);
}
