//! Chains of reshapes, transposes and repetitions, seen as one movement of elements: often a simpler one does the same.

mod chain;

use vitrine_model_runtime::plan::{Operator, Sampling, Shape};

use self::chain::{Chain, strides, transposed};
use crate::graph::{Graph, Id, Op, Source, at};

/// Chains that move more elements than this are left alone: following each element would take too long.
const MOST: usize = 1 << 24;

pub(super) fn run(graph: &mut Graph) -> bool {
    let mut changed = false;
    for id in graph.schedule() {
        changed |= simplify(graph, id);
    }
    changed
}

fn is_movement(op: &Op) -> bool {
    matches!(op, Op::Reshape | Op::Transpose(_) | Op::Broadcast)
}

fn simplify(graph: &mut Graph, id: Id) -> bool {
    let last = graph.node(id).clone();
    if !is_movement(&last.op) {
        return false;
    }
    let mut chain = vec![id];
    let mut root = last.inputs.first().copied().unwrap_or(Source::Absent);
    while let Some((inner, node)) = graph.producer(root) {
        if !is_movement(&node.op) {
            break;
        }
        chain.push(inner);
        root = node.inputs.first().copied().unwrap_or(Source::Absent);
        // Each beginning of the chain is tried: a whole chain may be simpler where its end alone is not.
        if replace_chain(graph, id, &chain, root) {
            return true;
        }
    }
    chain.len() == 1 && last.op == Op::Broadcast && replace_chain(graph, id, &chain, root)
}

fn replace_chain(graph: &mut Graph, id: Id, nodes: &[Id], root: Source) -> bool {
    let last = graph.node(id).clone();
    let Some(from) = graph.shape(root) else { return false };
    let (sizes, result) = (at(&from), at(&last.shape));
    let Some(chain) = Chain::new(graph, nodes, &sizes).filter(|chain| chain.elements() <= MOST) else { return false };
    let grows = chain.elements() != sizes.iter().product::<usize>();
    if grows {
        return chain.is_repetition(&sizes, &result) && repeat(graph, id, root, &sizes, &result);
    }
    if chain.is(|element| element) {
        let new = graph.reshape(&last, root, last.shape.clone());
        keep_origin(graph, new, id);
        graph.replace(id, new);
        return true;
    }
    (nodes.len() > 2 && depth_to_space(graph, id, root, &sizes, &result, &chain))
        || (nodes.len() > 1 && !is_simple(graph, nodes) && one_transpose(graph, id, root, &sizes, &chain))
}

/// A new node that computes what the last of the chain did; one that was there before keeps its own origin.
fn keep_origin(graph: &mut Graph, new: Source, id: Id) {
    if graph.producer(new).is_some_and(|(_, node)| node.origin.is_none()) {
        let origin = graph.node(id).origin.clone();
        graph.set_origin(new, origin);
    }
}

impl Chain {
    /// Each axis repeated a whole number of times, neighbours first.
    fn is_repetition(&self, sizes: &[usize], result: &[usize]) -> bool {
        if sizes.len() != result.len() || sizes.iter().zip(result).any(|(from, to)| *from == 0 || to % from != 0) {
            return false;
        }
        let strides = strides(sizes);
        self.is(|mut element| {
            let mut place = 0;
            for ((from, to), stride) in sizes.iter().zip(result).zip(&strides).rev() {
                place += element % to / (to / from) * stride;
                element /= to;
            }
            place
        })
    }
}

/// Nearest-neighbour enlargement, one axis after the other.
fn repeat(graph: &mut Graph, id: Id, root: Source, sizes: &[usize], result: &[usize]) -> bool {
    let node = graph.node(id).clone();
    let Some(mut shape) = graph.shape(root) else { return false };
    let mut source = root;
    for (axis, (from, to)) in sizes.iter().zip(result).enumerate() {
        if from != to {
            let mut dims = shape.dims().to_vec();
            if let (Some(place), Some(dim)) = (dims.get_mut(axis), node.shape.dims().get(axis)) {
                *place = *dim;
            }
            shape = Shape::new(dims).unwrap_or(shape);
            let op = Op::Interpolate { axis, sampling: Sampling::Asymmetric, linear: false };
            source = graph.add(&node, op, vec![source], shape.clone());
        }
    }
    graph.set_origin(source, node.origin.clone());
    graph.replace(id, source);
    true
}

/// Channels to blocks of pixels, in NHWC.
fn depth_to_space(graph: &mut Graph, id: Id, root: Source, sizes: &[usize], result: &[usize], chain: &Chain) -> bool {
    let (&[1, height, width, deep], &[1, high, wide, channels]) = (sizes, result) else { return false };
    let Some(block) = high.checked_div(height) else { return false };
    if block < 2 || wide != width * block || deep != channels * block * block {
        return false;
    }
    let found = chain.is(|element| {
        let (pixel, channel) = (element / channels, element % channels);
        let (y, x) = (pixel / wide, pixel % wide);
        ((y / block) * width + x / block) * deep + ((y % block) * block + x % block) * channels + channel
    });
    let Ok(block) = u32::try_from(block) else { return false };
    if found {
        super::put(graph, id, Op::Run(Operator::DepthToSpace { block }), vec![root]);
    }
    found
}

/// A transpose with a reshape after it is as simple as it gets.
fn is_simple(graph: &Graph, nodes: &[Id]) -> bool {
    match *nodes {
        [last, first] => graph.node(last).op == Op::Reshape && matches!(graph.node(first).op, Op::Transpose(_)),
        _ => false,
    }
}

/// A single transpose of the root, with a reshape after it where axes of size 1 come or go.
fn one_transpose(graph: &mut Graph, id: Id, root: Source, sizes: &[usize], chain: &Chain) -> bool {
    if sizes.len() > 4 {
        return false;
    }
    let last = graph.node(id).clone();
    let Some(order) = orders(sizes.len()).into_iter().find(|order| chain.is(transposed(sizes, order))) else {
        return false;
    };
    let new = graph.transpose(&last, root, &order);
    let new = graph.reshape(&last, new, last.shape.clone());
    keep_origin(graph, new, id);
    graph.replace(id, new);
    true
}

/// All orders of so many axes.
fn orders(rank: usize) -> Vec<Vec<usize>> {
    let longer = |order: Vec<usize>| {
        let free: Vec<usize> = (0..rank).filter(|axis| !order.contains(axis)).collect();
        free.into_iter().map(move |axis| [order.as_slice(), &[axis]].concat())
    };
    (0..rank).fold(vec![Vec::new()], |orders, _| orders.into_iter().flat_map(longer).collect())
}
