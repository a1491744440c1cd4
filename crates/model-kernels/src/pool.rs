//! Pooling: the greatest or the mean of a window, and the mean of a whole picture.

use crate::error::{KernelError, expect, expect_length};
use crate::image::{Image, Window, taps_inside};
use crate::lanes::{F32x4, LANES};
use crate::reduce::fold_lines;

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
        for (y, to) in output.chunks_exact_mut(self.output.width * self.output.channels).enumerate() {
            self.row(y, input, to);
        }
        Ok(())
    }

    /// Row `y` of a checked call.
    #[inline(never)]
    fn row(&self, y: usize, input: &[f32], output: &mut [f32]) {
        let Window { kernel, stride, pad, dilation } = self.window;
        let depth = self.input.channels;
        let rows = taps_inside(y, kernel.0, stride.0, pad.0, dilation.0, self.input.height);
        let top = (y * stride.0 + rows.start * dilation.0).saturating_sub(pad.0);
        for (x, to) in output.chunks_exact_mut(depth).enumerate() {
            let columns = taps_inside(x, kernel.1, stride.1, pad.1, dilation.1, self.input.width);
            let count = match self.kind {
                PoolKind::AverageWithPadding => self.window.taps(),
                _ => rows.len() * columns.len(),
            };
            let left = (x * stride.1 + columns.start * dilation.1).saturating_sub(pad.1);
            let seen = Seen {
                from: input.as_ptr().wrapping_add((top * self.input.width + left) * depth),
                rows: rows.len(),
                row_step: dilation.0 * self.input.width * depth,
                columns: columns.len(),
                column_step: dilation.1 * depth,
            };
            // SAFETY: these rows and columns lie inside the input, whose length was checked.
            unsafe {
                if self.kind == PoolKind::Max {
                    seen.each(to, F32x4::splat(f32::NEG_INFINITY), F32x4::max, |greatest| greatest);
                } else {
                    let share = F32x4::splat(1.0 / count.max(1) as f32);
                    seen.each(to, F32x4::zero(), F32x4::add, |sum| sum.mul(share));
                }
            }
        }
    }
}

/// What a window sees of the input.
struct Seen {
    from: *const f32,
    rows: usize,
    row_step: usize,
    columns: usize,
    column_step: usize,
}

impl Seen {
    /// Reduces every channel to one number.
    /// # Safety
    /// The rows and columns must be readable for as many channels as `to` has.
    #[allow(clippy::inline_always, reason = "one loop per kind")]
    #[inline(always)]
    unsafe fn each(
        &self,
        to: &mut [f32],
        start: F32x4,
        join: impl Fn(F32x4, F32x4) -> F32x4,
        finish: impl Fn(F32x4) -> F32x4,
    ) {
        let depth = to.len();
        for channel in (0..depth).step_by(LANES) {
            let count = (depth - channel).min(LANES);
            let mut value = start;
            // SAFETY: promised by the caller; no more than `count` channels are touched.
            unsafe {
                for row in 0..self.rows {
                    let mut from = self.from.add(row * self.row_step + channel);
                    for _ in 0..self.columns {
                        let input = if count == LANES { F32x4::load(from) } else { F32x4::load_part(from, count) };
                        value = join(value, input);
                        from = from.wrapping_add(self.column_step);
                    }
                }
                let to = to.as_mut_ptr().add(channel);
                if count == LANES { finish(value).store(to) } else { finish(value).store_part(to, count) }
            }
        }
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
        fold_lines(input, output, |a, b| a + b, F32x4::add);
        let share = 1.0 / self.input.pixels() as f32;
        output.iter_mut().for_each(|to| *to *= share);
        Ok(())
    }
}
