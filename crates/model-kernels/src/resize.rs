//! Resizing, bilinear or to the nearest pixel, with the three conventions of where a pixel lies.

use crate::error::{KernelError, expect, expect_length};
use crate::image::{Image, LIMIT};

const NAME: &str = "resize";

/// Where output pixel `i` of `to` reads in an input of `from` pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sampling {
    /// `(i + 1/2) * from / to - 1/2`: pixels are areas (TFLite `half_pixel_centers`, ONNX `half_pixel`).
    HalfPixel,
    /// `i * (from - 1) / (to - 1)`: the corners' centres stay (`align_corners`).
    AlignCorners,
    /// `i * from / to` (TFLite without either, ONNX `asymmetric`).
    Asymmetric,
}

/// What is made of the pixels around a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interpolation {
    /// The four around it, weighted by distance.
    Bilinear,
    /// The one that holds it: positions are rounded down, under `HalfPixel` after half a pixel is added again
    /// (as TFLite does), under `AlignCorners` to the nearest.
    Nearest,
}

/// Resizes each channel; positions outside are clamped to the edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resize {
    /// Extent of the input.
    pub input: Image,
    /// Extent of the output, with as many channels.
    pub output: Image,
    /// Where pixels lie.
    pub sampling: Sampling,
    /// What is made of the pixels around.
    pub interpolation: Interpolation,
}

impl Resize {
    /// Runs.
    pub fn run(&self, input: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        expect(NAME, !self.input.is_empty() && !self.output.is_empty(), "pictures must not be empty")?;
        expect(NAME, self.input.len() < LIMIT && self.output.len() < LIMIT, "pictures must be below 2^28 numbers")?;
        expect(NAME, self.input.channels == self.output.channels, "input and output have the same channels")?;
        expect_length(NAME, "input", input, self.input.len())?;
        expect_length(NAME, "output", output, self.output.len())?;
        let depth = self.input.channels;
        if self.interpolation == Interpolation::Nearest {
            for (pixel, to) in output.chunks_exact_mut(depth).enumerate() {
                let y = self.sampling.nearest(pixel / self.output.width, self.input.height, self.output.height);
                let x = self.sampling.nearest(pixel % self.output.width, self.input.width, self.output.width);
                to.copy_from_slice(&input[(y * self.input.width + x) * depth..][..depth]);
            }
            return Ok(());
        }
        for (pixel, to) in output.chunks_exact_mut(depth).enumerate() {
            let (y, x) = (pixel / self.output.width, pixel % self.output.width);
            let (top, bottom, down) = self.sampling.between(y, self.input.height, self.output.height);
            let (left, right, across) = self.sampling.between(x, self.input.width, self.output.width);
            let corner = |y: usize, x: usize| &input[(y * self.input.width + x) * depth..][..depth];
            let (a, b, c, d) = (corner(top, left), corner(top, right), corner(bottom, left), corner(bottom, right));
            for (channel, to) in to.iter_mut().enumerate() {
                let above = a[channel] + (b[channel] - a[channel]) * across;
                let below = c[channel] + (d[channel] - c[channel]) * across;
                *to = above + (below - above) * down;
            }
        }
        Ok(())
    }
}

impl Sampling {
    /// The two input positions that output position `at` lies between, and how far along.
    pub(crate) fn between(self, at: usize, from: usize, to: usize) -> (usize, usize, f32) {
        let place = match self {
            Self::HalfPixel => (at as f32 + 0.5) * (from as f32 / to as f32) - 0.5,
            Self::AlignCorners if to > 1 => at as f32 * ((from - 1) as f32 / (to - 1) as f32),
            Self::AlignCorners => 0.0,
            Self::Asymmetric => at as f32 * (from as f32 / to as f32),
        };
        let place = place.max(0.0);
        let before = (place as usize).min(from - 1);
        let after = (before + 1).min(from - 1);
        (before, after, if before == after { 0.0 } else { place - before as f32 })
    }

    /// The one input position that stands for output position `at`.
    fn nearest(self, at: usize, from: usize, to: usize) -> usize {
        let place = match self {
            Self::HalfPixel => (at as f32 + 0.5) * (from as f32 / to as f32),
            Self::AlignCorners if to > 1 => at as f32 * ((from - 1) as f32 / (to - 1) as f32) + 0.5,
            Self::AlignCorners => 0.0,
            Self::Asymmetric => at as f32 * (from as f32 / to as f32),
        };
        (place as usize).min(from - 1)
    }
}
