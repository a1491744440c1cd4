//! Depthwise convolution: each channel has a window of its own.

use core::ops::Range;

use crate::depthwise_lines::{Line, covers, lines_kept};
use crate::depthwise_rows::Task;
use crate::epilogue::{Epilogue, Operands};
use crate::error::{KernelError, expect};
use crate::finish::{Finish, after};
use crate::halves::numbers_of;
use crate::image::{Image, Window, taps_inside};
use crate::layer::Layer;

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
        self.layer()?.check_weights(weights)?;
        Ok(weights.to_vec())
    }

    /// The same from little-endian halves.
    pub fn pack_halves(&self, weights: &[u8]) -> Result<Vec<f32>, KernelError> {
        self.layer()?.check_halves(weights)?;
        numbers_of(weights)
    }

    /// Numbers in the packed weights.
    pub fn packed_len(&self) -> usize {
        self.weights()
    }

    fn weights(&self) -> usize {
        self.window.taps().saturating_mul(self.input.channels)
    }

    /// What it needs, once its shapes are checked.
    fn layer(&self) -> Result<Layer<'_>, KernelError> {
        self.window.check(NAME, &self.input, &self.output)?;
        expect(NAME, self.input.channels == self.output.channels, "input and output have the same channels")?;
        Ok(Layer {
            name: NAME,
            epilogue: &self.epilogue,
            weights: self.weights(),
            packed: self.packed_len(),
            input: self.input.len(),
            pixels: self.output.pixels(),
            channels: self.output.channels,
            scratch: 0,
        })
    }

    /// Runs.
    pub fn run(
        &self,
        packed: &[f32],
        operands: &Operands<'_>,
        input: &[f32],
        output: &mut [f32],
    ) -> Result<(), KernelError> {
        self.layer()?.check_run(packed, operands, input, output, &[])?;
        let finish = Finish::new(&self.epilogue, operands);
        let task = Task { shape: self, weights: packed, finish: &finish, input, output: output.as_mut_ptr() };
        // SAFETY: the lengths of weights, operands, input and output were checked above.
        unsafe {
            if covers(self) {
                self.lines(&task, operands);
            } else {
                self.rows(&task, 0..self.output.height);
            }
        }
        after(&self.epilogue, operands, output, self.output.channels);
        Ok(())
    }

    /// Whole lines where three rows lie inside, else output by output.
    /// # Safety
    /// Lengths must have been checked, and `covers` this shape.
    unsafe fn lines(&self, task: &Task<'_>, operands: &Operands<'_>) {
        let Window { kernel, stride, pad, dilation } = self.window;
        let row = self.output.width * self.output.channels;
        for y in 0..self.output.height {
            let rows = taps_inside(y, kernel.0, stride.0, pad.0, dilation.0, self.input.height);
            // SAFETY: the row exists, and so do the three rows of input under it where all lie inside.
            unsafe {
                if rows.len() < kernel.0 {
                    // Few rows: always in fours, so that the browser has one function less to compile.
                    if stride.1 == 1 {
                        task.rows::<3, 1, 4, 6>(y..y + 1);
                    } else {
                        task.rows::<3, 2, 4, 9>(y..y + 1);
                    }
                    continue;
                }
                let top = (y * stride.0 - pad.0) * self.input.width * self.input.channels;
                let residual = operands.residual;
                let line = Line {
                    shape: self,
                    weights: task.weights.as_ptr(),
                    operands,
                    from: task.input.as_ptr().add(top),
                    to: task.output.add(y * row),
                    residual: if residual.is_empty() { core::ptr::null() } else { residual.as_ptr().add(y * row) },
                };
                line.run();
            }
        }
    }

    /// Neighbouring outputs together, as many as suit the width.
    /// # Safety
    /// Lengths must have been checked, and `lines` are the output's.
    unsafe fn rows(&self, task: &Task<'_>, lines: Range<usize>) {
        let inside = self.window.inside(self.input.width, self.output.width).len();
        // SAFETY: promised by the caller; the window's width and step are those of the instance.
        unsafe {
            match (self.window.kernel.1, self.window.stride.1, self.window.dilation) {
                (3, 1, (1, 1)) => match best(inside, fitting(self.input.channels)) {
                    8 => task.rows::<3, 1, 8, 10>(lines),
                    6 => task.rows::<3, 1, 6, 8>(lines),
                    _ => task.rows::<3, 1, 4, 6>(lines),
                },
                (3, 2, (1, 1)) => task.rows::<3, 2, 4, 9>(lines),
                (5, 1, (1, 1)) => task.rows::<5, 1, 4, 8>(lines),
                (5, 2, (1, 1)) => task.rows::<5, 2, 4, 11>(lines),
                _ => task.any_rows(lines),
            }
        }
    }
}

/// Lengths of blocks whose three rows of input and one of output stay in the first cache from one channel to the next.
fn fitting(channels: usize) -> &'static [usize] {
    match lines_kept(channels) {
        0..30 => &[],
        30..38 => &[6],
        _ => &[8, 6],
    }
}

/// Of several block lengths the one that covers `count` outputs with the least waste, the first where equal; 0 where none
/// fits.
fn best(count: usize, lengths: &[usize]) -> usize {
    let fitting = lengths.iter().filter(|length| **length <= count);
    fitting.min_by_key(|length| count.div_ceil(**length) * **length).copied().unwrap_or(0)
}
