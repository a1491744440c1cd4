//! What every layer with constant weights checks before it reads or writes a number, by one rule for all of them.

use crate::epilogue::{Epilogue, Operands};
use crate::error::{KernelError, expect, expect_length};
use crate::image::LIMIT;

/// The lengths that a layer's shapes ask for. A layer makes it once its own shapes are checked.
pub(crate) struct Layer<'a> {
    /// The kernel, for messages.
    pub(crate) name: &'static str,
    /// What happens to the sums.
    pub(crate) epilogue: &'a Epilogue,
    /// Numbers in the weights as the plan has them.
    pub(crate) weights: usize,
    /// Numbers in the packed weights.
    pub(crate) packed: usize,
    /// Numbers in the input.
    pub(crate) input: usize,
    /// Pixels of the output.
    pub(crate) pixels: usize,
    /// Channels of the output.
    pub(crate) channels: usize,
    /// Numbers of scratch memory.
    pub(crate) scratch: usize,
}

impl Layer<'_> {
    /// Checks what `pack` is given.
    pub(crate) fn check_weights(&self, weights: &[f32]) -> Result<(), KernelError> {
        self.check_size()?;
        expect_length(self.name, "weights", weights, self.weights)
    }

    /// Checks what `pack_halves` is given.
    pub(crate) fn check_halves(&self, halves: &[u8]) -> Result<(), KernelError> {
        self.check_size()?;
        expect_length(self.name, "bytes of weights", halves, self.weights.saturating_mul(2))
    }

    /// Checks what `run` is given.
    pub(crate) fn check_run(
        &self,
        packed: &[f32],
        operands: &Operands<'_>,
        input: &[f32],
        output: &[f32],
        scratch: &[f32],
    ) -> Result<(), KernelError> {
        self.check_size()?;
        expect_length(self.name, "packed weights", packed, self.packed)?;
        expect_length(self.name, "input", input, self.input)?;
        expect_length(self.name, "output", output, self.pixels.saturating_mul(self.channels))?;
        expect_length(self.name, "scratch", scratch, self.scratch)?;
        self.epilogue.check(self.name, operands, self.pixels, self.channels)
    }

    /// Packed weights are what is allocated, and may be more than the weights: channels fill panels.
    fn check_size(&self) -> Result<(), KernelError> {
        expect(self.name, self.weights.max(self.packed) < LIMIT, "weights must be below 2^28 numbers")
    }
}
