//! Pointwise (1x1) convolution, which is also the product of a matrix with constant weights.

use crate::epilogue::{Epilogue, Operands};
use crate::error::{KernelError, expect, expect_length};
use crate::image::LIMIT;

const NAME: &str = "pointwise convolution";

/// `output[row][o] = epilogue(sum over i of input[row][i] * weights[o][i])`; a row is a pixel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pointwise {
    /// Pixels.
    pub rows: usize,
    /// Channels in.
    pub inputs: usize,
    /// Channels out.
    pub outputs: usize,
    /// What happens to the sums.
    pub epilogue: Epilogue,
}

impl Pointwise {
    /// Packs weights laid out as `[outputs][inputs]`.
    pub fn pack(&self, weights: &[f32]) -> Result<Vec<f32>, KernelError> {
        self.check()?;
        expect_length(NAME, "weights", weights, self.inputs * self.outputs)?;
        Ok(weights.to_vec())
    }

    /// Numbers in the packed weights.
    pub fn packed_len(&self) -> usize {
        self.inputs.saturating_mul(self.outputs)
    }

    fn check(&self) -> Result<(), KernelError> {
        let small = self.rows < LIMIT && self.inputs < LIMIT && self.outputs < LIMIT;
        expect(NAME, small && self.inputs > 0 && self.outputs > 0, "sides must be from 1 to 2^28")?;
        expect(NAME, self.packed_len() < LIMIT, "weights must be below 2^28 numbers")
    }

    /// Runs on `rows x inputs` into `rows x outputs`.
    pub fn run(
        &self,
        packed: &[f32],
        operands: &Operands<'_>,
        input: &[f32],
        output: &mut [f32],
    ) -> Result<(), KernelError> {
        self.check()?;
        expect_length(NAME, "packed weights", packed, self.packed_len())?;
        expect_length(NAME, "input", input, self.rows.saturating_mul(self.inputs))?;
        expect_length(NAME, "output", output, self.rows.saturating_mul(self.outputs))?;
        self.epilogue.check(NAME, operands, self.rows, self.outputs)?;
        for (row, (from, to)) in input.chunks_exact(self.inputs).zip(output.chunks_exact_mut(self.outputs)).enumerate()
        {
            for (channel, (to, weights)) in to.iter_mut().zip(packed.chunks_exact(self.inputs)).enumerate() {
                let sum = from.iter().zip(weights).map(|(x, w)| x * w).sum();
                *to = self.epilogue.finish(operands, sum, row, channel);
            }
        }
        Ok(())
    }
}
