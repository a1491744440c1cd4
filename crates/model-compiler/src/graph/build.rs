//! Adds nodes, leaving out those that would do nothing.

use vitrine_model_runtime::plan::{MAX_RANK, Operator, Shape};

use super::{Graph, Node, Op, Origin, Source, Tensor, at, compose, is_identity, permuted};

impl Graph {
    /// Adds a constant.
    pub fn add_constant(&mut self, tensor: Tensor) -> Source {
        self.constants.push(tensor);
        Source::Constant(self.constants.len() - 1)
    }

    /// Adds a node under the name and at the position of `like`.
    pub fn add(&mut self, like: &Node, op: Op, inputs: Vec<Source>, shape: Shape) -> Source {
        self.nodes.push(Node { name: like.name.clone(), op, inputs, shape, origin: None, position: like.position });
        Source::Node(self.nodes.len() - 1)
    }

    /// Says which result of the source a node's result is.
    pub fn set_origin(&mut self, source: Source, origin: Option<Origin>) {
        if let Source::Node(id) = source
            && let Some(node) = self.nodes.get_mut(id)
        {
            node.origin = origin;
        }
    }

    /// Another shape for the same elements.
    pub fn reshape(&mut self, like: &Node, source: Source, shape: Shape) -> Source {
        let Some(found) = self.shape(source) else { return source };
        if found == shape {
            return source;
        }
        if let Some(tensor) = self.constant(source) {
            let tensor = Tensor { sizes: at(&shape), data: tensor.data.clone() };
            return self.add_constant(tensor);
        }
        if let Some((_, node)) = self.producer(source)
            && node.op == Op::Reshape
            && let Some(&inner) = node.inputs.first()
        {
            return self.reshape(like, inner, shape);
        }
        self.add(like, Op::Reshape, vec![source], shape)
    }

    /// Axes in another order. Where only axes of size 1 move, that is a reshape.
    pub fn transpose(&mut self, like: &Node, source: Source, order: &[usize]) -> Source {
        let Some(found) = self.shape(source) else { return source };
        if is_identity(order) || found.dims().len() != order.len() {
            return source;
        }
        if let Some(tensor) = self.constant(source) {
            let tensor = tensor.permuted(order);
            return self.add_constant(tensor);
        }
        if let Some((_, node)) = self.producer(source)
            && let Op::Transpose(first) = &node.op
            && let Some(&inner) = node.inputs.first()
        {
            let order = compose(first, order);
            return self.transpose(like, inner, &order);
        }
        let shape = permuted(&found, order);
        let sizes = at(&found);
        let moving: Vec<usize> = order.iter().copied().filter(|&axis| sizes.get(axis) != Some(&1)).collect();
        if moving.is_sorted() {
            return self.reshape(like, source, shape);
        }
        self.add(like, Op::Transpose(order.to_vec()), vec![source], shape)
    }
}

/// An order of axes as a plan has it.
#[must_use]
pub fn order_of(order: &[usize]) -> Operator {
    let mut places = [0_u8, 1, 2, 3, 4, 5];
    for (place, &axis) in places.iter_mut().zip(order) {
        *place = u8::try_from(axis.min(MAX_RANK)).unwrap_or(0);
    }
    Operator::Transpose { order: places }
}
