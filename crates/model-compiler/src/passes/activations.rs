//! Recognises activation functions, means and arithmetic that changes nothing in what exporters and tract write out.

use vitrine_model_runtime::plan::{Arithmetic, Function, Operator, Reduction};

use super::{arithmetic, function, put, with_scalar};
use crate::graph::{Graph, Node, Op, Source, Tensor, at};

pub(super) fn run(graph: &mut Graph) -> bool {
    let mut changed = false;
    for id in graph.schedule() {
        let node = graph.node(id).clone();
        if let Some((same, _)) = unchanged(graph, &node) {
            graph.replace(id, same);
            changed = true;
        } else if let Some((op, inputs)) = recognise(graph, &node) {
            put(graph, id, op, inputs);
            changed = true;
        }
    }
    changed
}

fn recognise(graph: &mut Graph, node: &Node) -> Option<(Op, Vec<Source>)> {
    let unary = |function: Function, input: Source| Some((Op::Run(Operator::Unary(function)), vec![input]));
    if let Some((function, input)) = [clip, hard_sigmoid, hard_swish, gated].iter().find_map(|known| known(graph, node))
    {
        return unary(function, input);
    }
    mean(graph, node).or_else(|| slopes(graph, node))
}

/// x + 0, x - 0, x * 1, x / 1
fn unchanged(graph: &Graph, node: &Node) -> Option<(Source, f32)> {
    let (how, a, b) = arithmetic(node)?;
    match how {
        Arithmetic::Add => with_scalar(graph, node, how).filter(|(_, number)| *number == 0.0),
        Arithmetic::Multiply => with_scalar(graph, node, how).filter(|(_, number)| *number == 1.0),
        Arithmetic::Subtract => Some((a, graph.scalar(b)?)).filter(|(_, number)| *number == 0.0),
        Arithmetic::Divide => Some((a, graph.scalar(b)?)).filter(|(_, number)| *number == 1.0),
        _ => None,
    }
    .filter(|(same, _)| graph.shape(*same) == Some(node.shape.clone()))
}

/// max(x, a), min(x, b), and one after the other.
fn clip(graph: &Graph, node: &Node) -> Option<(Function, Source)> {
    let limits = |function: Function| match function {
        Function::Relu => Some((0.0, f32::INFINITY)),
        Function::Clip { low, high } => Some((low, high)),
        _ => None,
    };
    let (found, input) = with_scalar(graph, node, Arithmetic::Maximum)
        .map(|(input, low)| ((low, f32::INFINITY), input))
        .or_else(|| {
            with_scalar(graph, node, Arithmetic::Minimum).map(|(input, high)| ((f32::NEG_INFINITY, high), input))
        })
        .or_else(|| {
            let (outer, input) = function(node)?;
            let (_, inner) = graph.producer(input)?;
            let (inner, _) = function(inner)?;
            limits(inner).and(limits(outer)).map(|limits| (limits, input))
        })?;
    let (limits, input) = match graph.producer(input).and_then(|(_, inner)| function(inner)) {
        Some((inner, deeper)) => match limits(inner) {
            Some((low, high)) => ((found.0.max(low).min(found.1), found.1.min(high).max(found.0)), deeper),
            None => (found, input),
        },
        None => (found, input),
    };
    let function =
        if limits == (0.0, f32::INFINITY) { Function::Relu } else { Function::Clip { low: limits.0, high: limits.1 } };
    Some((function, input))
}

/// clip(x * a + b, 0, 1), and clip(x * a + b, 0, 6) / 6
fn hard_sigmoid(graph: &Graph, node: &Node) -> Option<(Function, Source)> {
    let (clipped, factor) = match scaled(graph, node) {
        Some((clipped, factor)) => (graph.producer(clipped)?.1, factor),
        None => (node, 1.0),
    };
    let (Function::Clip { low: 0.0, high }, input) = function(clipped)? else { return None };
    if (high * factor - 1.0).abs() > 1e-6 {
        return None;
    }
    let (_, add) = graph.producer(input)?;
    let (product, shift) = with_scalar(graph, add, Arithmetic::Add)?;
    let (input, slope) = graph
        .producer(product)
        .and_then(|(_, multiply)| with_scalar(graph, multiply, Arithmetic::Multiply))
        .unwrap_or((product, 1.0));
    Some((Function::HardSigmoid { slope: slope * factor, shift: shift * factor }, input))
}

/// x * factor or x / (1 / factor)
pub(super) fn scaled(graph: &Graph, node: &Node) -> Option<(Source, f32)> {
    with_scalar(graph, node, Arithmetic::Multiply).or_else(|| {
        let (Arithmetic::Divide, a, b) = arithmetic(node)? else { return None };
        Some((a, 1.0 / graph.scalar(b)?)).filter(|(a, _)| graph.shape(*a) == Some(node.shape.clone()))
    })
}

/// (x * clip(x + 3, 0, 6)) / 6, divided last
fn hard_swish(graph: &Graph, node: &Node) -> Option<(Function, Source)> {
    let (product, factor) = scaled(graph, node)?;
    let (_, product) = graph.producer(product)?;
    let (Arithmetic::Multiply, a, b) = arithmetic(product)? else { return None };
    [(a, b), (b, a)].into_iter().find_map(|(x, gate)| {
        let (_, gate) = graph.producer(gate)?;
        let (Function::Clip { low: 0.0, high: 6.0 }, sum) = function(gate)? else { return None };
        let (_, sum) = graph.producer(sum)?;
        let found = with_scalar(graph, sum, Arithmetic::Add)?;
        (found == (x, 3.0) && (factor - 1.0 / 6.0).abs() < 1e-6).then_some((Function::HardSwish, x))
    })
}

/// x * hard-sigmoid(x) and x * sigmoid(x)
fn gated(graph: &Graph, node: &Node) -> Option<(Function, Source)> {
    let (Arithmetic::Multiply, a, b) = arithmetic(node)? else { return None };
    [(a, b), (b, a)].into_iter().find_map(|(x, gate)| {
        let (_, gate) = graph.producer(gate)?;
        let (gate, input) = function(gate)?;
        if input != x {
            return None;
        }
        match gate {
            Function::Sigmoid => Some((Function::Silu, x)),
            Function::HardSigmoid { slope, shift }
                if (slope - 1.0 / 6.0).abs() < 1e-6 && (shift - 0.5).abs() < 1e-6 =>
            {
                Some((Function::HardSwish, x))
            }
            _ => None,
        }
    })
}

/// A sum divided by the number of elements summed.
fn mean(graph: &Graph, node: &Node) -> Option<(Op, Vec<Source>)> {
    let (how, a, b) = arithmetic(node)?;
    let (_, sum) = graph.producer(a)?;
    let Op::Reduce(Reduction::Sum, axes) = &sum.op else { return None };
    let input = *sum.inputs.first()?;
    let shape = graph.shape(input)?;
    if axes.iter().any(|&axis| shape.dims().get(axis).is_none_or(|dim| dim.per_length != 0)) {
        return None;
    }
    let sizes = at(&shape);
    #[expect(clippy::cast_precision_loss, reason = "so many elements are not averaged")]
    let count = axes.iter().filter_map(|&axis| sizes.get(axis)).product::<usize>() as f32;
    let number = graph.scalar(b)?;
    let is_mean = match how {
        Arithmetic::Divide => number == count,
        Arithmetic::Multiply => (number * count - 1.0).abs() < 1e-6,
        _ => false,
    };
    (is_mean && sum.shape == node.shape).then(|| (Op::Reduce(Reduction::Mean, axes.clone()), vec![input]))
}

/// x where x > 0, else x * slope: PReLU with one slope per channel of the last axis, leaky ReLU with one for all.
fn slopes(graph: &mut Graph, node: &Node) -> Option<(Op, Vec<Source>)> {
    let (&Op::Select, &[test, negative, x]) = (&node.op, node.inputs.as_slice()) else { return None };
    let (_, greater) = graph.producer(test)?;
    let (&Op::Greater, &[larger, smaller]) = (&greater.op, greater.inputs.as_slice()) else { return None };
    let (negative, x) = if graph.scalar(larger) == Some(0.0) && smaller == x {
        (negative, x)
    } else if graph.scalar(smaller) == Some(0.0) && larger == negative {
        (x, negative)
    } else {
        return None;
    };
    let (_, product) = graph.producer(negative)?;
    let (Arithmetic::Multiply, a, b) = arithmetic(product)? else { return None };
    let slopes = match (a == x, b == x) {
        (true, _) => b,
        (_, true) => a,
        _ => return None,
    };
    if let Some(slope) = graph.scalar(slopes) {
        return Some((Op::Run(Operator::Unary(Function::LeakyRelu { slope })), vec![x]));
    }
    let channels = *at(&node.shape).last()?;
    let data = graph.constant(slopes)?.as_channels(channels)?;
    let slopes = graph.add_constant(Tensor { sizes: vec![channels], data });
    Some((Op::Run(Operator::Unary(Function::PRelu)), vec![x, slopes]))
}
