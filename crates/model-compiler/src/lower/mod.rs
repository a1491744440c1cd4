//! From a graph of a plan's operators to the plan: steps in order, values in an arena, weights in bytes.

mod arena;
mod buffers;
mod finish;
mod weights;

use vitrine_model_runtime::Plan;
use vitrine_model_runtime::plan::{Draft, Operand, Port, Step, Value};

pub use weights::Weights;

use crate::CompileError;
use crate::graph::{Graph, Id, Op, Origin, Source};
use crate::passes;

/// How a model becomes a plan.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How weights are stored.
    pub weights: Weights,
    /// Value ranges of inputs and outputs, by name.
    pub ranges: Vec<(String, [f32; 2])>,
}

/// A plan, and what each of its steps computes in terms of the source model.
#[derive(Debug)]
pub struct Compiled {
    /// The plan.
    pub plan: Plan<'static>,
    /// For each step the result of the source that it equals, where it equals one.
    pub origins: Vec<Option<Origin>>,
}

/// Optimizes a graph and makes its plan.
///
/// # Errors
/// [`CompileError::Operator`] where the model needs what plans do not have.
pub fn compile(mut graph: Graph, options: &Options) -> Result<Compiled, CompileError> {
    passes::optimize(&mut graph);
    finish::finish(&mut graph)?;
    let order = graph.schedule();
    let placed = buffers::place(&graph, &order);
    let mut weights = weights::Pool::new(options.weights);
    let mut values = Vec::new();
    let mut index = vec![None; graph.nodes.len()];
    for &id in &order {
        let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
        if let (Some(place), Some(offset)) = (index.get_mut(id), placed.offset(id)) {
            *place = Some(count);
            values.push(Value { shape: graph.node(id).shape.clone(), offset });
        }
    }
    let mut steps = Vec::new();
    let mut origins = Vec::new();
    for &id in &order {
        let node = graph.node(id);
        let Op::Run(operator) = node.op else { continue };
        if placed.is_merged(id) {
            continue;
        }
        let mut operands = Vec::new();
        for &source in &node.inputs {
            operands.push(match source {
                Source::Absent => Operand::Absent,
                Source::Constant(constant) => Operand::Constant(weights.add(&graph, constant)),
                Source::Node(id) => value_of(&index, id, &node.name)?,
            });
        }
        let Operand::Value(output) = value_of(&index, id, &node.name)? else { continue };
        steps.push(Step { name: node.name.clone(), operator, operands, output });
        origins.push(node.origin.clone());
    }
    let port = |name: &str, source: Source| -> Result<Port, CompileError> {
        let (Source::Node(id), none) = (source, [f32::NEG_INFINITY, f32::INFINITY]) else {
            return Err(CompileError::Node {
                node: name.to_owned(),
                what: "an output is a constant; remove it from the model".to_owned(),
            });
        };
        let range = options.ranges.iter().find(|(of, _)| of == name).map_or(none, |(_, range)| *range);
        let Operand::Value(value) = value_of(&index, id, name)? else {
            return Err(CompileError::Node { node: name.to_owned(), what: "an output is not computed".to_owned() });
        };
        Ok(Port { name: name.to_owned(), value, range })
    };
    let inputs =
        graph.inputs.iter().map(|&id| port(&graph.node(id).name, Source::Node(id))).collect::<Result<_, _>>()?;
    let outputs = graph.outputs.iter().map(|output| port(&output.name, output.source)).collect::<Result<_, _>>()?;
    let (constants, bytes) = weights.into_parts();
    let draft = Draft {
        name: graph.name.clone(),
        length: graph.length.clone(),
        arena: placed.arena,
        inputs,
        outputs,
        values,
        constants,
        steps,
        weights: bytes.into(),
    };
    Ok(Compiled { plan: Plan::check(draft)?, origins })
}

fn value_of(index: &[Option<u32>], id: Id, node: &str) -> Result<Operand, CompileError> {
    index.get(id).copied().flatten().map(Operand::Value).ok_or_else(|| CompileError::Node {
        node: node.to_owned(),
        what: "it reads something that is not computed".to_owned(),
    })
}
