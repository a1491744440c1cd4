//! Transposed convolution: what enlarges a picture in a decoder.

use crate::epilogue::{Epilogue, Operands, Residual};
use crate::error::{KernelError, expect};
use crate::image::{Image, Window};
use crate::layer::Layer;
use crate::transposed_tiles as tiles;

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
        self.layer()?.check_weights(weights)?;
        if !self.is_tiling() {
            return Ok(weights.to_vec());
        }
        Ok(tiles::pack(self, weights))
    }

    /// Numbers in the packed weights.
    pub fn packed_len(&self) -> usize {
        if self.is_tiling() { tiles::packed_len(self) } else { self.weights() }
    }

    /// Numbers of scratch memory that `run` needs.
    pub fn scratch_len(&self) -> usize {
        if self.is_tiling() { tiles::scratch_len(self) } else { 0 }
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

    fn weights(&self) -> usize {
        self.window.taps().saturating_mul(self.input.channels).saturating_mul(self.output.channels)
    }

    /// What it needs, once its shapes are checked.
    fn layer(&self) -> Result<Layer<'_>, KernelError> {
        // Seen from the larger picture it is an ordinary convolution.
        self.window.check(NAME, &self.output, &self.input)?;
        expect(NAME, self.window.dilation == (1, 1), "the window must not be dilated")?;
        Ok(Layer {
            name: NAME,
            epilogue: &self.epilogue,
            weights: self.weights(),
            packed: self.packed_len(),
            input: self.input.len(),
            pixels: self.output.pixels(),
            channels: self.output.channels,
            scratch: self.scratch_len(),
        })
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
        self.layer()?.check_run(packed, operands, input, output, scratch)?;
        if self.is_tiling() {
            tiles::run(self, packed, operands, input, output, scratch);
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
}

/// The pairs (tap, input position) that reach the padded output position `at`.
fn sources(at: usize, taps: usize, stride: usize, size: usize) -> impl Iterator<Item = (usize, usize)> {
    (at % stride..taps)
        .step_by(stride)
        .filter_map(move |tap| at.checked_sub(tap).map(|from| (tap, from / stride)))
        .filter(move |(_, from)| *from < size)
}
