//! The mean of a sum is the sum of the means: where only the mean is needed, the sum is never written.

use vitrine_model_runtime::plan::{Arithmetic, Function, Operator, Reduction};

use super::{arithmetic, each, put};
use crate::graph::{Graph, Id, Op, Source};

pub(super) fn run(graph: &mut Graph) -> bool {
    let uses = graph.uses();
    each(graph, |graph, id| split(graph, id, &uses))
}

fn split(graph: &mut Graph, id: Id, uses: &[usize]) -> bool {
    let node = graph.node(id).clone();
    let (Op::Reduce(how @ (Reduction::Mean | Reduction::Sum), axes), Some(&input)) = (&node.op, node.inputs.first())
    else {
        return false;
    };
    let Some((sum, inner)) = graph.producer(input) else { return false };
    let Some((Arithmetic::Add, a, b)) = arithmetic(inner) else { return false };
    let whole = |source: Source| graph.producer(source).is_some_and(|(_, operand)| operand.shape == inner.shape);
    if uses.get(sum) != Some(&1)
        || !whole(a)
        || !whole(b)
        || inner.shape == node.shape
        || computed_for(graph, a, b, uses)
    {
        return false;
    }
    let means = [a, b].map(|part| graph.add(&node, Op::Reduce(*how, axes.clone()), vec![part], node.shape.clone()));
    put(graph, id, Op::Run(Operator::Binary(Arithmetic::Add, Function::Identity)), means.to_vec());
    true
}

/// Whether one of the two is computed for this sum alone: then it takes the sum in, and nothing is saved.
fn computed_for(graph: &Graph, a: Source, b: Source, uses: &[usize]) -> bool {
    [a, b].into_iter().any(|source| graph.producer(source).is_some_and(|(id, _)| uses.get(id) == Some(&1)))
}
