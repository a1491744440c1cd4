//! Checks a draft before anything uses it: indices, sizes, places in the arena, shapes of every step.

use crate::error::PlanError;
use crate::geometry::geometry;
use crate::plan::{Draft, MAX_ARENA, Operand, Port, Step};

pub(crate) fn check(draft: &Draft<'_>) -> Result<(), PlanError> {
    let [least, most] = draft.lengths();
    let model = |what| PlanError::Section { section: "model", item: 0, what };
    if least == 0 || least > most {
        return Err(model("its lengths are not from 1 upwards in order"));
    }
    if draft.arena > MAX_ARENA {
        return Err(model("its arena is above 256 MB"));
    }
    for (item, constant) in draft.constants.iter().enumerate() {
        let wrong = |what| PlanError::Section { section: "constants", item, what };
        if constant.shape.is_dynamic() {
            return Err(wrong("its shape depends on the length"));
        }
        if !constant.offset.is_multiple_of(4) || constant.bytes(&draft.weights).is_none() {
            return Err(wrong("its elements do not lie inside the weights"));
        }
    }
    for item in 0..draft.values.len() {
        if place(draft, item, most).is_none() {
            return Err(PlanError::Section { section: "values", item, what: "it does not lie inside the arena" });
        }
    }
    for (item, port) in draft.inputs.iter().chain(&draft.outputs).enumerate() {
        check_port(draft, port).map_err(|what| PlanError::Section { section: "model", item, what })?;
    }
    let lengths: &[u32] = if least == most { &[most] } else { &[least, most] };
    for (number, step) in draft.steps.iter().enumerate() {
        check_step(draft, step, most)
            .and_then(|()| lengths.iter().try_for_each(|&length| geometry(draft, step, length).map(drop)))
            .map_err(|what| PlanError::Step {
                step: number,
                operator: step.operator.name(),
                name: step.name.clone(),
                what: what.to_owned(),
            })?;
    }
    Ok(())
}

/// Where a value lies in the arena at a length; `None` where that is outside.
pub(crate) fn place(draft: &Draft<'_>, value: usize, length: u32) -> Option<(usize, usize)> {
    let value = draft.values.get(value)?;
    let elements = value.shape.at(length)?.elements()?;
    let start = value.offset as usize;
    let end = start.checked_add(elements)?;
    (end <= draft.arena as usize).then_some((start, end))
}

fn check_port(draft: &Draft<'_>, port: &Port) -> Result<(), &'static str> {
    let [lowest, highest] = port.range;
    if draft.value(port.value).is_none() {
        return Err("an input or output has no such value");
    }
    if lowest <= highest { Ok(()) } else { Err("the range of an input or output is not in order") }
}

fn check_step(draft: &Draft<'_>, step: &Step, most: u32) -> Result<(), &'static str> {
    let output = place(draft, step.output as usize, most).ok_or("it writes a value that is not there")?;
    for (position, operand) in step.operands.iter().enumerate() {
        match *operand {
            Operand::Absent => {}
            Operand::Constant(index) => {
                draft.constant(index).ok_or("it reads a constant that is not there")?;
            }
            Operand::Value(index) => {
                let read = place(draft, index as usize, most).ok_or("it reads a value that is not there")?;
                let apart = read.1 <= output.0 || output.1 <= read.0;
                let in_place = position == 0 && read == output && step.operator.can_run_in_place();
                if !apart && !in_place {
                    return Err("what it reads lies where it writes");
                }
            }
        }
    }
    Ok(())
}
