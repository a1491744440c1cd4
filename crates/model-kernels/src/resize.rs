//! Resizing, bilinear or to the nearest pixel, with the three conventions of where a pixel lies.

use crate::copy::copy;
use crate::error::{KernelError, expect, expect_length};
use crate::image::{Image, LIMIT};
use crate::lanes::{F32x4, LANES};

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
                copy(&input[(y * self.input.width + x) * depth..][..depth], to);
            }
            return Ok(());
        }
        // Columns of one block lie at the same places in every row: they are worked out once.
        const BLOCK: usize = 64;
        let mut columns = [(0, 0, 0.0); BLOCK];
        for first in (0..self.output.width).step_by(BLOCK) {
            let count = (self.output.width - first).min(BLOCK);
            for (x, column) in (first..).zip(&mut columns[..count]) {
                *column = self.sampling.between(x, self.input.width, self.output.width);
            }
            for (y, row) in output.chunks_exact_mut(self.output.width * depth).enumerate() {
                let (top, bottom, down) = self.sampling.between(y, self.input.height, self.output.height);
                let line = |y: usize| &input[y * self.input.width * depth..][..self.input.width * depth];
                let (above, below) = (line(top), line(bottom));
                let to = &mut row[first * depth..][..count * depth];
                blend_row(&columns[..count], [above, below], down, depth, to);
            }
        }
        Ok(())
    }
}

/// A part of a row, `columns` wide. A function of its own: the browser replaces its first, slow code only between calls.
#[inline(never)]
fn blend_row(columns: &[(usize, usize, f32)], [above, below]: [&[f32]; 2], down: f32, depth: usize, to: &mut [f32]) {
    for ((left, right, across), to) in columns.iter().zip(to.chunks_exact_mut(depth)) {
        let pixel = |line: &[f32], x: usize| line[x * depth..][..depth].as_ptr();
        let corners = [pixel(above, *left), pixel(above, *right), pixel(below, *left), pixel(below, *right)];
        // SAFETY: each corner points to a pixel of `depth` numbers, as long as `to`.
        unsafe { blend(corners, *across, down, to) };
    }
}

/// `to` becomes the mean of four pixels, weighted by how far `across` and `down` it lies.
/// # Safety
/// The corners must be readable for as many numbers as `to` has.
#[inline]
unsafe fn blend([a, b, c, d]: [*const f32; 4], across: f32, down: f32, to: &mut [f32]) {
    let (across, down) = (F32x4::splat(across), F32x4::splat(down));
    let mix = |a: F32x4, b: F32x4, c: F32x4, d: F32x4| {
        let above = b.sub(a).mul_add(across, a);
        let below = d.sub(c).mul_add(across, c);
        below.sub(above).mul_add(down, above)
    };
    let whole = to.len() / LANES * LANES;
    let rest = to.len() - whole;
    // SAFETY: all places are below the length of `to`.
    unsafe {
        for at in (0..whole).step_by(LANES) {
            let corner = |from: *const f32| F32x4::load(from.add(at));
            mix(corner(a), corner(b), corner(c), corner(d)).store(to.as_mut_ptr().add(at));
        }
        if rest > 0 {
            let corner = |from: *const f32| F32x4::load_part(from.add(whole), rest);
            mix(corner(a), corner(b), corner(c), corner(d)).store_part(to.as_mut_ptr().add(whole), rest);
        }
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
