//! The memory that a run works in; models that never run at the same time can share one.

use vitrine_model_kernels::bytes_of;

use crate::error::RunError;
use crate::plan::arena_of;
use crate::program::Program;

/// Room for all values of a run, and for what kernels need on the side.
#[derive(Debug, Default)]
pub struct Arena {
    pub(crate) values: Vec<f32>,
    pub(crate) scratch: Vec<f32>,
}

impl Arena {
    /// Makes the arena large enough for a program. What earlier runs left in it may be lost.
    ///
    /// # Errors
    /// [`RunError::Memory`] where there is not enough.
    pub fn fit(&mut self, program: &Program) -> Result<(), RunError> {
        grow(&mut self.values, program.arena_len())?;
        grow(&mut self.scratch, program.scratch_len())
    }

    /// The arena's memory as a place for a plan's file of `length` bytes until the plan is loaded: memory that is used for
    /// the first time costs more than what is written there. `start` is how the file begins, where the arena's size is
    /// found; where it cannot be, the arena may have to be moved later.
    ///
    /// # Errors
    /// [`RunError::Memory`] where there is not enough.
    pub fn hold(&mut self, length: usize, start: &[u8]) -> Result<&mut [u8], RunError> {
        let elements = arena_of(start).unwrap_or(0).max(length.div_ceil(size_of::<f32>()));
        grow(&mut self.values, elements)?;
        let (file, _) = bytes_of(&mut self.values).split_at_mut_checked(length).unwrap_or_default();
        Ok(file)
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        (self.values.len() + self.scratch.len()) * size_of::<f32>()
    }
}

fn grow(memory: &mut Vec<f32>, elements: usize) -> Result<(), RunError> {
    let more = elements.saturating_sub(memory.len());
    memory
        .try_reserve_exact(more)
        .map_err(|_| RunError::Memory { bytes: elements.saturating_mul(size_of::<f32>()) })?;
    if more > 0 {
        memory.resize(elements, 0.0);
    }
    Ok(())
}
