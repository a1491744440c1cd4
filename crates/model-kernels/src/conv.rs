//! Convolution with any window.

use core::ops::Range;

use crate::copy::copy;
use crate::epilogue::{Epilogue, Operands};
use crate::error::KernelError;
use crate::finish::{Finish, after};
use crate::halves::numbers_of;
use crate::image::{Image, Window, taps_inside};
use crate::layer::Layer;
use crate::narrow::{self, Narrow};
use crate::panels;
use crate::product::{Pixels, TILE, Walk, Weights, product};

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
        self.layer()?.check_weights(weights)?;
        if narrow::covers(self) {
            return Ok(weights.to_vec());
        }
        Ok(panels::pack(self.output.channels, self.depth(), weights))
    }

    /// The same from little-endian halves.
    pub fn pack_halves(&self, weights: &[u8]) -> Result<Vec<f32>, KernelError> {
        self.layer()?.check_halves(weights)?;
        if narrow::covers(self) {
            return numbers_of(weights);
        }
        panels::pack_halves(self.output.channels, self.depth(), weights)
    }

    /// Numbers in the packed weights.
    pub fn packed_len(&self) -> usize {
        if narrow::covers(self) { self.weights() } else { panels::packed_len(self.output.channels, self.depth()) }
    }

    /// Numbers of scratch memory that `run` needs.
    pub fn scratch_len(&self) -> usize {
        self.depth().saturating_mul(TILE)
    }

    /// Weights per output channel.
    fn depth(&self) -> usize {
        self.window.taps().saturating_mul(self.input.channels)
    }

    fn weights(&self) -> usize {
        self.depth().saturating_mul(self.output.channels)
    }

    /// What it needs, once its shapes are checked.
    fn layer(&self) -> Result<Layer<'_>, KernelError> {
        self.window.check(NAME, &self.input, &self.output)?;
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
        if narrow::covers(self) {
            Narrow { conv: self, weights: packed, operands, input }.run(output);
            return Ok(());
        }
        let finish = Finish::new(&self.epilogue, operands);
        let weights = Weights {
            panels: packed.as_ptr(),
            depth: self.depth(),
            skip: 0,
            outputs: self.output.channels,
            finish: &finish,
        };
        let inside = self.window.inside(self.input.width, self.output.width);
        // SAFETY: the lengths of weights, operands, input, output and scratch were checked above.
        unsafe {
            let to = output.as_mut_ptr();
            if !inside.is_empty() {
                (0..self.output.height).for_each(|y| self.row(y, inside.clone(), &weights, input, to));
            }
            (0..inside.start).chain(inside.end..self.output.width).for_each(|x| {
                self.column(x, &weights, input, to, scratch);
            });
        }
        after(&self.epilogue, operands, output, self.output.channels);
        Ok(())
    }

    /// The outputs of row `y` whose windows lie `inside` from left to right: their inputs are read where they are.
    /// # Safety
    /// All lengths must have been checked.
    unsafe fn row(&self, y: usize, inside: Range<usize>, weights: &Weights<'_>, input: &[f32], to: *mut f32) {
        let Window { kernel, stride, pad, dilation } = self.window;
        let (depth, wide) = (self.input.channels, self.input.width);
        let rows = taps_inside(y, kernel.0, stride.0, pad.0, dilation.0, self.input.height);
        let (taps, run) = if dilation.1 == 1 { (1, kernel.1 * depth) } else { (kernel.1, depth) };
        let walk =
            Walk { rows: rows.len(), row_step: dilation.0 * wide * depth, taps, tap_step: dilation.1 * depth, run };
        let top = y * stride.0 + rows.start * dilation.0 - pad.0;
        let place = y * self.output.width + inside.start;
        // SAFETY: the first input lies inside, and so do the rows and columns that the walk goes on to.
        unsafe {
            let pixels = Pixels {
                from: input.as_ptr().wrapping_add((top * wide + inside.start * stride.1 - pad.1) * depth),
                from_step: stride.1 * depth,
                to: to.add(place * self.output.channels),
                to_step: self.output.channels,
                place,
                place_step: 1,
                count: inside.len(),
            };
            product(&walk, &pixels, &Weights { skip: rows.start * kernel.1 * depth, ..*weights });
        }
    }

    /// The outputs of column `x`, whose windows reach beyond the picture: their inputs are gathered, with zeros outside.
    /// # Safety
    /// All lengths must have been checked.
    unsafe fn column(&self, x: usize, weights: &Weights<'_>, input: &[f32], to: *mut f32, scratch: &mut [f32]) {
        let Window { kernel, stride, pad, dilation } = self.window;
        let (channels, depth) = (self.input.channels, self.depth());
        let columns = taps_inside(x, kernel.1, stride.1, pad.1, dilation.1, self.input.width);
        for first in (0..self.output.height).step_by(TILE) {
            let count = (self.output.height - first).min(TILE);
            scratch.fill(0.0);
            for (y, gathered) in (first..first + count).zip(scratch.chunks_exact_mut(depth)) {
                for row in taps_inside(y, kernel.0, stride.0, pad.0, dilation.0, self.input.height) {
                    for column in columns.clone() {
                        let at = (y * stride.0 + row * dilation.0 - pad.0) * self.input.width
                            + (x * stride.1 + column * dilation.1 - pad.1);
                        let to = &mut gathered[(row * kernel.1 + column) * channels..][..channels];
                        copy(&input[at * channels..][..channels], to);
                    }
                }
            }
            let place = first * self.output.width + x;
            let to_step = self.output.width * self.output.channels;
            // SAFETY: `scratch` holds `count` gathered windows; the outputs of the column exist.
            unsafe {
                let pixels = Pixels {
                    from: scratch.as_ptr(),
                    from_step: depth,
                    to: to.add(place * self.output.channels),
                    to_step,
                    place,
                    place_step: self.output.width,
                    count,
                };
                product(&Walk::straight(depth), &pixels, weights);
            }
        }
    }
}
