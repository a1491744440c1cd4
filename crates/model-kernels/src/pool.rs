//! Pooling: the greatest or the mean of a window, and the mean of a whole picture.

use crate::error::{KernelError, expect, expect_length};
use crate::image::{Image, Window, taps_inside};

const NAME: &str = "pooling";

/// What a window is reduced to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolKind {
    /// The greatest.
    Max,
    /// The mean of what lies inside the picture.
    Average,
    /// The mean over all taps, padding counted as zero.
    AverageWithPadding,
}

/// Reduces each window, channel by channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// Extent of the input.
    pub input: Image,
    /// Extent of the output, with as many channels.
    pub output: Image,
    /// What slides.
    pub window: Window,
    /// What a window is reduced to.
    pub kind: PoolKind,
}

impl Pool {
    /// Runs.
    pub fn run(&self, input: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        self.window.check(NAME, &self.input, &self.output)?;
        expect(NAME, self.input.channels == self.output.channels, "input and output have the same channels")?;
        expect_length(NAME, "input", input, self.input.len())?;
        expect_length(NAME, "output", output, self.output.len())?;
        let Window { kernel, stride, pad, dilation } = self.window;
        let depth = self.input.channels;
        for (pixel, to) in output.chunks_exact_mut(depth).enumerate() {
            let (y, x) = (pixel / self.output.width, pixel % self.output.width);
            let rows = taps_inside(y, kernel.0, stride.0, pad.0, dilation.0, self.input.height);
            let columns = taps_inside(x, kernel.1, stride.1, pad.1, dilation.1, self.input.width);
            let count = match self.kind {
                PoolKind::AverageWithPadding => self.window.taps(),
                _ => rows.len() * columns.len(),
            };
            to.fill(if self.kind == PoolKind::Max { f32::NEG_INFINITY } else { 0.0 });
            for row in rows {
                for column in columns.clone() {
                    let at = (y * stride.0 + row * dilation.0 - pad.0) * self.input.width
                        + (x * stride.1 + column * dilation.1 - pad.1);
                    let pairs = to.iter_mut().zip(&input[at * depth..][..depth]);
                    // A comparison is one instruction where `f32::max`, which cares for NaN, is many.
                    if self.kind == PoolKind::Max {
                        pairs.for_each(|(to, from)| *to = if *to < *from { *from } else { *to });
                    } else {
                        pairs.for_each(|(to, from)| *to += from);
                    }
                }
            }
            if self.kind != PoolKind::Max {
                let share = 1.0 / count.max(1) as f32;
                to.iter_mut().for_each(|to| *to *= share);
            }
        }
        Ok(())
    }
}

/// The mean of each channel over the whole picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GlobalAverage {
    /// Extent of the input.
    pub input: Image,
}

impl GlobalAverage {
    /// Runs; the output has one number per channel.
    pub fn run(&self, input: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        expect(NAME, !self.input.is_empty(), "pictures must not be empty")?;
        expect_length(NAME, "input", input, self.input.len())?;
        expect_length(NAME, "output", output, self.input.channels)?;
        output.fill(0.0);
        for pixel in input.chunks_exact(self.input.channels) {
            for (to, from) in output.iter_mut().zip(pixel) {
                *to += from;
            }
        }
        let share = 1.0 / self.input.pixels() as f32;
        output.iter_mut().for_each(|to| *to *= share);
        Ok(())
    }
}
