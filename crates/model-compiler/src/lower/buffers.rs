//! Decides which results share memory: reshapes lie where their operand lies, parts of a concatenation where it lies,
//! a function of each element where its operand was.

use vitrine_model_runtime::plan::Operator;

use super::arena::{self, Buffer};
use crate::graph::{Graph, Id, Op, Source};

/// Where each result lies.
pub(super) struct Placed {
    offsets: Vec<Option<u32>>,
    merged: Vec<bool>,
    /// Elements of the arena.
    pub(super) arena: u32,
}

impl Placed {
    pub(super) fn offset(&self, id: Id) -> Option<u32> {
        self.offsets.get(id).copied().flatten()
    }

    /// Whether a node needs no step: its parts are written where it lies.
    pub(super) fn is_merged(&self, id: Id) -> bool {
        self.merged.get(id) == Some(&true)
    }
}

/// A result inside another's memory.
#[derive(Clone, Copy)]
struct Inside {
    of: Id,
    offset: usize,
}

pub(super) fn place(graph: &Graph, order: &[Id]) -> Placed {
    let mut plan = Sharing { graph, inside: vec![None; graph.nodes.len()], merged: vec![false; graph.nodes.len()] };
    for &id in order {
        plan.reshape(id);
    }
    for &id in order {
        plan.join(id);
        plan.cut(id);
    }
    let mut lives = plan.lives(order);
    for &id in order {
        if plan.in_place(id, order, &lives) {
            lives = plan.lives(order);
        }
    }
    let roots: Vec<Id> = order.iter().copied().filter(|&id| plan.root(id).0 == id).collect();
    let buffers: Vec<Buffer> = roots
        .iter()
        .map(|&id| {
            let (first, last) = lives.get(id).copied().unwrap_or((0, 0));
            Buffer { elements: plan.elements(id), first, last }
        })
        .collect();
    let (places, arena) = arena::lay_out(&buffers);
    let mut offsets = vec![None; graph.nodes.len()];
    for &id in order {
        let (root, inside) = plan.root(id);
        let base = roots.iter().position(|&other| other == root).and_then(|at| places.get(at));
        if let (Some(offset), Some(base)) = (offsets.get_mut(id), base) {
            *offset = u32::try_from(base + inside).ok();
        }
    }
    Placed { offsets, merged: plan.merged, arena: u32::try_from(arena).unwrap_or(u32::MAX) }
}

struct Sharing<'g> {
    graph: &'g Graph,
    inside: Vec<Option<Inside>>,
    merged: Vec<bool>,
}

impl Sharing<'_> {
    /// Elements at the greatest length.
    fn elements(&self, id: Id) -> usize {
        let most = self.graph.length.as_ref().map_or(1, |length| length.most);
        self.graph.node(id).shape.at(most).and_then(|sizes| sizes.elements()).unwrap_or(usize::MAX / 4)
    }

    /// The result whose memory a result lies in, and how far inside.
    fn root(&self, id: Id) -> (Id, usize) {
        match self.inside.get(id).copied().flatten() {
            None => (id, 0),
            Some(Inside { of, offset }) => {
                let (root, further) = self.root(of);
                (root, offset + further)
            }
        }
    }

    fn put(&mut self, id: Id, inside: Inside) {
        if let Some(place) = self.inside.get_mut(id) {
            *place = Some(inside);
        }
    }

    fn operand(&self, id: Id, position: usize) -> Option<Id> {
        match self.graph.node(id).inputs.get(position) {
            Some(Source::Node(inner)) => Some(*inner),
            _ => None,
        }
    }

    fn reshape(&mut self, id: Id) {
        if let (Op::Reshape, Some(of)) = (&self.graph.node(id).op, self.operand(id, 0)) {
            self.put(id, Inside { of, offset: 0 });
        }
    }

    fn is_input(&self, id: Id) -> bool {
        self.graph.inputs.contains(&id)
    }

    /// Parts along the outermost axis that is not 1 can be computed where the whole lies.
    fn join(&mut self, id: Id) {
        let node = self.graph.node(id);
        let Op::Run(Operator::Concat { axis }) = node.op else { return };
        let outer =
            node.shape.dims().iter().take(axis as usize).all(|dim| *dim == vitrine_model_runtime::plan::Dim::fixed(1));
        if !outer || node.shape.is_dynamic() {
            return;
        }
        let parts: Vec<Id> = (0..node.inputs.len()).filter_map(|position| self.operand(id, position)).collect();
        let roots: Vec<(Id, usize)> = parts.iter().map(|&part| self.root(part)).collect();
        let mut seen = std::collections::BTreeSet::new();
        let own = roots.iter().zip(&parts).all(|(&(root, offset), &part)| {
            let whole = offset == 0 && self.elements(root) == self.elements(part);
            whole && !self.is_input(root) && root != id && seen.insert(root)
        });
        if !own || parts.len() != node.inputs.len() {
            return;
        }
        let mut offset = 0;
        for (&(root, _), &part) in roots.iter().zip(&parts) {
            self.put(root, Inside { of: id, offset });
            offset += self.elements(part);
        }
        if let Some(merged) = self.merged.get_mut(id) {
            *merged = true;
        }
    }

    /// A part along the outermost axis that is not 1 is read where the whole lies.
    fn cut(&mut self, id: Id) {
        let (node, Some(of)) = (self.graph.node(id), self.operand(id, 0)) else { return };
        let Op::Run(Operator::Slice { start, step }) = node.op else { return };
        let whole = &self.graph.node(of).shape;
        if node.shape.is_dynamic() || whole.is_dynamic() || step.iter().any(|&by| by != 1) || self.inside_of_concat(id)
        {
            return;
        }
        let (part, all) = (crate::graph::at(&node.shape), crate::graph::at(whole));
        let first = all.iter().position(|&size| size != 1).unwrap_or(0);
        let rest_whole = part.iter().zip(&all).skip(first + 1).all(|(part, all)| part == all);
        if !rest_whole {
            return;
        }
        let inner: usize = all.iter().skip(first + 1).product();
        let offset = start.get(first).map_or(0, |&at| at as usize * inner);
        self.put(id, Inside { of, offset });
        if let Some(merged) = self.merged.get_mut(id) {
            *merged = true;
        }
    }

    fn inside_of_concat(&self, id: Id) -> bool {
        self.inside.get(id).copied().flatten().is_some()
    }

    /// First and last position in the order at which each root's memory is needed.
    fn lives(&self, order: &[Id]) -> Vec<(usize, usize)> {
        let mut lives = vec![(usize::MAX, 0); self.graph.nodes.len()];
        let mut touch = |id: Id, at: usize| {
            let (root, _) = self.root(id);
            if let Some((first, last)) = lives.get_mut(root) {
                *first = (*first).min(at);
                *last = (*last).max(at);
            }
        };
        for (at, &id) in order.iter().enumerate() {
            touch(id, at + 1);
            for position in 0..self.graph.node(id).inputs.len() {
                if let Some(inner) = self.operand(id, position) {
                    touch(inner, at + 1);
                }
            }
        }
        for &id in &self.graph.inputs {
            touch(id, 0);
        }
        for output in &self.graph.outputs {
            if let Source::Node(id) = output.source {
                touch(id, order.len() + 1);
            }
        }
        lives
    }

    /// A function of each element takes its operand's place, if nothing reads that afterwards.
    fn in_place(&mut self, id: Id, order: &[Id], lives: &[(usize, usize)]) -> bool {
        let (node, Some(of)) = (self.graph.node(id), self.operand(id, 0)) else { return false };
        let Op::Run(operator) = node.op else { return false };
        let (root, offset) = self.root(of);
        let now = order.iter().position(|&other| other == id).map_or(0, |at| at + 1);
        let last = lives.get(root).map_or(usize::MAX, |life| life.1);
        // The operand's own life ends here only if no earlier step in this place prolongs it.
        let whole = offset == 0 && self.elements(root) == self.elements(id) && node.shape == self.graph.node(of).shape;
        let read_again = (1..node.inputs.len())
            .filter_map(|position| self.operand(id, position))
            .any(|other| self.root(other).0 == root);
        let free = self.root(id) == (id, 0) && last == now && !read_again;
        let follows = self.inside.iter().flatten().all(|inside| self.root(inside.of).0 != id);
        let shares = operator.can_run_in_place() && whole && free && follows;
        if shares {
            self.put(id, Inside { of: root, offset: 0 });
        }
        shares
    }
}
