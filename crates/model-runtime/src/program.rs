//! A plan loaded: every step prepared, every constant as numbers. Runs in any arena that fits.

use std::borrow::Cow;

use vitrine_model_kernels::Shape as KernelShape;

use crate::arena::Arena;
use crate::check::place;
use crate::error::RunError;
use crate::execute::execute;
use crate::load::{Ready, Source, memory};
use crate::plan::{Draft, Operator, Plan, Port, Sizes};

/// A loaded plan.
#[derive(Debug)]
pub struct Program {
    /// The plan without its weights.
    draft: Draft<'static>,
    steps: Vec<Ready>,
    /// For each step the shapes of what it joins; empty for all but concatenation.
    parts: Vec<Vec<KernelShape>>,
    constants: Vec<Vec<f32>>,
    length: u32,
    scratch: usize,
}

/// What a step computed, as [`Program::trace`] hands it out.
#[derive(Debug)]
pub struct Traced<'a> {
    /// The step's number.
    pub step: usize,
    /// The node of the source model.
    pub name: &'a str,
    /// The operator.
    pub operator: &'a Operator,
    /// The result's axes.
    pub sizes: Sizes,
    /// The result. What is written here, later steps read: tests put the reference here, so that differences do not add up.
    pub output: &'a mut [f32],
}

impl Program {
    /// Prepares a plan. Runs begin at its greatest length.
    ///
    /// # Errors
    /// [`RunError::Memory`] where there is not enough; [`RunError::Step`] where a kernel refuses what the plan asks of it.
    pub fn load(plan: &Plan<'_>) -> Result<Self, RunError> {
        let draft = plan.data();
        let [_, length] = draft.lengths();
        reserve(memory(draft, length))?;
        let mut steps = Vec::with_capacity(draft.steps.len());
        let mut numbers = Vec::new();
        for (number, step) in draft.steps.iter().enumerate() {
            steps.push(Ready::new(draft, number, step, length, &mut numbers)?);
        }
        let mut constants = vec![Vec::new(); draft.constants.len()];
        for source in steps.iter().flat_map(|step| &step.operands) {
            let Source::Constant(index) = *source else { continue };
            let (Some(place), Some(constant)) = (constants.get_mut(index as usize), draft.constant(index)) else {
                continue;
            };
            if place.is_empty() {
                *place = constant.read(&draft.weights).unwrap_or_default();
            }
        }
        let mut program = Self {
            draft: without_weights(draft),
            parts: vec![Vec::new(); steps.len()],
            scratch: steps.iter().map(Ready::scratch_len).max().unwrap_or(0),
            steps,
            constants,
            length,
        };
        program.join_parts();
        Ok(program)
    }

    /// Elements of the arena.
    pub(crate) fn arena_len(&self) -> usize {
        self.draft.arena as usize
    }

    /// Elements that kernels need on the side.
    pub(crate) fn scratch_len(&self) -> usize {
        self.scratch
    }

    /// The plan's names, shapes and steps; its weights are empty.
    #[must_use]
    pub fn plan(&self) -> &Draft<'static> {
        &self.draft
    }

    /// The length of the next run.
    #[must_use]
    pub fn length(&self) -> u32 {
        self.length
    }

    /// Sets the length of the next runs, such as the number of tokens. What inputs hold is then undefined.
    ///
    /// # Errors
    /// [`RunError::Length`] where the plan was not made for it.
    pub fn set_length(&mut self, length: u32) -> Result<(), RunError> {
        if length == self.length {
            return Ok(());
        }
        let [least, most] = self.draft.lengths();
        if !(least..=most).contains(&length) {
            return Err(RunError::Length { found: length, least, most });
        }
        for (number, (ready, step)) in self.steps.iter_mut().zip(&self.draft.steps).enumerate() {
            ready.change(&self.draft, step, length).map_err(|what| RunError::Step {
                step: number,
                operator: step.operator.name(),
                name: step.name.clone(),
                what: what.to_owned(),
            })?;
        }
        self.length = length;
        self.join_parts();
        Ok(())
    }

    fn join_parts(&mut self) {
        let Self { draft, parts, length, .. } = self;
        for (step, parts) in draft.steps.iter().zip(parts) {
            parts.clear();
            if matches!(step.operator, Operator::Concat { .. }) {
                let shapes = step.operands.iter().filter_map(|&operand| draft.shape(operand)?.at(*length));
                parts.extend(shapes.filter_map(|sizes| KernelShape::new(sizes.as_slice()).ok()));
            }
        }
    }

    /// Runs every step in `arena`, which holds the inputs before and the outputs after.
    ///
    /// # Errors
    /// [`RunError::Arena`] where the arena does not fit; [`RunError::Step`] where a kernel refuses.
    pub fn run(&self, arena: &mut Arena) -> Result<(), RunError> {
        self.trace(arena, |_| ())
    }

    /// Runs like [`Self::run`] and hands out what each step computed.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub fn trace(&self, arena: &mut Arena, mut seen: impl FnMut(Traced<'_>)) -> Result<(), RunError> {
        let Arena { values, scratch } = arena;
        for (found, needed) in [(values.len(), self.arena_len()), (scratch.len(), self.scratch)] {
            if found < needed {
                return Err(RunError::Arena { found, needed });
            }
        }
        let steps = self.steps.iter().zip(&self.parts).zip(&self.draft.steps);
        for (number, ((ready, parts), step)) in steps.enumerate() {
            execute(ready, parts, values, scratch, &self.constants).map_err(|error| RunError::Step {
                step: number,
                operator: step.operator.name(),
                name: step.name.clone(),
                what: error.to_string(),
            })?;
            let sizes = self.draft.value(step.output).and_then(|value| value.shape.at(self.length));
            if let (Some(sizes), Some(output)) = (sizes, values.get_mut(ready.output.start..ready.output.end)) {
                seen(Traced { step: number, name: &step.name, operator: &step.operator, sizes, output });
            }
        }
        Ok(())
    }

    /// Where an input lies in the arena, to be written before a run.
    ///
    /// # Errors
    /// [`RunError::NoPort`] where there is no such input, [`RunError::Arena`] where the arena does not fit.
    pub fn input_mut<'a>(&self, arena: &'a mut Arena, index: usize) -> Result<&'a mut [f32], RunError> {
        let (start, end) = self.port(&self.draft.inputs, "input", index)?;
        let found = arena.values.len();
        arena.values.get_mut(start..end).ok_or(RunError::Arena { found, needed: self.arena_len() })
    }

    /// Where an output lies in the arena, to be read after a run.
    ///
    /// # Errors
    /// [`RunError::NoPort`] where there is no such output, [`RunError::Arena`] where the arena does not fit.
    pub fn output<'a>(&self, arena: &'a Arena, index: usize) -> Result<&'a [f32], RunError> {
        let (start, end) = self.port(&self.draft.outputs, "output", index)?;
        arena.values.get(start..end).ok_or(RunError::Arena { found: arena.values.len(), needed: self.arena_len() })
    }

    fn port(&self, ports: &[Port], what: &'static str, index: usize) -> Result<(usize, usize), RunError> {
        let value = ports.get(index).ok_or(RunError::NoPort { what, index })?.value;
        place(&self.draft, value as usize, self.length).ok_or(RunError::NoPort { what, index })
    }
}

/// Asks for all memory of the weights at once and gives it back, for the allocations that follow: a model that does not fit is then an
/// error, where a failed allocation further on would end the page's module.
fn reserve(elements: usize) -> Result<(), RunError> {
    let mut all = Vec::<f32>::new();
    all.try_reserve_exact(elements).map_err(|_| RunError::Memory { bytes: elements.saturating_mul(size_of::<f32>()) })
}

fn without_weights(draft: &Draft<'_>) -> Draft<'static> {
    Draft {
        name: draft.name.clone(),
        length: draft.length.clone(),
        arena: draft.arena,
        inputs: draft.inputs.clone(),
        outputs: draft.outputs.clone(),
        values: draft.values.clone(),
        constants: draft.constants.clone(),
        steps: draft.steps.clone(),
        weights: Cow::Borrowed(&[]),
    }
}
