//! What the passes make of small graphs, without tract: transposes cancel, neighbours fuse, what is not needed goes.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failure in a helper is a failed test"
)]

use vitrine_model_compiler::graph::{Graph, Node, Op, Output, Source, Tensor, fixed};
use vitrine_model_compiler::runtime::Model;
use vitrine_model_compiler::runtime::plan::{
    Arithmetic, Element, Epilogue, Function, Operand, Operator, Reduction, Window,
};
use vitrine_model_compiler::{CompileError, Compiled, Options, Weights, compile};

const PIXEL: Window = Window { kernel: [1; 2], stride: [1; 2], dilation: [1; 2], pad: [0; 4] };
const TO_NHWC: [usize; 4] = [0, 2, 3, 1];
const TO_NCHW: [usize; 4] = [0, 3, 1, 2];

/// A graph in the making, whose nodes stand in the order in which they are added.
struct Draft {
    graph: Graph,
}

impl Draft {
    fn new(name: &str) -> Self {
        Self { graph: Graph { name: name.to_owned(), ..Graph::default() } }
    }

    fn add(&mut self, name: &str, op: Op, inputs: &[Source], sizes: &[usize]) -> Source {
        let like = Node {
            name: name.to_owned(),
            op: Op::Input,
            inputs: Vec::new(),
            shape: fixed(sizes),
            origin: None,
            position: self.graph.nodes.len(),
        };
        self.graph.add(&like, op, inputs.to_vec(), fixed(sizes))
    }

    fn input(&mut self, sizes: &[usize]) -> Source {
        let input = self.add("input", Op::Input, &[], sizes);
        self.graph.inputs.push(self.graph.nodes.len() - 1);
        input
    }

    fn constant(&mut self, sizes: &[usize]) -> Source {
        let data = (0..sizes.iter().product()).map(|at: usize| ((at * 37 % 23) as f32 - 11.0) / 8.0).collect();
        self.graph.add_constant(Tensor::new(sizes.to_vec(), data).unwrap())
    }

    fn scalar(&mut self, number: f32) -> Source {
        self.graph.add_constant(Tensor { sizes: vec![1, 1, 1, 1], data: vec![number] })
    }

    fn binary(&mut self, name: &str, how: Arithmetic, a: Source, b: Source, sizes: &[usize]) -> Source {
        self.add(name, Op::Run(Operator::Binary(how, Function::Identity)), &[a, b], sizes)
    }

    /// A 1 x 1 convolution as it is imported: NCHW around it.
    fn pixelwise(&mut self, name: &str, input: Source, [height, width, from, to]: [usize; 4]) -> Source {
        let inside = self.add(name, Op::Transpose(TO_NHWC.to_vec()), &[input], &[1, height, width, from]);
        let weights = self.constant(&[to, 1, 1, from]);
        let op = Op::Run(Operator::Conv(PIXEL, Epilogue::NONE));
        let result = self.add(name, op, &[inside, weights], &[1, height, width, to]);
        self.add(name, Op::Transpose(TO_NCHW.to_vec()), &[result], &[1, to, height, width])
    }

    fn compile(mut self, output: Source) -> Result<Compiled, CompileError> {
        self.graph.outputs.push(Output { name: "output".to_owned(), source: output });
        compile(self.graph, &Options::default())
    }
}

fn operators(compiled: &Compiled) -> Vec<&'static str> {
    compiled.plan.data().steps.iter().map(|step| step.operator.name()).collect()
}

#[test]
fn transposes_around_convolutions_meet_and_cancel_through_what_lies_between() {
    let mut draft = Draft::new("chain");
    let input = draft.input(&[1, 4, 4, 3]);
    let x = draft.add("in", Op::Transpose(TO_NCHW.to_vec()), &[input], &[1, 3, 4, 4]);
    let x = draft.pixelwise("first", x, [4, 4, 3, 5]);
    let zero = draft.scalar(0.0);
    let x = draft.binary("relu", Arithmetic::Maximum, x, zero, &[1, 5, 4, 4]);
    let slopes = draft.constant(&[1, 5, 1, 1]);
    let x = draft.binary("scale", Arithmetic::Multiply, x, slopes, &[1, 5, 4, 4]);
    let x = draft.pixelwise("second", x, [4, 4, 5, 2]);
    let x = draft.add("out", Op::Transpose(TO_NHWC.to_vec()), &[x], &[1, 4, 4, 2]);
    let compiled = draft.compile(x).unwrap();
    assert_eq!(operators(&compiled), ["linear", "depthwise", "linear"]);
    let Operator::Linear(epilogue) = compiled.plan.data().steps[0].operator else { panic!() };
    assert_eq!(epilogue.function, Function::Relu);
}

#[test]
fn a_residual_and_the_activation_after_it_end_the_convolution() {
    let mut draft = Draft::new("residual");
    let input = draft.input(&[1, 4, 4, 4]);
    let x = draft.pixelwise("conv", input, [4, 4, 4, 4]);
    let x = draft.binary("add", Arithmetic::Add, x, input, &[1, 4, 4, 4]);
    let [low, high] = [0.0, 6.0].map(|limit| draft.scalar(limit));
    let x = draft.binary("low", Arithmetic::Maximum, x, low, &[1, 4, 4, 4]);
    let x = draft.binary("high", Arithmetic::Minimum, x, high, &[1, 4, 4, 4]);
    let compiled = draft.compile(x).unwrap();
    // The input is NCHW here, so it is brought to NHWC once, and the result back.
    assert_eq!(operators(&compiled), ["transpose", "linear", "transpose"]);
    let step = &compiled.plan.data().steps[1];
    let function = Function::Clip { low: 0.0, high: 6.0 };
    assert_eq!(step.operator, Operator::Linear(Epilogue { function, add_after: false }));
    assert!(matches!(step.operands[4], Operand::Value(_)));
}

#[test]
fn an_activation_before_the_residual_stays_before_it() {
    let mut draft = Draft::new("order");
    let input = draft.input(&[1, 2, 2, 4]);
    let weights = draft.constant(&[4, 4]);
    let x = draft.add("linear", Op::Run(Operator::Linear(Epilogue::NONE)), &[input, weights], &[1, 2, 2, 4]);
    let x = draft.add("sigmoid", Op::Run(Operator::Unary(Function::Sigmoid)), &[x], &[1, 2, 2, 4]);
    let x = draft.binary("add", Arithmetic::Add, x, input, &[1, 2, 2, 4]);
    let compiled = draft.compile(x).unwrap();
    let epilogue = Epilogue { function: Function::Sigmoid, add_after: true };
    assert_eq!(compiled.plan.data().steps[0].operator, Operator::Linear(epilogue));
}

#[test]
fn a_result_that_is_read_twice_is_not_hidden_in_what_reads_it() {
    let mut draft = Draft::new("twice");
    let input = draft.input(&[1, 2, 2, 4]);
    let weights = draft.constant(&[4, 4]);
    let x = draft.add("linear", Op::Run(Operator::Linear(Epilogue::NONE)), &[input, weights], &[1, 2, 2, 4]);
    let y = draft.add("tanh", Op::Run(Operator::Unary(Function::Tanh)), &[x], &[1, 2, 2, 4]);
    let z = draft.binary("product", Arithmetic::Multiply, x, y, &[1, 2, 2, 4]);
    let compiled = draft.compile(z).unwrap();
    assert_eq!(operators(&compiled), ["linear", "unary", "binary"]);
}

#[test]
fn padding_belongs_to_the_window_and_batch_normalization_to_the_weights() {
    let mut draft = Draft::new("folded");
    let input = draft.input(&[1, 5, 5, 2]);
    let pad = Op::Run(Operator::Pad { before: [0, 1, 0, 0, 0, 0], value: 0.0 });
    let x = draft.add("pad", pad, &[input], &[1, 7, 6, 2]);
    let weights = draft.constant(&[3, 3, 3, 2]);
    let window = Window { kernel: [3; 2], stride: [2; 2], ..PIXEL };
    let x = draft.add("conv", Op::Run(Operator::Conv(window, Epilogue::NONE)), &[x, weights], &[1, 3, 2, 3]);
    let [factor, shift] = [&[1, 1, 1, 3], &[1, 1, 1, 3]].map(|sizes| draft.constant(sizes));
    let x = draft.binary("factor", Arithmetic::Multiply, x, factor, &[1, 3, 2, 3]);
    let x = draft.binary("shift", Arithmetic::Add, x, shift, &[1, 3, 2, 3]);
    let compiled = draft.compile(x).unwrap();
    assert_eq!(operators(&compiled), ["conv"]);
    let Operator::Conv(window, _) = compiled.plan.data().steps[0].operator else { panic!() };
    assert_eq!(window.pad, [1, 0, 1, 1]);
    assert!(matches!(compiled.plan.data().steps[0].operands[2], Operand::Constant(_)));
}

#[test]
fn parts_are_computed_where_their_concatenation_lies() {
    let mut draft = Draft::new("joined");
    let input = draft.input(&[1, 6, 4]);
    let parts = [3, 5].map(|columns| {
        let weights = draft.constant(&[columns * 4, 4]);
        let x = draft.add("part", Op::Run(Operator::Linear(Epilogue::NONE)), &[input, weights], &[1, 6, columns * 4]);
        draft.add("rows", Op::Reshape, &[x], &[1, 6 * columns, 4])
    });
    let x = draft.add("all", Op::Run(Operator::Concat { axis: 1 }), &parts, &[1, 48, 4]);
    let compiled = draft.compile(x).unwrap();
    assert_eq!(operators(&compiled), ["linear", "linear"]);
    let mut model = Model::load(&compiled.plan).unwrap();
    model.input_mut(0).unwrap().fill(1.0);
    model.run().unwrap();
    let output = model.output(0).unwrap();
    assert_eq!(output.len(), 48 * 4);
    // Every row of the input is the same, so the parts repeat with their own number of columns.
    assert_eq!(output[0], output[12]);
    assert_eq!(output[72], output[72 + 20]);
}

#[test]
fn only_what_the_outputs_need_is_computed_or_has_to_be_known() {
    let mut draft = Draft::new("needed");
    let input = draft.input(&[1, 4]);
    let foreign = Op::Foreign { operator: "Einstein".to_owned(), why: "nobody knows it".to_owned() };
    let _ = draft.add("riddle", foreign.clone(), &[input], &[1, 4]);
    let x = draft.add("root", Op::Run(Operator::Unary(Function::Sqrt)), &[input], &[1, 4]);
    assert_eq!(operators(&draft.compile(x).unwrap()), ["unary"]);

    let mut draft = Draft::new("unknown");
    let input = draft.input(&[1, 4]);
    let x = draft.add("riddle", foreign, &[input], &[1, 4]);
    let error = draft.compile(x).unwrap_err().to_string();
    assert!(error.contains("`Einstein`") && error.contains("`riddle`") && error.contains("nobody knows it"), "{error}");
}

#[test]
fn a_mean_of_a_sum_that_is_needed_besides_stays_one() {
    let sum = |alone: bool| {
        let mut draft = Draft::new("mean");
        let input = draft.input(&[1, 4, 4, 8]);
        let [a, b] = [Function::Tanh, Function::Exp]
            .map(|function| draft.add("part", Op::Run(Operator::Unary(function)), &[input], &[1, 4, 4, 8]));
        let both = draft.binary("sum", Arithmetic::Add, a, b, &[1, 4, 4, 8]);
        let mean = draft.add("mean", Op::Reduce(Reduction::Mean, vec![1, 2]), &[both], &[1, 1, 1, 8]);
        let kept = if alone { draft.binary("more", Arithmetic::Multiply, a, b, &[1, 4, 4, 8]) } else { both };
        let x = draft.binary("gate", Arithmetic::Multiply, kept, mean, &[1, 4, 4, 8]);
        operators(&draft.compile(x).unwrap()).iter().filter(|name| **name == "reduce").count()
    };
    assert_eq!(sum(true), 2, "the sum is needed for the mean alone");
    assert_eq!(sum(false), 1, "the sum is written anyway");
}

#[test]
fn the_same_weights_are_stored_once_and_as_halves_where_that_is_exact() {
    let mut draft = Draft::new("weights");
    let mut x = draft.input(&[1, 4]);
    for name in ["first", "second"] {
        let weights = draft.constant(&[4, 4]);
        x = draft.add(name, Op::Run(Operator::Linear(Epilogue::NONE)), &[x, weights], &[1, 4]);
    }
    let third = Tensor::new(vec![4, 4], vec![1.0 / 3.0; 16]).unwrap();
    let third = draft.graph.add_constant(third);
    let x = draft.add("third", Op::Run(Operator::Linear(Epilogue::NONE)), &[x, third], &[1, 4]);
    draft.graph.outputs.push(Output { name: "output".to_owned(), source: x });
    let elements = |weights: Weights| -> Vec<Element> {
        let options = Options { weights, ..Options::default() };
        let compiled = compile(draft.graph.clone(), &options).unwrap();
        compiled.plan.data().constants.iter().map(|constant| constant.element).collect()
    };
    assert_eq!(elements(Weights::Exact), [Element::F16, Element::F32]);
    assert_eq!(elements(Weights::Half), [Element::F16, Element::F16], "rounded, where that was asked for");
}
