//! Depthwise convolution: each channel has a window of its own.

use crate::epilogue::{Epilogue, Operands};
use crate::error::{KernelError, expect, expect_length};
use crate::image::{Image, LIMIT, Window, taps_inside};

const NAME: &str = "depthwise convolution";

/// A convolution in which output channel `c` sees input channel `c` alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Depthwise {
    /// Extent of the input.
    pub input: Image,
    /// Extent of the output, with as many channels.
    pub output: Image,
    /// What slides.
    pub window: Window,
    /// What happens to the sums.
    pub epilogue: Epilogue,
}

impl Depthwise {
    /// Packs weights laid out as `[kernel height][kernel width][channels]`.
    pub fn pack(&self, weights: &[f32]) -> Result<Vec<f32>, KernelError> {
        self.check()?;
        expect_length(NAME, "weights", weights, self.weights())?;
        Ok(weights.to_vec())
    }

    /// Numbers in the packed weights.
    pub fn packed_len(&self) -> usize {
        self.weights()
    }

    fn weights(&self) -> usize {
        self.window.taps().saturating_mul(self.input.channels)
    }

    fn check(&self) -> Result<(), KernelError> {
        self.window.check(NAME, &self.input, &self.output)?;
        expect(NAME, self.input.channels == self.output.channels, "input and output have the same channels")?;
        expect(NAME, self.weights() < LIMIT, "weights must be below 2^28 numbers")
    }

    /// Runs.
    pub fn run(
        &self,
        packed: &[f32],
        operands: &Operands<'_>,
        input: &[f32],
        output: &mut [f32],
    ) -> Result<(), KernelError> {
        self.check()?;
        expect_length(NAME, "packed weights", packed, self.packed_len())?;
        expect_length(NAME, "input", input, self.input.len())?;
        expect_length(NAME, "output", output, self.output.len())?;
        self.epilogue.check(NAME, operands, self.output.pixels(), self.output.channels)?;
        let Window { kernel, stride, pad, dilation } = self.window;
        let depth = self.input.channels;
        for (pixel, to) in output.chunks_exact_mut(depth).enumerate() {
            let (y, x) = (pixel / self.output.width, pixel % self.output.width);
            let rows = taps_inside(y, kernel.0, stride.0, pad.0, dilation.0, self.input.height);
            let columns = taps_inside(x, kernel.1, stride.1, pad.1, dilation.1, self.input.width);
            for (channel, to) in to.iter_mut().enumerate() {
                let mut sum = 0.0;
                for row in rows.clone() {
                    for column in columns.clone() {
                        let at = (y * stride.0 + row * dilation.0 - pad.0) * self.input.width
                            + (x * stride.1 + column * dilation.1 - pad.1);
                        sum += input[at * depth + channel] * packed[(row * kernel.1 + column) * depth + channel];
                    }
                }
                *to = self.epilogue.finish(operands, sum, pixel, channel);
            }
        }
        Ok(())
    }
}
