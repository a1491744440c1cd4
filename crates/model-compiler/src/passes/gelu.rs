//! Recognises GELU written out: x / 2 * (1 + erf(x / sqrt 2)), its factors in any order.

use vitrine_model_runtime::plan::{Arithmetic, Function, Operator};

use super::activations::scaled;
use super::{arithmetic, put, with_scalar};
use crate::graph::{Graph, Node, Op, Source};

pub(super) fn run(graph: &mut Graph) -> bool {
    let mut changed = false;
    for id in graph.schedule() {
        if let Some(input) = recognise(graph, graph.node(id)) {
            put(graph, id, Op::Run(Operator::Unary(Function::Gelu)), vec![input]);
            changed = true;
        }
    }
    changed
}

fn recognise(graph: &Graph, node: &Node) -> Option<Source> {
    let mut factors = Vec::new();
    let mut scale = 1.0;
    collect(graph, node, &mut factors, &mut scale);
    let &[a, b] = factors.as_slice() else { return None };
    if scale != 0.5 {
        return None;
    }
    [(a, b), (b, a)].into_iter().find_map(|(x, gate)| {
        let (_, gate) = graph.producer(gate)?;
        let (erf, 1.0) = with_scalar(graph, gate, Arithmetic::Add)? else { return None };
        let (_, erf) = graph.producer(erf)?;
        let (Op::Erf, Some(&argument)) = (&erf.op, erf.inputs.first()) else { return None };
        let (_, argument) = graph.producer(argument)?;
        let (input, factor) = scaled(graph, argument)?;
        (input == x && (factor - std::f32::consts::FRAC_1_SQRT_2).abs() < 1e-5).then_some(x)
    })
}

/// The factors of nested products; numbers are multiplied into `scale`.
fn collect(graph: &Graph, node: &Node, factors: &mut Vec<Source>, scale: &mut f32) {
    let operands = match arithmetic(node) {
        Some((Arithmetic::Multiply, a, b)) => [(a, false), (b, false)],
        Some((Arithmetic::Divide, a, b)) => [(a, false), (b, true)],
        _ => return,
    };
    for (operand, below) in operands {
        match (graph.scalar(operand), graph.producer(operand)) {
            (Some(number), _) => *scale *= if below { 1.0 / number } else { number },
            (None, Some((_, inner)))
                if matches!(arithmetic(inner), Some((Arithmetic::Multiply | Arithmetic::Divide, ..))) =>
            {
                collect(graph, inner, factors, scale);
            }
            _ => factors.push(operand),
        }
    }
}
