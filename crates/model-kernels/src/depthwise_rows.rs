//! Depthwise convolution row by row. Neighbouring outputs whose windows lie inside the picture are computed together
//! and share the inputs and weights that they have in common; those at the edges go one by one.

use core::ops::Range;

use crate::depthwise::Depthwise;
use crate::finish::{Finish, Place};
use crate::image::{Window, taps_inside};
use crate::lanes::{F32x4, LANES};

/// A checked call.
pub(crate) struct Task<'a> {
    pub(crate) shape: &'a Depthwise,
    pub(crate) weights: &'a [f32],
    pub(crate) finish: &'a Finish<'a>,
    pub(crate) input: &'a [f32],
    pub(crate) output: *mut f32,
}

/// Neighbouring outputs of one row, with the inputs they look at.
struct Block {
    /// The input under the first tap of the first output, in the first row inside the picture; may lie left of it.
    from: *const f32,
    /// Rows of the window inside the picture.
    rows: usize,
    /// Numbers from one row to the next.
    row_step: usize,
    /// Numbers from one pixel to the next.
    step: usize,
    /// Weights of the first row.
    weights: *const f32,
    /// Numbers from one row of weights to the next.
    weights_step: usize,
    /// The place of the first output.
    place: usize,
}

impl Task<'_> {
    /// For windows `W` wide with steps of `S`, `P` outputs together, under which `N` columns of input lie.
    /// # Safety
    /// Lengths must have been checked, and `lines` are the output's; the window must be of that width and step, and not
    /// dilated.
    #[inline(never)]
    pub(crate) unsafe fn rows<const W: usize, const S: usize, const P: usize, const N: usize>(
        &self,
        lines: Range<usize>,
    ) {
        let wide = self.shape.output.width;
        let inside = self.shape.window.inside(self.shape.input.width, self.shape.output.width);
        let (edge, inside) = if inside.len() < P { (wide, wide..wide) } else { (inside.start, inside) };
        for y in lines {
            // SAFETY: these outputs exist; those inside see only columns of the picture. A last block that would reach
            // beyond them begins earlier.
            unsafe {
                (0..edge).for_each(|x| self.alone(y, x, 0));
                for x in inside.clone().step_by(P) {
                    self.together::<W, S, P, N>(&self.block(y, x.min(inside.end - P)));
                }
                (inside.end..wide).for_each(|x| self.alone(y, x, 0));
            }
        }
    }

    /// Any window, one output at a time.
    /// # Safety
    /// Lengths must have been checked, and `lines` are the output's.
    #[inline(never)]
    pub(crate) unsafe fn any_rows(&self, lines: Range<usize>) {
        for y in lines {
            // SAFETY: these outputs exist.
            (0..self.shape.output.width).for_each(|x| unsafe { self.alone(y, x, 0) });
        }
    }

    /// Outputs from `(y, x)` on.
    fn block(&self, y: usize, x: usize) -> Block {
        let Depthwise { input, output, window, .. } = self.shape;
        let Window { kernel, stride, pad, dilation } = *window;
        let rows = taps_inside(y, kernel.0, stride.0, pad.0, dilation.0, input.height);
        let step = input.channels;
        let top = (y * stride.0 + rows.start * dilation.0).wrapping_sub(pad.0);
        let left = (x * stride.1).wrapping_sub(pad.1);
        let at = top.wrapping_mul(input.width).wrapping_add(left).wrapping_mul(step);
        Block {
            from: self.input.as_ptr().wrapping_add(at),
            rows: rows.len(),
            row_step: dilation.0 * input.width * step,
            step,
            weights: self.weights.as_ptr().wrapping_add(rows.start * kernel.1 * step),
            weights_step: kernel.1 * step,
            place: y * output.width + x,
        }
    }

    /// All channels of `P` outputs.
    /// # Safety
    /// The `P` outputs must exist; all `N` columns under them must lie inside the picture.
    #[inline(never)]
    unsafe fn together<const W: usize, const S: usize, const P: usize, const N: usize>(&self, block: &Block) {
        let Block { from, rows, row_step, step, weights, weights_step, place } = *block;
        let to = self.output.wrapping_add(place * step);
        let mut channel = 0;
        while channel + LANES <= step {
            // SAFETY: only columns inside the picture, and channels that exist, are touched.
            unsafe {
                let mut sums = [self.finish.start::<1>(channel, LANES); P];
                let mut row = from.add(channel);
                let mut weight = weights.add(channel);
                for _ in 0..rows {
                    let mut taps = [F32x4::zero(); W];
                    for (tap, own) in taps.iter_mut().enumerate() {
                        *own = F32x4::load(weight.add(tap * step));
                    }
                    // Inputs are loaded when the first output wants them, so that few are alive at a time.
                    let mut inputs = [F32x4::zero(); N];
                    let mut loaded = 0;
                    for (p, sum) in sums.iter_mut().enumerate() {
                        for (tap, own) in taps.iter().enumerate() {
                            let column = p * S + tap;
                            if column >= loaded {
                                loaded = column + 1;
                                inputs[column] = F32x4::load(row.add(column * step));
                            }
                            sum[0] = inputs[column].mul_add(*own, sum[0]);
                        }
                    }
                    row = row.wrapping_add(row_step);
                    weight = weight.wrapping_add(weights_step);
                }
                self.finish.store(sums, to.add(channel), step, at(place, channel, LANES));
            }
            channel += LANES;
        }
        if channel < step {
            let wide = self.shape.output.width;
            // SAFETY: as above, for the channels that are left.
            (place..place + P).for_each(|place| unsafe { self.alone(place / wide, place % wide, channel) });
        }
    }

    /// The channels of one output from `first` on, only by the taps that lie inside the picture.
    /// # Safety
    /// The output must exist.
    unsafe fn alone(&self, y: usize, x: usize, first: usize) {
        const WIDE: usize = 4;
        let Depthwise { input, window, .. } = self.shape;
        let step = input.channels;
        let columns = taps_inside(x, window.kernel.1, window.stride.1, window.pad.1, window.dilation.1, input.width);
        let block = self.block(y, x);
        let mut channel = first;
        // SAFETY: the channels exist.
        unsafe {
            while channel + WIDE * LANES <= step {
                self.some_channels::<WIDE>(&block, columns.clone(), channel, WIDE * LANES);
                channel += WIDE * LANES;
            }
            while channel < step {
                let count = (step - channel).min(LANES);
                self.some_channels::<1>(&block, columns.clone(), channel, count);
                channel += count;
            }
        }
    }

    /// # Safety
    /// The `columns` of the window and its rows must lie inside the picture; `count` channels (at most `4 * V`, fewer
    /// only for `V = 1`) must exist from `channel` on.
    #[inline(never)]
    unsafe fn some_channels<const V: usize>(&self, block: &Block, columns: Range<usize>, channel: usize, count: usize) {
        let Block { from, rows, row_step, step, weights, weights_step, place } = *block;
        let apart = self.shape.window.dilation.1 * step;
        // SAFETY: promised by the caller.
        unsafe {
            let mut sums = [self.finish.start::<V>(channel, count)];
            for row in 0..rows {
                let mut from = from.wrapping_add(row * row_step + columns.start * apart + channel);
                let mut weight = weights.add(row * weights_step + columns.start * step + channel);
                for _ in columns.clone() {
                    for (v, sum) in sums[0].iter_mut().enumerate() {
                        let (input, weight) = if V > 1 || count == LANES {
                            (F32x4::load(from.add(v * LANES)), F32x4::load(weight.add(v * LANES)))
                        } else {
                            (F32x4::load_part(from, count), F32x4::load_part(weight, count))
                        };
                        *sum = input.mul_add(weight, *sum);
                    }
                    from = from.wrapping_add(apart);
                    weight = weight.wrapping_add(step);
                }
            }
            let to = self.output.add(place * step + channel);
            self.finish.store(sums, to, step, at(place, channel, count));
        }
    }
}

/// Neighbours from `pixel` on.
const fn at(pixel: usize, channel: usize, count: usize) -> Place {
    Place { pixel, pixel_step: 1, channel, count }
}
