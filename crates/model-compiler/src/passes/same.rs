//! Two transposes, or two reshapes, of one result are one.

use crate::graph::{Graph, Id, Op, Source};
use vitrine_model_runtime::plan::Shape;

pub(super) fn run(graph: &mut Graph) -> bool {
    let mut known: Vec<(Source, Op, Shape, Id)> = Vec::new();
    let mut changed = false;
    for id in graph.schedule() {
        let node = graph.node(id);
        let (Op::Transpose(_) | Op::Reshape, Some(&input)) = (&node.op, node.inputs.first()) else { continue };
        let same = known.iter().find(|(of, op, shape, _)| *of == input && *op == node.op && *shape == node.shape);
        if let Some(&(_, _, _, first)) = same {
            graph.replace(id, Source::Node(first));
            changed = true;
        } else {
            known.push((input, node.op.clone(), node.shape.clone(), id));
        }
    }
    changed
}
