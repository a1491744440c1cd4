//! The model between tract and the plan: nodes with one result each, rewritten in place by the passes.

mod build;
mod dims;
mod order;
mod tensor;

use vitrine_model_runtime::plan::{Length, Operator, Reduction, Sampling, Shape};

pub use build::order_of;
pub use dims::{at, fixed, permuted, same_elements};
pub use order::{compose, inverse, is_identity};
pub use tensor::Tensor;

/// A node's place in [`Graph::nodes`].
pub type Id = usize;

/// What a node reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// Nothing.
    Absent,
    /// Another node's result.
    Node(Id),
    /// A constant.
    Constant(usize),
}

/// What a node does.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// The model is given it.
    Input,
    /// An operator of the plan.
    Run(Operator),
    /// The same elements under another shape.
    Reshape,
    /// Axis `i` of the result is axis `order[i]` of the operand.
    Transpose(Vec<usize>),
    /// Axes of size 1 repeated.
    Broadcast,
    /// Reduction of any axes, which have size 1 in the result.
    Reduce(Reduction, Vec<usize>),
    /// Resizing along one axis.
    Interpolate {
        /// The axis.
        axis: usize,
        /// Where the positions lie.
        sampling: Sampling,
        /// Mixes neighbours, or takes the nearest.
        linear: bool,
    },
    /// 1 where the first operand is larger, else 0; exists only to be recognised as part of something else.
    Greater,
    /// The second operand where the first is not 0, else the third; exists only to be recognised.
    Select,
    /// The error function; exists only to be recognised as part of GELU.
    Erf,
    /// Whatever else the source has: an error unless nothing needs it.
    Foreign {
        /// The operator's name.
        operator: String,
        /// Why it has no counterpart.
        why: String,
    },
}

/// Which result of the source model a node's result is, and how its axes were reordered.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Index of the source's node.
    pub node: usize,
    /// Axis `i` of the result is axis `order[i]` of the source's result, up to axes of size 1.
    pub order: Vec<usize>,
}

/// One node.
#[derive(Clone, Debug)]
pub struct Node {
    /// The source's name.
    pub name: String,
    /// What it does.
    pub op: Op,
    /// What it reads.
    pub inputs: Vec<Source>,
    /// Its result's shape.
    pub shape: Shape,
    /// Which result of the source it equals.
    pub origin: Option<Origin>,
    /// The source's position, which the schedule keeps.
    pub position: usize,
}

/// A named output.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its name.
    pub name: String,
    /// What it is.
    pub source: Source,
}

/// The model.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Its name.
    pub name: String,
    /// Nodes in any order; those that no output needs are ignored.
    pub nodes: Vec<Node>,
    /// Constants.
    pub constants: Vec<Tensor>,
    /// Nodes that are inputs, in the model's order.
    pub inputs: Vec<Id>,
    /// Outputs, in the model's order.
    pub outputs: Vec<Output>,
    /// The dynamic length.
    pub length: Option<Length>,
}

impl Graph {
    /// A node.
    ///
    /// # Panics
    /// Never for an id that the graph gave out.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids come from the graph and nodes are never removed")]
    pub fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    /// The node that a source is, if it is one.
    #[must_use]
    pub fn producer(&self, source: Source) -> Option<(Id, &Node)> {
        match source {
            Source::Node(id) => self.nodes.get(id).map(|node| (id, node)),
            _ => None,
        }
    }

    /// The constant that a source is, if it is one.
    #[must_use]
    pub fn constant(&self, source: Source) -> Option<&Tensor> {
        match source {
            Source::Constant(index) => self.constants.get(index),
            _ => None,
        }
    }

    /// The one number that a source is, if it is a constant of equal elements.
    #[must_use]
    pub fn scalar(&self, source: Source) -> Option<f32> {
        self.constant(source)?.uniform()
    }

    /// The shape of a source.
    #[must_use]
    pub fn shape(&self, source: Source) -> Option<Shape> {
        match source {
            Source::Absent => None,
            Source::Node(id) => self.nodes.get(id).map(|node| node.shape.clone()),
            Source::Constant(index) => self.constants.get(index).map(Tensor::shape),
        }
    }

    /// Nodes that the outputs need, in an order in which they can run: the source's order where it allows.
    #[must_use]
    pub fn schedule(&self) -> Vec<Id> {
        order::schedule(self)
    }

    /// How often each node's result is read, by nodes that are needed and by outputs.
    #[must_use]
    pub fn uses(&self) -> Vec<usize> {
        let mut uses = vec![0; self.nodes.len()];
        let read = self.schedule().into_iter().flat_map(|id| self.node(id).inputs.iter().copied());
        for source in read.chain(self.outputs.iter().map(|output| output.source)) {
            if let Source::Node(id) = source
                && let Some(count) = uses.get_mut(id)
            {
                *count += 1;
            }
        }
        uses
    }

    /// Lets everything that reads `old` read `new` instead.
    pub fn replace(&mut self, old: Id, new: Source) {
        let swap = |source: &mut Source| {
            if *source == Source::Node(old) {
                *source = new;
            }
        };
        let own = if let Source::Node(id) = new { Some(id) } else { None };
        for (id, node) in self.nodes.iter_mut().enumerate() {
            if Some(id) != own {
                node.inputs.iter_mut().for_each(swap);
            }
        }
        self.outputs.iter_mut().for_each(|output| swap(&mut output.source));
    }
}
