//! A program with an arena of its own: the simple way to run one model.

use crate::arena::Arena;
use crate::error::RunError;
use crate::plan::{Draft, Plan};
use crate::program::{Program, Traced};

/// A model ready to run.
#[derive(Debug)]
pub struct Model {
    program: Program,
    arena: Arena,
}

impl Model {
    /// Loads a plan and makes its arena.
    ///
    /// # Errors
    /// [`RunError::Memory`] where there is not enough; [`RunError::Step`] where a kernel refuses.
    pub fn load(plan: &Plan<'_>) -> Result<Self, RunError> {
        Self::new(Program::load(plan)?, Arena::default())
    }

    /// A program in an arena of its own, which is made to fit.
    ///
    /// # Errors
    /// [`RunError::Memory`] where there is not enough.
    pub fn new(program: Program, mut arena: Arena) -> Result<Self, RunError> {
        arena.fit(&program)?;
        Ok(Self { program, arena })
    }

    /// Names, shapes and value ranges of inputs and outputs, and the steps.
    #[must_use]
    pub fn plan(&self) -> &Draft<'static> {
        self.program.plan()
    }

    /// Sets the length of the next runs, such as the number of tokens. What inputs hold is then undefined.
    ///
    /// # Errors
    /// [`RunError::Length`] where the plan was not made for it.
    pub fn set_length(&mut self, length: u32) -> Result<(), RunError> {
        self.program.set_length(length)
    }

    /// An input, to be written before each run: its place may serve other values during the run.
    ///
    /// # Errors
    /// [`RunError::NoPort`] where there is no such input.
    pub fn input_mut(&mut self, index: usize) -> Result<&mut [f32], RunError> {
        self.program.input_mut(&mut self.arena, index)
    }

    /// Runs all steps.
    ///
    /// # Errors
    /// [`RunError::Step`] where a kernel refuses, which a checked plan does not lead to.
    pub fn run(&mut self) -> Result<(), RunError> {
        self.program.run(&mut self.arena)
    }

    /// Runs like [`Self::run`] and hands out what each step computed.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub fn trace(&mut self, seen: impl FnMut(Traced<'_>)) -> Result<(), RunError> {
        self.program.trace(&mut self.arena, seen)
    }

    /// An output, to be read after a run.
    ///
    /// # Errors
    /// [`RunError::NoPort`] where there is no such output.
    pub fn output(&self, index: usize) -> Result<&[f32], RunError> {
        self.program.output(&self.arena, index)
    }

    /// Bytes of the arena.
    #[must_use]
    pub fn arena_bytes(&self) -> usize {
        self.arena.bytes()
    }
}
