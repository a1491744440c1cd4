//! A chain of reshapes, transposes and repetitions as one function: from a place in its result to a place in its root.

use crate::graph::{Graph, Id, Op, at};

/// The chain, its last link first.
pub(super) struct Chain {
    links: Vec<Link>,
    elements: usize,
}

/// For each axis of a link's result: its size, and how far apart its elements lie in the operand.
type Link = Vec<(usize, usize)>;

impl Chain {
    /// The chain of these nodes, the last one first, whose root has these sizes.
    pub(super) fn new(graph: &Graph, chain: &[Id], sizes: &[usize]) -> Option<Self> {
        let mut links = Vec::new();
        let mut sizes = sizes.to_vec();
        for &id in chain.iter().rev() {
            let node = graph.node(id);
            let next = at(&node.shape);
            match &node.op {
                Op::Transpose(order) => links.push(link(&sizes, order, &next)),
                Op::Broadcast if next.len() == sizes.len() => {
                    let order: Vec<usize> = (0..sizes.len()).collect();
                    links.push(link(&sizes, &order, &next));
                }
                Op::Reshape => {}
                _ => return None,
            }
            sizes = next;
        }
        links.reverse();
        Some(Self { links, elements: sizes.iter().product() })
    }

    /// Elements of the result.
    pub(super) fn elements(&self) -> usize {
        self.elements
    }

    /// Where an element of the result lies in the root.
    fn root_of(&self, element: usize) -> usize {
        self.links.iter().fold(element, |element, link| walk(link, element))
    }

    /// Whether the chain does what `other` says. Some places far apart are compared first, since most guesses are wrong.
    pub(super) fn is(&self, other: impl Fn(usize) -> usize) -> bool {
        let same = |element: usize| self.root_of(element) == other(element);
        let far = (self.elements / 61).max(1);
        (0..self.elements).step_by(far).all(|element| same(element.min(self.elements - 1)))
            && (0..self.elements).all(same)
    }
}

/// A transpose, with axes of size 1 repeated to the sizes of the result.
fn link(sizes: &[usize], order: &[usize], result: &[usize]) -> Link {
    let strides = strides(sizes);
    order
        .iter()
        .zip(result)
        .map(|(&axis, &size)| {
            let repeated = sizes.get(axis) == Some(&1);
            (size, if repeated { 0 } else { strides.get(axis).copied().unwrap_or(0) })
        })
        .collect()
}

/// A transpose as a function of places.
pub(super) fn transposed(sizes: &[usize], order: &[usize]) -> impl Fn(usize) -> usize {
    let result: Vec<usize> = order.iter().filter_map(|&axis| sizes.get(axis)).copied().collect();
    let link = link(sizes, order, &result);
    move |element| walk(&link, element)
}

fn walk(link: &Link, mut element: usize) -> usize {
    let mut place = 0;
    for &(size, stride) in link.iter().rev() {
        place += element % size.max(1) * stride;
        element /= size.max(1);
    }
    place
}

/// How far apart the elements of each axis lie.
pub(super) fn strides(sizes: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; sizes.len()];
    let mut whole = 1;
    for (stride, size) in strides.iter_mut().zip(sizes).rev() {
        *stride = whole;
        whole *= size;
    }
    strides
}
