//! Convolution with any window.

use crate::epilogue::{Epilogue, Operands};
use crate::error::{KernelError, expect, expect_length};
use crate::image::{Image, LIMIT, Window, taps_inside};

const NAME: &str = "convolution";

/// A convolution in which every output channel sees every input channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conv {
    /// Extent of the input.
    pub input: Image,
    /// Extent of the output.
    pub output: Image,
    /// What slides.
    pub window: Window,
    /// What happens to the sums.
    pub epilogue: Epilogue,
}

impl Conv {
    /// Packs weights laid out as `[outputs][kernel height][kernel width][inputs]`.
    pub fn pack(&self, weights: &[f32]) -> Result<Vec<f32>, KernelError> {
        self.check()?;
        expect_length(NAME, "weights", weights, self.weights())?;
        Ok(weights.to_vec())
    }

    /// Numbers in the packed weights.
    pub fn packed_len(&self) -> usize {
        self.weights()
    }

    /// Numbers of scratch memory that `run` needs.
    pub fn scratch_len(&self) -> usize {
        0
    }

    fn weights(&self) -> usize {
        self.window.taps().saturating_mul(self.input.channels).saturating_mul(self.output.channels)
    }

    fn check(&self) -> Result<(), KernelError> {
        self.window.check(NAME, &self.input, &self.output)?;
        expect(NAME, self.weights() < LIMIT, "weights must be below 2^28 numbers")
    }

    /// Runs; `scratch` may hold anything and is left holding anything.
    pub fn run(
        &self,
        packed: &[f32],
        operands: &Operands<'_>,
        input: &[f32],
        output: &mut [f32],
        scratch: &mut [f32],
    ) -> Result<(), KernelError> {
        self.check()?;
        expect_length(NAME, "packed weights", packed, self.packed_len())?;
        expect_length(NAME, "input", input, self.input.len())?;
        expect_length(NAME, "output", output, self.output.len())?;
        expect_length(NAME, "scratch", scratch, self.scratch_len())?;
        self.epilogue.check(NAME, operands, self.output.pixels(), self.output.channels)?;
        let Window { kernel, stride, pad, dilation } = self.window;
        let depth = self.input.channels;
        for (pixel, to) in output.chunks_exact_mut(self.output.channels).enumerate() {
            let (y, x) = (pixel / self.output.width, pixel % self.output.width);
            let rows = taps_inside(y, kernel.0, stride.0, pad.0, dilation.0, self.input.height);
            let columns = taps_inside(x, kernel.1, stride.1, pad.1, dilation.1, self.input.width);
            for (channel, to) in to.iter_mut().enumerate() {
                let mut sum = 0.0;
                for row in rows.clone() {
                    for column in columns.clone() {
                        let at = (y * stride.0 + row * dilation.0 - pad.0) * self.input.width
                            + (x * stride.1 + column * dilation.1 - pad.1);
                        let tap = (channel * kernel.0 + row) * kernel.1 + column;
                        let weights = &packed[tap * depth..][..depth];
                        sum += input[at * depth..][..depth].iter().zip(weights).map(|(x, w)| x * w).sum::<f32>();
                    }
                }
                *to = self.epilogue.finish(operands, sum, pixel, channel);
            }
        }
        Ok(())
    }
}
