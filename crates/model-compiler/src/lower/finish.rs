//! The last rewriting: what remains of the graph's own operators becomes a plan's, or is refused by name.

use vitrine_model_runtime::plan::{Operator, Shape};

use crate::CompileError;
use crate::graph::{Graph, Id, Op, Source};

pub(super) fn finish(graph: &mut Graph) -> Result<(), CompileError> {
    for id in graph.schedule() {
        let node = graph.node(id).clone();
        let refused = |operator: &str, why: &str| CompileError::Operator {
            operator: operator.to_owned(),
            node: node.name.clone(),
            why: why.to_owned(),
        };
        match &node.op {
            Op::Input | Op::Run(_) | Op::Reshape => {}
            Op::Transpose(order) => set(graph, id, crate::graph::order_of(order)),
            Op::Reduce(_, axes) => {
                let axes = axes.clone();
                reduce(graph, id, &axes);
            }
            Op::Foreign { operator, why } => return Err(refused(operator, why)),
            Op::Broadcast => {
                return Err(refused("Expand", "repetition of axes is only there as enlargement of pictures"));
            }
            Op::Greater | Op::Select => {
                return Err(refused("Where", "comparison is only there as part of PRelu, with one slope per channel"));
            }
            Op::Erf => return Err(refused("Erf", "the error function is only there as part of GELU")),
            Op::Interpolate { .. } => return Err(refused("Resize", "it resizes an axis of dynamic size")),
        }
    }
    outputs(graph);
    Ok(())
}

fn set(graph: &mut Graph, id: Id, operator: Operator) {
    if let Some(node) = graph.nodes.get_mut(id) {
        node.op = Op::Run(operator);
    }
}

/// Neighbouring axes at once; others one after the other.
fn reduce(graph: &mut Graph, id: Id, axes: &[usize]) {
    let node = graph.node(id).clone();
    let Op::Reduce(how, _) = node.op else { return };
    let mut source = node.inputs.first().copied().unwrap_or(Source::Absent);
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for &axis in axes {
        match groups.last_mut() {
            Some((first, count)) if *first + *count == axis => *count += 1,
            _ => groups.push((axis, 1)),
        }
    }
    for (number, &(axis, count)) in groups.iter().enumerate() {
        let Some(shape) = graph.shape(source) else { return };
        let reduced = shape.dims().iter().enumerate().map(|(at, dim)| {
            if (axis..axis + count).contains(&at) { vitrine_model_runtime::plan::Dim::fixed(1) } else { *dim }
        });
        let shape = Shape::new(reduced.collect()).unwrap_or(shape);
        let operator = Operator::Reduce {
            how,
            axis: u32::try_from(axis).unwrap_or(u32::MAX),
            axes: u32::try_from(count).unwrap_or(u32::MAX),
        };
        if number + 1 == groups.len() {
            if let Some(node) = graph.nodes.get_mut(id) {
                node.op = Op::Run(operator);
                node.inputs = vec![source];
            }
        } else {
            source = graph.add(&node, Op::Run(operator), vec![source], shape);
        }
    }
}

/// An output that is an input, or another output under another shape, needs a place of its own.
fn outputs(graph: &mut Graph) {
    for at in 0..graph.outputs.len() {
        let Some(output) = graph.outputs.get(at).cloned() else { continue };
        let root = root(graph, output.source);
        let is_input = graph.producer(root).is_some_and(|(_, node)| node.op == Op::Input);
        if let (true, Some((_, node))) = (is_input, graph.producer(output.source)) {
            let node = node.clone();
            let copy = graph.add(&node, Op::Run(Operator::Copy), vec![output.source], node.shape.clone());
            if let Some(output) = graph.outputs.get_mut(at) {
                output.source = copy;
            }
        }
    }
}

fn root(graph: &Graph, source: Source) -> Source {
    match graph.producer(source) {
        Some((_, node)) if node.op == Op::Reshape => node.inputs.first().map_or(source, |&inner| root(graph, inner)),
        _ => source,
    }
}
