//! Depthwise convolution: each channel has a window of its own.

use crate::depthwise_rows::Task;
use crate::epilogue::{Epilogue, Operands};
use crate::error::{KernelError, expect, expect_length};
use crate::finish::{Finish, after};
use crate::image::{Image, LIMIT, Window};

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
        let finish = Finish::new(&self.epilogue, operands);
        let task = Task { shape: self, weights: packed, finish: &finish, input, output: output.as_mut_ptr() };
        // SAFETY: the lengths of weights, operands, input and output were checked above.
        unsafe {
            match (self.window.kernel.1, self.window.stride.1, self.window.dilation) {
                (3, 1, (1, 1)) => match best(self.window.inside(self.input.width, self.output.width).len(), &[8, 6]) {
                    8 => task.rows::<3, 1, 8, 10>(),
                    6 => task.rows::<3, 1, 6, 8>(),
                    _ => task.rows::<3, 1, 4, 6>(),
                },
                (3, 2, (1, 1)) => task.rows::<3, 2, 4, 9>(),
                (5, 1, (1, 1)) => task.rows::<5, 1, 4, 8>(),
                (5, 2, (1, 1)) => task.rows::<5, 2, 4, 11>(),
                _ => task.any_rows(),
            }
        }
        after(&self.epilogue, operands, output, self.output.channels);
        Ok(())
    }
}

/// Of several block lengths the one that covers `count` outputs with the least waste, the first where equal; 0 where none
/// fits.
fn best(count: usize, lengths: &[usize]) -> usize {
    let fitting = lengths.iter().filter(|length| **length <= count);
    fitting.min_by_key(|length| count.div_ceil(**length) * **length).copied().unwrap_or(0)
}
