//! What a plan consists of, for people: steps, shapes, multiply-adds, bytes.

use std::fmt::Write;

use vitrine_model_runtime::plan::{Draft, Operand, Operator, Step};

/// What a step costs at a length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Multiplications with an addition each.
    pub multiply_adds: u64,
    /// Bytes of the step's constants in the file.
    pub weights: u64,
    /// Bytes of values read and written.
    pub moved: u64,
}

/// The cost of a step at a length.
#[must_use]
pub fn cost(plan: &Draft<'_>, step: &Step, length: u32) -> Cost {
    let elements =
        |operand: Operand| plan.shape(operand).and_then(|shape| shape.at(length)?.elements()).unwrap_or(0) as u64;
    let output = elements(Operand::Value(step.output));
    let weights_per_output = || {
        let channels =
            plan.shape(step.operand(1)).and_then(|shape| shape.dims().first().map(|dim| u64::from(dim.fixed)));
        elements(step.operand(1)).checked_div(channels.unwrap_or(1)).unwrap_or(0)
    };
    let multiply_adds = match step.operator {
        Operator::Linear(_) | Operator::Conv(..) => output * weights_per_output(),
        Operator::Depthwise(window, _) => output * window.kernel.map(u64::from).iter().product::<u64>(),
        Operator::ConvTranspose(..) => {
            let inputs =
                plan.shape(step.operand(0)).and_then(|shape| shape.dims().last().map(|dim| u64::from(dim.fixed)));
            elements(step.operand(0)).checked_div(inputs.unwrap_or(1)).unwrap_or(0) * elements(step.operand(1))
        }
        Operator::MatMul { .. } => {
            let inner =
                plan.shape(step.operand(0)).and_then(|shape| shape.at(length)).map_or(0, |sizes| sizes.last() as u64);
            output * inner
        }
        Operator::Gather
        | Operator::Copy
        | Operator::Slice { .. }
        | Operator::Concat { .. }
        | Operator::Transpose { .. } => 0,
        Operator::Resize { linear: true, .. } => output * 3,
        _ => 0,
    };
    let weights = step.operands.iter().map(|&operand| match operand {
        Operand::Constant(index) => {
            plan.constant(index).map_or(0, |constant| elements(operand) * constant.element.bytes() as u64)
        }
        _ => 0,
    });
    let moved =
        step.operands.iter().filter(|operand| matches!(operand, Operand::Value(_))).map(|&operand| elements(operand));
    Cost { multiply_adds, weights: weights.sum(), moved: (moved.sum::<u64>() + output) * 4 }
}

/// A table of all steps, and sums.
#[must_use]
pub fn explain(plan: &Draft<'_>) -> String {
    let [_, length] = plan.lengths();
    let mut out = String::new();
    let mut total = Cost::default();
    let _ = writeln!(
        out,
        "{:>4}  {:<16} {:<16} {:>12} {:>10} {:>10}  node",
        "step", "operator", "shape", "mult-adds", "weights", "moved"
    );
    for (number, step) in plan.steps.iter().enumerate() {
        let found = cost(plan, step, length);
        let shape = plan.shape(Operand::Value(step.output)).map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(
            out,
            "{number:>4}  {:<16} {shape:<16} {:>12} {:>10} {:>10}  {}",
            step.operator.name(),
            found.multiply_adds,
            found.weights,
            found.moved,
            step.name
        );
        total.multiply_adds += found.multiply_adds;
        total.weights += found.weights;
        total.moved += found.moved;
    }
    let _ = writeln!(
        out,
        "{}: {} steps, {:.1} million multiply-adds, weights {} bytes, arena {} bytes, {} bytes moved{}",
        plan.name,
        plan.steps.len(),
        millions(total.multiply_adds),
        plan.weights.len(),
        u64::from(plan.arena) * 4,
        total.moved,
        plan.length.as_ref().map(|length| format!(", at {} = {}", length.name, length.most)).unwrap_or_default()
    );
    out
}

#[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
fn millions(count: u64) -> f64 {
    count as f64 / 1e6
}
