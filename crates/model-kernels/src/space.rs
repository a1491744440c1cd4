//! Depth to space and back: channels become pixels, pixels become channels.

use crate::copy::copy;
use crate::error::{KernelError, expect, expect_length};
use crate::image::Image;

/// Output channel `c` of pixel `(y, x)` is input channel `((y % block) * block + x % block) * depth + c` of pixel
/// `(y / block, x / block)` (TFLite; ONNX's `DCR`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DepthToSpace {
    /// Extent of the input; its channels are a multiple of `block * block`.
    pub input: Image,
    /// Side of the block that a pixel becomes.
    pub block: usize,
}

/// The opposite of `DepthToSpace`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpaceToDepth {
    /// Extent of the input; its sides are multiples of `block`.
    pub input: Image,
    /// Side of the block that becomes a pixel.
    pub block: usize,
}

impl DepthToSpace {
    /// Runs.
    pub fn run(&self, input: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        const NAME: &str = "depth to space";
        let square = self.block.saturating_mul(self.block);
        expect(NAME, square > 0 && !self.input.is_empty(), "pictures and block must not be empty")?;
        expect(NAME, self.input.channels.is_multiple_of(square), "channels must be a multiple of the block's square")?;
        expect_length(NAME, "input", input, self.input.len())?;
        expect_length(NAME, "output", output, self.input.len())?;
        let (wide, run) = (self.input.width * self.block, self.input.channels / self.block);
        // A run of `block * depth` channels is one row of the block, side by side in the output too.
        for (index, from) in input.chunks_exact(run).enumerate() {
            let (pixel, row) = (index / self.block, index % self.block);
            let (y, x) = (pixel / self.input.width, pixel % self.input.width);
            let at = (y * self.block + row) * wide * (run / self.block) + x * run;
            copy(from, &mut output[at..][..run]);
        }
        Ok(())
    }
}

impl SpaceToDepth {
    /// Runs.
    pub fn run(&self, input: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        const NAME: &str = "space to depth";
        expect(NAME, self.block > 0 && !self.input.is_empty(), "pictures and block must not be empty")?;
        let whole = self.input.height.is_multiple_of(self.block) && self.input.width.is_multiple_of(self.block);
        expect(NAME, whole, "sides must be multiples of the block")?;
        expect_length(NAME, "input", input, self.input.len())?;
        expect_length(NAME, "output", output, self.input.len())?;
        let (narrow, run) = (self.input.width / self.block, self.input.channels * self.block);
        for (index, from) in input.chunks_exact(run).enumerate() {
            let (line, x) = (index / narrow, index % narrow);
            let (y, row) = (line / self.block, line % self.block);
            let at = ((y * narrow + x) * self.block + row) * run;
            copy(from, &mut output[at..][..run]);
        }
        Ok(())
    }
}
