//! Which length a model has to run at, given how many numbers its inputs have.

use vitrine_model_runtime::plan::{Draft, Port};

/// The length at which every input has as many elements as are `given`, in the inputs' order.
///
/// # Errors
/// What to tell whoever gave them.
pub(crate) fn length_for(plan: &Draft<'_>, given: &[u32]) -> Result<u32, String> {
    if given.len() != plan.inputs.len() {
        return Err(format!("the model has {} inputs and {} were given", plan.inputs.len(), given.len()));
    }
    let [least, most] = plan.lengths();
    let fits = |length: u32| inputs(plan, given).all(|(port, count)| elements(plan, port, length) == Some(count));
    (least..=most).find(|&length| fits(length)).ok_or_else(|| complaint(plan, given))
}

/// The first input whose number of elements no length gives, with what it could have.
fn complaint(plan: &Draft<'_>, given: &[u32]) -> String {
    let [least, most] = plan.lengths();
    let wrong = inputs(plan, given)
        .find(|&(port, count)| !(least..=most).any(|length| elements(plan, port, length) == Some(count)));
    let Some((port, count)) = wrong else {
        return "the inputs do not go together: each asks for another length".to_owned();
    };
    let most_elements = elements(plan, port, most).unwrap_or(0);
    let step = most_elements.saturating_sub(elements(plan, port, most.saturating_sub(1).max(least)).unwrap_or(0));
    let wanted = if step == 0 {
        format!("it needs {most_elements}")
    } else {
        format!("it needs a multiple of {step}, at most {most_elements}")
    };
    format!("input `{}` was given {count} numbers; {wanted}", port.name)
}

fn inputs<'a>(plan: &'a Draft<'_>, given: &'a [u32]) -> impl Iterator<Item = (&'a Port, usize)> {
    plan.inputs.iter().zip(given.iter().map(|&count| count as usize))
}

fn elements(plan: &Draft<'_>, port: &Port, length: u32) -> Option<usize> {
    plan.value(port.value)?.shape.at(length)?.elements()
}
