//! Runs a model in tract and its plan beside it, and tells for each step how far apart they are.

use std::collections::HashMap;

use tract_onnx::prelude::*;
use tract_onnx::tract_core::internal::*;
use tract_onnx::tract_core::plan::eval;
use vitrine_model_runtime::plan::{Function, Operator};
use vitrine_model_runtime::{Model, RunError};

use super::{Loaded, shapes, symbol_values};
use crate::Compiled;
use crate::graph::{Origin, Tensor};

/// Why the two could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// tract refuses to run.
    #[error("tract does not run the model: {0}")]
    Reference(String),
    /// The plan does not run.
    #[error(transparent)]
    Plan(#[from] RunError),
}

/// What a step is given while it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Each {
    /// What the steps before it computed: differences add up, as they do in use.
    Together,
    /// What tract computed, so that only its own difference is seen.
    Alone,
}

/// How far a step's result is from the reference.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The step's number; outputs of the model follow the steps.
    pub step: usize,
    /// The node of the source model, or the output's name.
    pub name: String,
    /// The operator.
    pub operator: &'static str,
    /// Largest absolute difference.
    pub absolute: f32,
    /// Largest absolute element of the reference.
    pub scale: f32,
}

impl Difference {
    /// The largest difference relative to the largest element of the reference.
    #[must_use]
    pub fn relative(&self) -> f32 {
        if self.absolute == 0.0 { 0.0 } else { self.absolute / self.scale.max(f32::MIN_POSITIVE) }
    }
}

/// Runs both on `inputs`, one list per input of the model, at `length` where the model has a dynamic axis.
///
/// # Errors
/// [`CompareError`] where one of the two does not run.
pub fn compare(
    loaded: &Loaded,
    compiled: &Compiled,
    inputs: &[Vec<f32>],
    length: Option<u32>,
    each: Each,
) -> Result<Vec<Difference>, CompareError> {
    let (results, outputs) =
        reference(loaded, inputs, length).map_err(|error| CompareError::Reference(format!("{error:#}")))?;
    let mut model = Model::load(&compiled.plan)?;
    if let Some(length) = length {
        model.set_length(length)?;
    }
    for (number, input) in inputs.iter().enumerate() {
        let place = model.input_mut(number)?;
        let (found, needed) = (input.len(), place.len());
        place
            .get_mut(..found.min(needed))
            .unwrap_or_default()
            .copy_from_slice(input.get(..found.min(needed)).unwrap_or_default());
    }
    let mut differences = Vec::new();
    model.trace(|traced| {
        let origin = compiled.origins.get(traced.step).and_then(Option::as_ref);
        let Some((origin, Some(result))) =
            origin.map(|origin| (origin, results.get(origin.node).and_then(Option::as_ref)))
        else {
            return;
        };
        let expected = result.permuted(&origin.order);
        differences.push(Difference {
            scale: least_scale(traced.operator).max(largest(&expected.data)),
            ..difference(traced.step, traced.name, traced.operator.name(), traced.output, &expected.data)
        });
        if each == Each::Alone && traced.output.len() == expected.data.len() {
            traced.output.copy_from_slice(&expected.data);
        }
    })?;
    let steps = compiled.plan.data().steps.len();
    for (number, (port, expected)) in compiled.plan.data().outputs.iter().zip(&outputs).enumerate() {
        let found = model.output(number)?;
        let writes = compiled.plan.data().steps.iter().rev().find(|step| step.output == port.value);
        differences.push(Difference {
            scale: writes.map_or(0.0, |step| least_scale(&step.operator)).max(largest(&expected.data)),
            ..difference(steps + number, &port.name, "output", found, &expected.data)
        });
    }
    Ok(differences)
}

/// What tract computes for each step of a plan, in the step's own order of elements; nothing where a step has no
/// counterpart in the source.
///
/// # Errors
/// [`CompareError::Reference`] where tract does not run.
pub fn expected(
    loaded: &Loaded,
    compiled: &Compiled,
    inputs: &[Vec<f32>],
    length: Option<u32>,
) -> Result<Vec<Option<Vec<f32>>>, CompareError> {
    let (results, _) =
        reference(loaded, inputs, length).map_err(|error| CompareError::Reference(format!("{error:#}")))?;
    let of = |origin: &Origin| results.get(origin.node)?.as_ref().map(|result| result.permuted(&origin.order).data);
    Ok(compiled.origins.iter().map(|origin| origin.as_ref().and_then(of)).collect())
}

fn difference(step: usize, name: &str, operator: &'static str, found: &[f32], expected: &[f32]) -> Difference {
    let apart: Vec<f32> = found.iter().zip(expected).map(|(a, b)| if a == b { 0.0 } else { a - b }).collect();
    let absolute = if found.len() == expected.len() { largest(&apart) } else { f32::INFINITY };
    Difference { step, name: name.to_owned(), operator, absolute, scale: largest(expected) }
}

/// The largest absolute element; not a number where one is not.
fn largest(numbers: &[f32]) -> f32 {
    numbers.iter().fold(0.0, |most: f32, number| if number.abs() <= most { most } else { number.abs() })
}

/// Shares go from 0 to 1: where all are nearly 0, tract's own approximation of the sigmoid is what would be measured.
fn least_scale(operator: &Operator) -> f32 {
    let function = match operator {
        Operator::Unary(function) | Operator::Binary(_, function) => *function,
        Operator::Linear(epilogue)
        | Operator::Conv(_, epilogue)
        | Operator::Depthwise(_, epilogue)
        | Operator::ConvTranspose(_, epilogue) => epilogue.function,
        _ => return 0.0,
    };
    if function == Function::Sigmoid { 1.0 } else { 0.0 }
}

type Results = (Vec<Option<Tensor>>, Vec<Tensor>);

/// Every float result of every node, and the outputs, as tract computes them.
fn reference(loaded: &Loaded, inputs: &[Vec<f32>], length: Option<u32>) -> TractResult<Results> {
    let symbol = shapes::symbol(&loaded.typed).ok().flatten();
    let values = symbol_values(symbol.as_ref(), i64::from(length.unwrap_or(1)));
    let mut fed = tvec!();
    for (outlet, input) in loaded.typed.inputs.iter().zip(inputs) {
        let fact = loaded.typed.outlet_fact(*outlet)?;
        let sizes = fact.shape.eval_to_usize(&values)?;
        let tensor = tract_onnx::prelude::Tensor::from_shape(&sizes, input)?;
        fed.push(tensor.cast_to_dt(fact.datum_type)?.into_owned().into_tvalue());
    }
    // With the length as a number everywhere: some of tract's operators do not look it up while they run.
    let settled = match (symbol, length) {
        (Some(symbol), Some(length)) => {
            loaded.typed.set_symbols(&HashMap::from([(symbol, TDim::Val(i64::from(length)))]))?
        }
        _ => loaded.typed.clone(),
    };
    let known: HashMap<&str, usize> = loaded.typed.nodes.iter().map(|node| (node.name.as_str(), node.id)).collect();
    let mut results: Vec<Option<Tensor>> = vec![None; loaded.typed.nodes.len()];
    let plan = SimplePlan::new(settled)?;
    let mut state = SimpleState::new(&plan)?;
    let outputs = state.run_plan_with_eval(fed, |context, state, node, input| {
        let result = eval(context, state, node, input)?;
        let place = known.get(node.name.as_str()).and_then(|id| results.get_mut(*id));
        if let (Some(place), [only]) = (place, result.as_slice())
            && only.datum_type() == DatumType::F32
        {
            *place = shapes::tensor(only);
        }
        Ok::<_, TractError>(result)
    })?;
    Ok((results, outputs.iter().filter_map(|output| shapes::tensor(output)).collect()))
}
