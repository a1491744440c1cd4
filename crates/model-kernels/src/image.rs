//! The extent of an NHWC picture (batch 1), and the window that slides over it.

use crate::error::{KernelError, expect};

/// Rows, columns and channels of a picture; channels lie side by side in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Image {
    /// Rows.
    pub height: usize,
    /// Columns.
    pub width: usize,
    /// Numbers per pixel.
    pub channels: usize,
}

impl Image {
    /// A picture of this extent.
    pub const fn new(height: usize, width: usize, channels: usize) -> Self {
        Self { height, width, channels }
    }

    /// Pixels; saturates, so that an impossible extent matches no slice.
    pub const fn pixels(&self) -> usize {
        self.height.saturating_mul(self.width)
    }

    /// Numbers; saturates like `pixels`.
    pub const fn len(&self) -> usize {
        self.pixels().saturating_mul(self.channels)
    }

    /// Is there nothing in it?
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A window sliding over a picture. Pairs are (vertical, horizontal).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Taps.
    pub kernel: (usize, usize),
    /// Steps from one output to the next.
    pub stride: (usize, usize),
    /// Rows above and columns left of the picture that count as zero; those below and right follow from the output's extent.
    pub pad: (usize, usize),
    /// Distance between taps; 1 for an ordinary window.
    pub dilation: (usize, usize),
}

impl Window {
    /// A square window.
    pub const fn square(kernel: usize, stride: usize, pad: usize) -> Self {
        Self { kernel: (kernel, kernel), stride: (stride, stride), pad: (pad, pad), dilation: (1, 1) }
    }

    /// A window of one pixel that visits every pixel.
    pub const fn is_pointwise(&self) -> bool {
        self.kernel.0 == 1
            && self.kernel.1 == 1
            && self.stride.0 == 1
            && self.stride.1 == 1
            && self.pad.0 == 0
            && self.pad.1 == 0
    }

    /// Taps in total.
    pub const fn taps(&self) -> usize {
        self.kernel.0.saturating_mul(self.kernel.1)
    }

    /// The outputs of a row, `to` wide, whose windows lie inside an input `from` wide. Only after `check`.
    pub(crate) fn inside(&self, from: usize, to: usize) -> core::ops::Range<usize> {
        let (kernel, stride, pad) = (self.kernel.1, self.stride.1, self.pad.1);
        let reach = (kernel - 1) * self.dilation.1;
        let first = pad.div_ceil(stride).min(to);
        // Output x sees up to column x * stride + reach - pad.
        let end = (from + pad).checked_sub(reach + 1).map_or(0, |last| last / stride + 1);
        first..end.clamp(first, to)
    }

    /// Checks that every window touches the picture: what follows may then compute positions without overflow.
    pub(crate) fn check(&self, kernel: &'static str, input: &Image, output: &Image) -> Result<(), KernelError> {
        let positive = [self.kernel.0, self.kernel.1, self.stride.0, self.stride.1, self.dilation.0, self.dilation.1];
        expect(kernel, !positive.contains(&0), "kernel, stride and dilation must be at least 1")?;
        expect(kernel, !input.is_empty() && !output.is_empty(), "pictures must not be empty")?;
        expect(kernel, input.len() < LIMIT && output.len() < LIMIT, "pictures must be below 2^28 numbers")?;
        let axes = [
            (self.kernel.0, self.stride.0, self.pad.0, self.dilation.0, input.height, output.height),
            (self.kernel.1, self.stride.1, self.pad.1, self.dilation.1, input.width, output.width),
        ];
        for (taps, stride, pad, dilation, from, to) in axes {
            let small = taps < LIMIT && stride < LIMIT && dilation < LIMIT;
            expect(kernel, small, "kernel, stride and dilation must be below 2^28")?;
            let reach = (taps - 1).saturating_mul(dilation);
            expect(kernel, reach < LIMIT, "a window must reach less than 2^28 pixels")?;
            expect(kernel, pad <= reach, "padding must be smaller than the window")?;
            let last = (to - 1).saturating_mul(stride);
            expect(kernel, last < from + pad, "the last window must begin inside the padded input")?;
        }
        Ok(())
    }
}

/// No side of a shape reaches this; products of two still fit 64 bits, and 32-bit sums do not overflow.
pub(crate) const LIMIT: usize = 1 << 28;

/// The taps of one axis that lie inside the picture: for an output at `at`, taps `first..last`; tap `t` reads
/// position `at * stride + t * dilation - pad`.
pub(crate) fn taps_inside(
    at: usize,
    taps: usize,
    stride: usize,
    pad: usize,
    dilation: usize,
    size: usize,
) -> core::ops::Range<usize> {
    let begin = at * stride;
    let first = pad.saturating_sub(begin).div_ceil(dilation).min(taps);
    let room = (size + pad).saturating_sub(begin);
    let last = room.div_ceil(dilation).min(taps);
    first..last.max(first)
}
