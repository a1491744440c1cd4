//! Convolution to a single channel, as the last layer of a mask: lanes hold input channels here, not output channels,
//! and four outputs are summed up across their lanes together.

use core::ops::Range;

use crate::activate::activate_slice;
use crate::activation::Activation;
use crate::conv::Conv;
use crate::epilogue::{Epilogue, Operands, Residual};
use crate::image::{Window, taps_inside};
use crate::lanes::{F32x4, LANES};

/// Outputs computed together, so that one multiply-add need not wait for another.
const TOGETHER: usize = 2 * LANES;

/// A checked call; weights are `[kernel height][kernel width][inputs]`.
pub(crate) struct Narrow<'a> {
    pub(crate) conv: &'a Conv,
    pub(crate) weights: &'a [f32],
    pub(crate) operands: &'a Operands<'a>,
    pub(crate) input: &'a [f32],
}

/// Is this what `Narrow` is made for?
pub(crate) fn covers(conv: &Conv) -> bool {
    let channels = conv.input.channels;
    conv.output.channels == 1 && channels > 0 && channels.is_multiple_of(LANES) && conv.window.dilation.1 == 1
}

impl Narrow<'_> {
    /// All outputs.
    pub(crate) fn run(&self, output: &mut [f32]) {
        let inside = self.conv.window.inside(self.conv.input.width, self.conv.output.width);
        for (y, row) in output.chunks_exact_mut(self.conv.output.width).enumerate() {
            let mut x = inside.start;
            while x + TOGETHER <= inside.end {
                // SAFETY: the windows of these outputs lie inside from left to right.
                let sums = unsafe { self.together(y, x) };
                row[x..x + TOGETHER].copy_from_slice(&sums);
                x += TOGETHER;
            }
            for x in (0..inside.start).chain(x..row.len()) {
                row[x] = self.alone(y, x);
            }
            self.finish(y * self.conv.output.width, row);
        }
    }

    /// Rows of the window inside the picture, and the first of them.
    fn rows(&self, y: usize) -> (Range<usize>, usize) {
        let Window { kernel, stride, pad, dilation } = self.conv.window;
        let rows = taps_inside(y, kernel.0, stride.0, pad.0, dilation.0, self.conv.input.height);
        let top = (y * stride.0 + rows.start * dilation.0).saturating_sub(pad.0);
        (rows, top)
    }

    /// The sums of neighbours from `(y, x)` on.
    /// # Safety
    /// Lengths must have been checked; the windows must lie inside from left to right.
    #[inline(never)]
    unsafe fn together(&self, y: usize, x: usize) -> [f32; TOGETHER] {
        let Window { kernel, stride, pad, dilation } = self.conv.window;
        let (depth, wide) = (self.conv.input.channels, self.conv.input.width);
        let (rows, top) = self.rows(y);
        let run = kernel.1 * depth;
        let mut sums = [[F32x4::zero(); LANES]; 2];
        let mut result = [0.0; TOGETHER];
        // SAFETY: rows and columns lie inside the input; a run is a multiple of four numbers.
        unsafe {
            let first = self.input.as_ptr().wrapping_add((top * wide + x * stride.1 - pad.1) * depth);
            let mut weight = self.weights.as_ptr().add(rows.start * run);
            for row in 0..rows.len() {
                let mut from = first.add(row * dilation.0 * wide * depth);
                for _ in 0..run / LANES {
                    let own = F32x4::load(weight);
                    let mut pixel = from;
                    for sum in sums.as_flattened_mut() {
                        *sum = F32x4::load(pixel).mul_add(own, *sum);
                        pixel = pixel.wrapping_add(stride.1 * depth);
                    }
                    weight = weight.add(LANES);
                    from = from.add(LANES);
                }
            }
            for (sums, to) in sums.into_iter().zip(result.chunks_exact_mut(LANES)) {
                let [a, b, c, d] = F32x4::transpose(sums);
                a.add(b).add(c.add(d)).store(to.as_mut_ptr());
            }
        }
        result
    }

    /// The sum of one output, by the taps that lie inside.
    fn alone(&self, y: usize, x: usize) -> f32 {
        let Window { kernel, stride, pad, dilation } = self.conv.window;
        let (depth, wide) = (self.conv.input.channels, self.conv.input.width);
        let (rows, top) = self.rows(y);
        let columns = taps_inside(x, kernel.1, stride.1, pad.1, dilation.1, wide);
        let left = (x * stride.1 + columns.start * dilation.1).saturating_sub(pad.1);
        let mut sum = 0.0;
        for (row, tap) in rows.enumerate() {
            let from = &self.input[((top + row * dilation.0) * wide + left) * depth..][..columns.len() * depth];
            let weights = &self.weights[(tap * kernel.1 + columns.start) * depth..];
            sum += from.iter().zip(weights).map(|(x, weight)| x * weight).sum::<f32>();
        }
        sum
    }

    /// Bias, residual and activation of a row that begins at `place`.
    fn finish(&self, place: usize, row: &mut [f32]) {
        let Epilogue { activation, residual } = self.conv.epilogue;
        let more = self.operands.residual.get(place..place + row.len()).unwrap_or_default();
        let join = |row: &mut [f32]| row.iter_mut().zip(more).for_each(|(x, more)| *x += more);
        if let [bias] = self.operands.bias {
            row.iter_mut().for_each(|x| *x += bias);
        }
        if matches!(residual, Residual::BeforeActivation { .. }) {
            join(row);
        }
        if let (Activation::Prelu, [slope]) = (activation, self.operands.slopes) {
            activate_slice(Activation::LeakyRelu { slope: *slope }, row);
        } else {
            activate_slice(activation, row);
        }
        if matches!(residual, Residual::AfterActivation { .. }) {
            join(row);
        }
    }
}
