//! Transposed convolution: what enlarges a picture in a decoder.

use crate::copy::copy;
use crate::epilogue::{Epilogue, Operands, Residual};
use crate::error::{KernelError, expect, expect_length};
use crate::finish::{Finish, after};
use crate::image::{Image, LIMIT, Window};
use crate::panels;
use crate::product::{Pixels, Walk, Weights, product};

const NAME: &str = "transposed convolution";

/// Input pixel `(y, x)` adds to the outputs `(y * stride + tap - pad)`: the convolution of `window` run backwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TransposedConv {
    /// Extent of the input, the smaller picture.
    pub input: Image,
    /// Extent of the output, the larger one.
    pub output: Image,
    /// What slides over the output; not dilated.
    pub window: Window,
    /// What happens to the sums.
    pub epilogue: Epilogue,
}

impl TransposedConv {
    /// Packs weights laid out as `[outputs][kernel height][kernel width][inputs]`.
    pub fn pack(&self, weights: &[f32]) -> Result<Vec<f32>, KernelError> {
        self.check()?;
        expect_length(NAME, "weights", weights, self.weights())?;
        if !self.is_tiling() {
            return Ok(weights.to_vec());
        }
        // Per row of the window a matrix of its own, whose outputs are the channels of that row's pixels side by side.
        let Window { kernel, .. } = self.window;
        let depth = self.input.channels;
        let mut packed = Vec::with_capacity(self.packed_len());
        for row in 0..kernel.0 {
            let mut side_by_side = Vec::with_capacity(self.across() * depth);
            for column in 0..kernel.1 {
                for channel in 0..self.output.channels {
                    let tap = (channel * kernel.0 + row) * kernel.1 + column;
                    side_by_side.extend_from_slice(&weights[tap * depth..][..depth]);
                }
            }
            packed.extend(panels::pack(self.across(), depth, &side_by_side));
        }
        Ok(packed)
    }

    /// Numbers in the packed weights.
    pub fn packed_len(&self) -> usize {
        if self.is_tiling() {
            panels::packed_len(self.across(), self.input.channels).saturating_mul(self.window.kernel.0)
        } else {
            self.weights()
        }
    }

    /// Numbers of scratch memory that `run` needs.
    pub fn scratch_len(&self) -> usize {
        if self.is_tiling() { self.across().saturating_mul(2) } else { 0 }
    }

    /// Does every input pixel become a rectangle of its own? Then each row of rectangles is a matrix product.
    fn is_tiling(&self) -> bool {
        let Window { kernel, stride, pad, .. } = self.window;
        kernel == stride
            && pad == (0, 0)
            && self.input.height.saturating_mul(kernel.0) == self.output.height
            && self.input.width.saturating_mul(kernel.1) == self.output.width
            && self.epilogue.residual == Residual::None
    }

    /// Outputs of an input pixel in one row.
    fn across(&self) -> usize {
        self.window.kernel.1.saturating_mul(self.output.channels)
    }

    fn weights(&self) -> usize {
        self.window.taps().saturating_mul(self.input.channels).saturating_mul(self.output.channels)
    }

    fn check(&self) -> Result<(), KernelError> {
        // Seen from the larger picture it is an ordinary convolution.
        self.window.check(NAME, &self.output, &self.input)?;
        expect(NAME, self.window.dilation == (1, 1), "the window must not be dilated")?;
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
        if self.is_tiling() {
            self.run_tiling(packed, operands, input, output, scratch);
            return Ok(());
        }
        let Window { kernel, stride, pad, .. } = self.window;
        let depth = self.input.channels;
        for (pixel, to) in output.chunks_exact_mut(self.output.channels).enumerate() {
            let (y, x) = (pixel / self.output.width, pixel % self.output.width);
            for (channel, to) in to.iter_mut().enumerate() {
                let mut sum = 0.0;
                for (row, from_y) in sources(y + pad.0, kernel.0, stride.0, self.input.height) {
                    for (column, from_x) in sources(x + pad.1, kernel.1, stride.1, self.input.width) {
                        let tap = (channel * kernel.0 + row) * kernel.1 + column;
                        let from = &input[(from_y * self.input.width + from_x) * depth..][..depth];
                        sum += from.iter().zip(&packed[tap * depth..][..depth]).map(|(x, w)| x * w).sum::<f32>();
                    }
                }
                *to = self.epilogue.finish(operands, sum, pixel, channel);
            }
        }
        Ok(())
    }

    /// All lengths must have been checked.
    fn run_tiling(
        &self,
        packed: &[f32],
        operands: &Operands<'_>,
        input: &[f32],
        output: &mut [f32],
        scratch: &mut [f32],
    ) {
        let (across, depth) = (self.across(), self.input.channels);
        // Bias and slopes once per pixel of a rectangle's row.
        let repeat = |from: &[f32], to: &mut [f32]| {
            if !from.is_empty() {
                to.chunks_exact_mut(from.len()).for_each(|to| copy(from, to));
            }
            if from.is_empty() { 0 } else { across }
        };
        let (bias, slopes) = scratch.split_at_mut(across);
        let (biases, all_slopes) = (repeat(operands.bias, bias), repeat(operands.slopes, slopes));
        let repeated = Operands { bias: &bias[..biases], slopes: &slopes[..all_slopes], residual: &[] };
        let finish = Finish::new(&self.epilogue, &repeated);
        let rows = self.window.kernel.0;
        let panels = packed.len() / rows;
        for (line, to) in output.chunks_exact_mut(self.output.width * self.output.channels).enumerate() {
            let (y, row) = (line / rows, line % rows);
            let weights =
                Weights { panels: packed[row * panels..].as_ptr(), depth, skip: 0, outputs: across, finish: &finish };
            let pixels = Pixels {
                from: input[y * self.input.width * depth..].as_ptr(),
                from_step: depth,
                to: to.as_mut_ptr(),
                to_step: across,
                place: 0,
                place_step: 1,
                count: self.input.width,
            };
            // SAFETY: a row of input and one of output, `across` numbers for each of its pixels.
            unsafe { product(&Walk::straight(depth), &pixels, &weights) };
        }
        after(&self.epilogue, &repeated, output, self.output.channels);
    }
}

/// The pairs (tap, input position) that reach the padded output position `at`.
fn sources(at: usize, taps: usize, stride: usize, size: usize) -> impl Iterator<Item = (usize, usize)> {
    (at % stride..taps)
        .step_by(stride)
        .filter_map(move |tap| at.checked_sub(tap).map(|from| (tap, from / stride)))
        .filter(move |(_, from)| *from < size)
}
