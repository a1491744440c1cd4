//! Node after node from tract's graph into ours, with the axes that the source has.

use tract_onnx::prelude::*;
use tract_onnx::tract_core::ops::array::{
    DynSlice, Gather, MultiBroadcastTo, Pad, PadMode, Slice, StridedSlice, TypedConcat,
};
use tract_onnx::tract_core::ops::binary::TypedBinOp;
use tract_onnx::tract_core::ops::cast::Cast;
use tract_onnx::tract_core::ops::change_axes::AxisOp;
use tract_onnx::tract_core::ops::cnn::{Conv, Deconv, MaxPool, SumPool};
use tract_onnx::tract_core::ops::einsum::EinSum;
use tract_onnx::tract_core::ops::element_wise::ElementWiseOp;
use tract_onnx::tract_core::ops::identity::Identity;
use tract_onnx::tract_core::ops::logic::Iff;
use tract_onnx::tract_core::ops::nn::{Reduce, Reducer, Softmax, SoftmaxKind};
use tract_onnx::tract_core::ops::source::TypedSource;
use vitrine_model_runtime::plan::{Arithmetic, Dim, Function, Length, MAX_RANK, Operator, Reduction, Shape};

use super::{arithmetic, convolution, einsum, resize, shapes};
use crate::CompileError;
use crate::graph::{Graph, Node, Op, Origin, Output, Source, at, compose, inverse};

/// The graph being made.
pub(super) struct Import {
    pub(super) graph: Graph,
    pub(super) symbol: Option<Symbol>,
    /// For each of tract's nodes what it became.
    sources: Vec<Source>,
}

/// What became of a node, or why nothing did.
pub(super) type Made = Result<Source, String>;

pub(super) fn import(model: &TypedModel, name: String, lengths: Option<(u32, u32)>) -> Result<Graph, CompileError> {
    let symbol = shapes::symbol(model)?;
    let length = match (&symbol, lengths) {
        (Some(symbol), Some((least, most))) => Some(Length { name: symbol.to_string(), least, most }),
        (None, None) => None,
        (Some(symbol), None) => {
            let what = format!(
                "the model has the dynamic axis `{symbol}`: say between which lengths it will run, as in --length 1..128"
            );
            return Err(CompileError::Length { what });
        }
        (None, Some(_)) => {
            return Err(CompileError::Length { what: "the model has no dynamic axis: leave --length out".to_owned() });
        }
    };
    let graph = Graph { name, length, ..Graph::default() };
    let mut import = Import { graph, symbol, sources: vec![Source::Absent; model.nodes.len()] };
    for id in model
        .eval_order()
        .map_err(|cause| CompileError::Model { path: import.graph.name.clone(), cause: cause.to_string() })?
    {
        let Some(node) = model.nodes.get(id) else { continue };
        let source = import.node(node)?;
        if let Some(place) = import.sources.get_mut(id) {
            *place = source;
        }
    }
    for outlet in &model.inputs {
        if let Some(Source::Node(id)) = import.sources.get(outlet.node) {
            import.graph.inputs.push(*id);
        }
    }
    for outlet in &model.outputs {
        let name = model
            .outlet_label(*outlet)
            .map(str::to_owned)
            .or_else(|| model.nodes.get(outlet.node).map(|node| node.name.clone()));
        let source = import.sources.get(outlet.node).copied().unwrap_or(Source::Absent);
        import.graph.outputs.push(Output { name: name.unwrap_or_default(), source });
    }
    Ok(import.graph)
}

impl Import {
    fn node(&mut self, node: &TypedNode) -> Result<Source, CompileError> {
        let Some(fact) = node.outputs.first().map(|outlet| &outlet.fact) else { return Ok(Source::Absent) };
        if let Some(tensor) = fact.konst.as_ref().and_then(|konst| shapes::tensor(konst)) {
            return Ok(self.graph.add_constant(tensor));
        }
        let shape = shapes::shape(fact, self.symbol.as_ref());
        let like = Node {
            name: node.name.clone(),
            op: Op::Input,
            inputs: Vec::new(),
            shape: shape.clone().unwrap_or_else(|| crate::graph::fixed(&[])),
            origin: None,
            position: node.id,
        };
        let single = node.outputs.iter().skip(1).all(|outlet| outlet.successors.is_empty());
        let made = match shape {
            Some(_) if single => self.make(node, &like),
            Some(_) => Err("several of its results are needed".to_owned()),
            None => Err("its shape has more than six axes, or is not linear in the model's length".to_owned()),
        };
        let source = made.unwrap_or_else(|why| {
            let inputs = node.inputs.iter().filter_map(|outlet| self.sources.get(outlet.node)).copied().collect();
            let op = Op::Foreign { operator: node.op.name().to_string(), why };
            self.graph.add(&like, op, inputs, like.shape.clone())
        });
        let order = (0..like.shape.dims().len()).collect();
        self.trace_back(source, Origin { node: node.id, order });
        Ok(source)
    }

    /// Says what a result is, and what those are that it only reorders. A node that did nothing is its operand, which
    /// keeps its own origin.
    fn trace_back(&mut self, mut source: Source, mut origin: Origin) {
        while let Some((_, made)) = self.graph.producer(source)
            && made.origin.is_none()
        {
            let inner = made.inputs.first().copied().unwrap_or(Source::Absent);
            let order = match &made.op {
                Op::Transpose(order) => compose(&origin.order, &inverse(order)),
                Op::Reshape => self
                    .graph
                    .shape(inner)
                    .and_then(|from| realigned(&at(&made.shape), &at(&from), &origin.order))
                    .unwrap_or_default(),
                _ => Vec::new(),
            };
            let ends = order.is_empty();
            self.graph.set_origin(source, Some(origin.clone()));
            if ends {
                return;
            }
            (source, origin.order) = (inner, order);
        }
    }

    /// What the node's operand became.
    pub(super) fn operand(&self, node: &TypedNode, position: usize) -> Result<Source, String> {
        let outlet = node.inputs.get(position).ok_or("an operand is missing")?;
        if outlet.slot != 0 {
            return Err("it reads the second result of a node".to_owned());
        }
        self.sources.get(outlet.node).copied().ok_or_else(|| "an operand is missing".to_owned())
    }

    /// The sizes of an operand at a length that stands for any.
    pub(super) fn sizes(&self, source: Source) -> Result<Vec<usize>, String> {
        self.graph.shape(source).map(|shape| at(&shape)).ok_or_else(|| "an operand is missing".to_owned())
    }

    fn make(&mut self, node: &TypedNode, like: &Node) -> Made {
        let op: &dyn TypedOp = node.op.as_ref();
        let shape = like.shape.clone();
        if op.is::<TypedSource>() {
            return Ok(self.graph.add(like, Op::Input, Vec::new(), shape));
        }
        if let Some(konst) = node.outputs.first().and_then(|outlet| outlet.fact.konst.clone()) {
            return self.length(like, &konst);
        }
        // Dropout does nothing once a model is trained.
        if op.is::<Identity>() || op.name() == "Dropout" {
            return self.operand(node, 0);
        }
        if op.is::<Cast>() {
            return self.operand(node, 0);
        }
        if let Some(op) = op.downcast_ref::<Conv>() {
            return convolution::conv(self, node, like, op);
        }
        if let Some(op) = op.downcast_ref::<Deconv>() {
            return convolution::deconv(self, node, like, op);
        }
        if let Some(op) = op.downcast_ref::<MaxPool>() {
            return convolution::max_pool(self, node, like, op);
        }
        if let Some(op) = op.downcast_ref::<SumPool>() {
            return convolution::sum_pool(self, node, like, op);
        }
        if let Some(op) = op.downcast_ref::<EinSum>() {
            return einsum::einsum(self, node, like, op);
        }
        if let Some(op) = op.downcast_ref::<AxisOp>() {
            return self.axes(node, like, op);
        }
        if let Some(op) = op.downcast_ref::<TypedBinOp>() {
            return arithmetic::binary(self, node, like, op);
        }
        if let Some(op) = op.downcast_ref::<ElementWiseOp>() {
            return arithmetic::unary(self, node, like, op);
        }
        if let Some(made) = resize::resize(self, node, like) {
            return made;
        }
        let first = self.operand(node, 0)?;
        if let Some(op) = op.downcast_ref::<Reduce>() {
            let how = match op.reducer {
                Reducer::Sum => Reduction::Sum,
                Reducer::Max => Reduction::Maximum,
                Reducer::MeanOfSquares => {
                    let found = self.graph.shape(first).ok_or("an operand is missing")?;
                    let square = Op::Run(Operator::Binary(Arithmetic::Multiply, Function::Identity));
                    let square = self.graph.add(like, square, vec![first, first], found);
                    return Ok(self.graph.add(
                        like,
                        Op::Reduce(Reduction::Mean, op.axes.to_vec()),
                        vec![square],
                        shape,
                    ));
                }
                other => return Err(format!("reduction {other:?}")),
            };
            return Ok(self.graph.add(like, Op::Reduce(how, op.axes.to_vec()), vec![first], shape));
        }
        if op.is::<Iff>() {
            let inputs = vec![first, self.operand(node, 1)?, self.operand(node, 2)?];
            return Ok(self.graph.add(like, Op::Select, inputs, shape));
        }
        if op.is::<MultiBroadcastTo>() {
            return Ok(self.graph.add(like, Op::Broadcast, vec![first], shape));
        }
        if let Some(op) = op.downcast_ref::<TypedConcat>() {
            let inputs = (0..node.inputs.len()).map(|at| self.operand(node, at)).collect::<Result<_, _>>()?;
            let axis = u32::try_from(op.axis).map_err(|_| "too many axes")?;
            return Ok(self.graph.add(like, Op::Run(Operator::Concat { axis }), inputs, shape));
        }
        if let Some(op) = op.downcast_ref::<Pad>() {
            let PadMode::Constant(value) = &op.mode else { return Err(format!("padding mode {:?}", op.mode)) };
            let value = value.cast_to_scalar::<f32>().map_err(|_| "the padding is not a number")?;
            let mut before = [0; MAX_RANK];
            for (place, (count, _)) in before.iter_mut().zip(&op.pads) {
                *place = u32::try_from(*count).map_err(|_| "the padding is too large")?;
            }
            return Ok(self.graph.add(like, Op::Run(Operator::Pad { before, value }), vec![first], shape));
        }
        if let Some(op) = op.downcast_ref::<Slice>() {
            let start = op.start.to_i64().map_err(|_| "its beginning depends on the length")?;
            return self.slice(like, first, &[(op.axis, start, 1)]);
        }
        if let Some(op) = op.downcast_ref::<DynSlice>() {
            let start = self.operand(node, 1)?;
            let start = self.graph.scalar(start).ok_or("where it cuts is computed")?;
            #[expect(clippy::cast_possible_truncation, reason = "it is a whole number")]
            return self.slice(like, first, &[(op.axis, start as i64, 1)]);
        }
        if let Some(op) = op.downcast_ref::<StridedSlice>() {
            return self.strided_slice(node, like, op, first);
        }
        if let Some(op) = op.downcast_ref::<Softmax>() {
            return self.softmax(like, op, first);
        }
        if let Some(op) = op.downcast_ref::<Gather>() {
            let rows = self.operand(node, 1)?;
            if let Some([row]) = self.graph.constant(rows).map(|rows| rows.data.as_slice()) {
                #[expect(clippy::cast_possible_truncation, reason = "it is a whole number")]
                return self.one_of(like, first, op.axis, *row as i64);
            }
            return match (op.axis, self.graph.constant(first).map(|table| table.sizes.len())) {
                (0, Some(2)) => Ok(self.graph.add(like, Op::Run(Operator::Gather), vec![rows, first], shape)),
                _ => {
                    Err("only rows of a constant table with two axes can be gathered, or one place of an axis"
                        .to_owned())
                }
            };
        }
        Err("the compiler does not know it".to_owned())
    }

    /// Neighbouring axes, which models before opset 13 have, as one.
    fn softmax(&mut self, like: &Node, op: &Softmax, source: Source) -> Made {
        let (Some(&first), Some(&last), SoftmaxKind::Softmax) = (op.axes.first(), op.axes.last(), op.kind) else {
            return Err("only softmax itself is, not its logarithm".to_owned());
        };
        let dims = like.shape.dims();
        let (Some(before), Some(along), Some(after)) =
            (dims.get(..first), dims.get(first..=last), dims.get(last + 1..))
        else {
            return Err("its axes are not in order".to_owned());
        };
        let axis = u32::try_from(first).map_err(|_| "too many axes")?;
        let op = Op::Run(Operator::Softmax { axis });
        if let [_] = along {
            return Ok(self.graph.add(like, op, vec![source], like.shape.clone()));
        }
        if along.len() != along.iter().filter(|dim| dim.per_length == 0).count() || along.len() != last - first + 1 {
            return Err("it goes along several axes, one of them of dynamic size".to_owned());
        }
        let joined = Dim::fixed(along.iter().map(|dim| dim.fixed).product());
        let shape = Shape::new([before, &[joined], after].concat()).ok_or("too many axes")?;
        let joined = self.graph.reshape(like, source, shape.clone());
        let result = self.graph.add(like, op, vec![joined], shape);
        Ok(self.graph.reshape(like, result, like.shape.clone()))
    }

    /// A constant that is the length itself, which models use to average over it.
    fn length(&mut self, like: &Node, konst: &tract_onnx::prelude::Tensor) -> Made {
        let view = konst.to_plain_array_view::<TDim>().map_err(|_| "a constant is not made of numbers")?;
        let mut dims = view.iter().map(|dim| shapes::dim(dim, self.symbol.as_ref()));
        match (dims.next().flatten(), dims.next()) {
            (Some(dim), None) if dim.fixed == 0 && dim.per_length > 0 => {
                #[expect(clippy::cast_precision_loss, reason = "a factor of a length is small")]
                let op = Op::Run(Operator::Length { scale: dim.per_length as f32 });
                Ok(self.graph.add(like, op, Vec::new(), like.shape.clone()))
            }
            _ => Err("only a multiple of the length itself can be computed with".to_owned()),
        }
    }

    fn axes(&mut self, node: &TypedNode, like: &Node, op: &AxisOp) -> Made {
        let first = self.operand(node, 0)?;
        if let AxisOp::Move(from, to) = *op {
            let rank = like.shape.dims().len();
            let mut order: Vec<usize> = (0..rank).filter(|&axis| axis != from).collect();
            order.insert(to.min(order.len()), from);
            return Ok(self.graph.transpose(like, first, &order));
        }
        Ok(self.graph.reshape(like, first, like.shape.clone()))
    }

    /// Cuts along axes: (axis, first element, step).
    fn slice(&mut self, like: &Node, source: Source, cuts: &[(usize, i64, i64)]) -> Made {
        let mut start = [0; MAX_RANK];
        let mut step = [1; MAX_RANK];
        for &(axis, first, by) in cuts {
            let (Some(start), Some(step)) = (start.get_mut(axis), step.get_mut(axis)) else {
                return Err("it cuts an axis that is not there".to_owned());
            };
            *start = u32::try_from(first).map_err(|_| "it begins before the first element")?;
            *step = u32::try_from(by).map_err(|_| "it steps backwards")?;
        }
        Ok(self.graph.add(like, Op::Run(Operator::Slice { start, step }), vec![source], like.shape.clone()))
    }

    /// One place of an axis, the axis left out or of size 1 as the source has it.
    fn one_of(&mut self, like: &Node, source: Source, axis: usize, place: i64) -> Made {
        let found = self.graph.shape(source).ok_or("an operand is missing")?;
        let mut dims = found.dims().to_vec();
        let dim = dims.get_mut(axis).ok_or("it cuts an axis that is not there")?;
        if place < 0 && dim.per_length != 0 {
            return Err("it counts from the end of an axis of dynamic size".to_owned());
        }
        let place = if place < 0 { place + i64::from(dim.fixed) } else { place };
        *dim = Dim::fixed(1);
        let shape = Shape::new(dims).ok_or("too many axes")?;
        let cut = Node { shape, ..like.clone() };
        let part = self.slice(&cut, source, &[(axis, place, 1)])?;
        Ok(self.graph.reshape(like, part, like.shape.clone()))
    }

    fn strided_slice(&mut self, node: &TypedNode, like: &Node, op: &StridedSlice, source: Source) -> Made {
        let numbers = |position: Option<usize>| -> Result<Option<Vec<i64>>, String> {
            let Some(position) = position else { return Ok(None) };
            let list = self.operand(node, position)?;
            let list = self.graph.constant(list).ok_or("where it cuts is computed")?;
            #[expect(clippy::cast_possible_truncation, reason = "these are whole numbers")]
            Ok(Some(list.data.iter().map(|&number| number as i64).collect()))
        };
        if op.begin_mask != 0 || op.shrink_axis_mask != 0 {
            return Err("it cuts with masks".to_owned());
        }
        let begin = numbers(Some(1))?.unwrap_or_default();
        let axes = numbers(op.optional_axes_input)?.unwrap_or_else(|| (0..).take(begin.len()).collect());
        let steps = numbers(op.optional_steps_input)?.unwrap_or_else(|| vec![1; begin.len()]);
        let sizes = self.sizes(source)?;
        let mut cuts = Vec::new();
        for ((axis, begin), step) in axes.into_iter().zip(begin).zip(steps) {
            let rank = i64::try_from(sizes.len()).unwrap_or(0);
            let axis = usize::try_from(if axis < 0 { axis + rank } else { axis })
                .map_err(|_| "it cuts an axis that is not there")?;
            let size = sizes.get(axis).and_then(|&size| i64::try_from(size).ok()).unwrap_or(0);
            cuts.push((axis, if begin < 0 { begin + size } else { begin }, step));
        }
        self.slice(like, source, &cuts)
    }
}

/// The order of a result before a reshape that only moved axes of size 1, from the order after it.
fn realigned(after: &[usize], before: &[usize], order: &[usize]) -> Option<Vec<usize>> {
    let large = |sizes: &[usize]| sizes.iter().copied().filter(|&size| size != 1).collect::<Vec<_>>();
    if after.len() != before.len() || large(after) != large(before) {
        return None;
    }
    let axes = |single: bool| {
        let chosen = order.iter().zip(after).filter(move |(_, size)| (**size == 1) == single);
        chosen.map(|(axis, _)| *axis)
    };
    let (mut single, mut other) = (axes(true), axes(false));
    before.iter().map(|&size| if size == 1 { single.next() } else { other.next() }).collect()
}
