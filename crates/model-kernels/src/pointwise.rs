//! Pointwise (1x1) convolution, which is also the product of a matrix with constant weights.

use crate::epilogue::{Epilogue, Operands};
use crate::error::{KernelError, expect, expect_length};
use crate::finish::{Finish, after};
use crate::image::LIMIT;
use crate::panels;
use crate::product::{Pixels, Walk, Weights, product};

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
        Ok(panels::pack(self.outputs, self.inputs, weights))
    }

    /// Numbers in the packed weights.
    pub fn packed_len(&self) -> usize {
        panels::packed_len(self.outputs, self.inputs)
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
        let finish = Finish::new(&self.epilogue, operands);
        let weights =
            Weights { panels: packed.as_ptr(), depth: self.inputs, skip: 0, outputs: self.outputs, finish: &finish };
        let pixels = Pixels {
            from: input.as_ptr(),
            from_step: self.inputs,
            to: output.as_mut_ptr(),
            to_step: self.outputs,
            place: 0,
            place_step: 1,
            count: self.rows,
        };
        // SAFETY: the lengths of packed weights, operands, input and output were checked above.
        unsafe { product(&Walk::straight(self.inputs), &pixels, &weights) };
        after(&self.epilogue, operands, output, self.outputs);
        Ok(())
    }
}
