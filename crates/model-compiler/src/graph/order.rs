//! Orders of axes, and the order in which nodes run.

use std::collections::BTreeSet;

use super::{Graph, Id, Source};

/// The order that undoes `order`.
#[must_use]
pub fn inverse(order: &[usize]) -> Vec<usize> {
    let mut undone = vec![0; order.len()];
    for (to, &from) in order.iter().enumerate() {
        if let Some(place) = undone.get_mut(from) {
            *place = to;
        }
    }
    undone
}

/// The order that does `first`, then `second`.
#[must_use]
pub fn compose(first: &[usize], second: &[usize]) -> Vec<usize> {
    second.iter().filter_map(|&axis| first.get(axis)).copied().collect()
}

/// Whether an order changes nothing.
#[must_use]
pub fn is_identity(order: &[usize]) -> bool {
    order.iter().enumerate().all(|(to, &from)| to == from)
}

pub(super) fn schedule(graph: &Graph) -> Vec<Id> {
    let mut needed = vec![false; graph.nodes.len()];
    let mut open: Vec<Source> = graph.outputs.iter().map(|output| output.source).collect();
    open.extend(graph.inputs.iter().map(|&id| Source::Node(id)));
    while let Some(source) = open.pop() {
        if let Source::Node(id) = source
            && let Some(seen) = needed.get_mut(id)
            && !std::mem::replace(seen, true)
        {
            open.extend(graph.node(id).inputs.iter().copied());
        }
    }
    let mut waiting = vec![0_usize; graph.nodes.len()];
    let mut readers = vec![Vec::new(); graph.nodes.len()];
    let mut ready = BTreeSet::new();
    for (id, node) in graph.nodes.iter().enumerate().filter(|(id, _)| needed.get(*id) == Some(&true)) {
        let reads: BTreeSet<Id> =
            node.inputs.iter().filter_map(|source| graph.producer(*source)).map(|(producer, _)| producer).collect();
        if reads.is_empty() {
            ready.insert((node.position, id));
        }
        if let Some(count) = waiting.get_mut(id) {
            *count = reads.len();
        }
        for producer in reads {
            if let Some(list) = readers.get_mut(producer) {
                list.push(id);
            }
        }
    }
    let mut order = Vec::new();
    while let Some((_, id)) = ready.pop_first() {
        order.push(id);
        for &reader in readers.get(id).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(reader) {
                *count -= 1;
                if *count == 0 {
                    ready.insert((graph.node(reader).position, reader));
                }
            }
        }
    }
    order
}
