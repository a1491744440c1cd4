//! Depthwise 3x3 along lines: four channels at a time walk a row from left to right with all nine weights in registers.
//! Each column of three inputs is loaded once and added to the three outputs that see it.

use core::ops::Range;

use crate::activation::Activation;
use crate::depthwise::Depthwise;
use crate::epilogue::{Operands, Residual};
use crate::image::Window;
use crate::lanes::{F32x4, LANES};

/// Lines of the first cache, and how many of them share a set; numbers per line.
const SETS: usize = 64;
const WAYS: usize = 8;
const LINE: usize = 16;

/// Strips shorter than this spend too much on starting.
const LEAST: usize = 8;

/// Outputs after which the walk starts anew with the next four channels, so that their inputs, which lie in the same
/// lines of the cache, are still there.
pub(crate) fn strip(channels: usize, stride: usize) -> usize {
    // Three rows of input and one of output, and room to spare.
    (lines_kept(channels) / (3 * stride + 2)).max(1)
}

/// Lines of the first cache that pixels of so many channels can have at the same time, one line of each: pixels whose
/// distance is a multiple of a power of two compete for few sets.
pub(crate) fn lines_kept(channels: usize) -> usize {
    let lines = (channels / LINE).max(1);
    (SETS >> lines.trailing_zeros().min(SETS.trailing_zeros())) * WAYS
}

/// Is this what `run` is made for? Rows cut off by the edge above or below are left to others.
pub(crate) fn covers(shape: &Depthwise) -> bool {
    let Window { kernel, stride, pad, dilation } = shape.window;
    let plain = match (shape.epilogue.residual, shape.epilogue.activation) {
        (Residual::None, Activation::HardSwish) => true,
        (_, Activation::None | Activation::Relu | Activation::Relu6 | Activation::Clamp { .. }) => true,
        (_, _) => false,
    };
    let residual = match shape.epilogue.residual {
        Residual::None => true,
        Residual::AfterActivation { channels } => channels == shape.output.channels,
        Residual::BeforeActivation { .. } => false,
    };
    kernel == (3, 3)
        && (stride == (1, 1) || stride == (2, 2))
        && pad.1 <= 1
        && (stride.1 == 2 || shape.output.width < shape.input.width + pad.1)
        && dilation == (1, 1)
        && plain
        && residual
        && shape.input.channels.is_multiple_of(LANES)
        && shape.input.width >= 3
        && strip(shape.input.channels, stride.1) >= LEAST
}

/// One row of outputs whose three rows of inputs lie inside the picture.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) shape: &'a Depthwise,
    pub(crate) weights: *const f32,
    pub(crate) operands: &'a Operands<'a>,
    /// The first of the three rows.
    pub(crate) from: *const f32,
    pub(crate) to: *mut f32,
    /// The first output's residual, where there is one.
    pub(crate) residual: *const f32,
}

impl Line<'_> {
    /// # Safety
    /// All lengths must have been checked, and `covers` the shape; the three rows must exist.
    #[inline(never)]
    pub(crate) unsafe fn run(&self) {
        // SAFETY: promised by the caller.
        unsafe {
            let (low, high) = match self.shape.epilogue.activation {
                Activation::Relu => (0.0, f32::INFINITY),
                Activation::Relu6 => (0.0, 6.0),
                Activation::Clamp { low, high } => (low, high),
                Activation::HardSwish => {
                    let (sixth, half) = (F32x4::splat(1.0 / 6.0), F32x4::splat(0.5));
                    let (zero, one) = (F32x4::zero(), F32x4::splat(1.0));
                    return self.strips::<false>(|x| x.mul(x.mul_add(sixth, half).max(zero).min(one)));
                }
                _ => {
                    return if self.residual.is_null() {
                        self.strips::<false>(|x| x)
                    } else {
                        self.strips::<true>(|x| x)
                    };
                }
            };
            let (low, high) = (F32x4::splat(low), F32x4::splat(high));
            if self.residual.is_null() {
                self.strips::<false>(|x| x.max(low).min(high));
            } else {
                self.strips::<true>(|x| x.max(low).min(high));
            }
        }
    }

    /// # Safety
    /// As for `run`; with `R` there is a residual.
    #[allow(clippy::inline_always, reason = "one instance per activation")]
    #[inline(always)]
    unsafe fn strips<const R: bool>(&self, finish: impl Fn(F32x4) -> F32x4 + Copy) {
        let wide = self.shape.output.width;
        let length = strip(self.shape.input.channels, self.shape.window.stride.1);
        let strips = wide.div_ceil(length);
        for strip in 0..strips {
            let part = strip * wide / strips..(strip + 1) * wide / strips;
            for channel in (0..self.shape.input.channels).step_by(LANES) {
                // SAFETY: the outputs of the part exist, and so do the channels, a multiple of four.
                unsafe {
                    if self.shape.window.stride.1 == 1 {
                        self.walk::<R>(part.clone(), channel, finish);
                    } else {
                        self.stride::<R>(part.clone(), channel, finish);
                    }
                }
            }
        }
    }

    /// The nine weights of four channels, and their bias.
    /// # Safety
    /// The channels must exist.
    #[allow(clippy::inline_always, reason = "they stay in registers")]
    #[inline(always)]
    unsafe fn start(&self, channel: usize) -> ([[F32x4; 3]; 3], F32x4) {
        let step = self.shape.input.channels;
        // SAFETY: weights and bias have been checked.
        unsafe {
            let weights = self.weights.add(channel);
            let tap = |row: usize, column: usize| F32x4::load(weights.add((row * 3 + column) * step));
            let taps = [0, 1, 2].map(|row| [0, 1, 2].map(|column| tap(row, column)));
            let bias = self.operands.bias;
            let bias = if bias.is_empty() { F32x4::zero() } else { F32x4::load(bias.as_ptr().add(channel)) };
            (taps, bias)
        }
    }

    /// Outputs `part` of four channels, one step at a time.
    /// # Safety
    /// As for `strips`.
    #[inline(never)]
    unsafe fn walk<const R: bool>(&self, part: Range<usize>, channel: usize, finish: impl Fn(F32x4) -> F32x4) {
        let (step, wide) = (self.shape.input.channels, self.shape.input.width);
        let row = wide * step;
        let pad = self.shape.window.pad.1;
        // SAFETY: columns are counted so that none outside the picture is read; outputs are those of the part.
        unsafe {
            let (taps, bias) = self.start(channel);
            let at = (part.start.max(pad) - pad) * step + channel;
            let mut rows = [self.from.add(at), self.from.add(at + row), self.from.add(at + 2 * row)];
            let mut to = self.to.add(part.start * step + channel);
            let mut more = self.residual.wrapping_add(part.start * step + channel);
            // The sums of the next two outputs, as far as they go.
            let (mut next, mut after) = (bias, bias);
            let mut columns = [0, 1];
            if part.start < pad {
                columns[0] = 1; // the first column lies outside, where everything is zero
            }
            for column in columns[0]..2 {
                let inputs = rows.map(|row| F32x4::load(row));
                rows = rows.map(|row| row.wrapping_add(step));
                if column == 0 {
                    after = column_sum(inputs, [taps[0][0], taps[1][0], taps[2][0]], after);
                } else {
                    next = column_sum(inputs, [taps[0][1], taps[1][1], taps[2][1]], after);
                    after = column_sum(inputs, [taps[0][0], taps[1][0], taps[2][0]], bias);
                }
            }
            // Outputs whose last column lies inside; beyond them at most one.
            let last = (wide + pad - 2).min(part.end);
            for _ in part.start..last {
                let inputs = rows.map(|row| F32x4::load(row));
                rows = rows.map(|row| row.wrapping_add(step));
                let mut done = finish(column_sum(inputs, [taps[0][2], taps[1][2], taps[2][2]], next));
                next = column_sum(inputs, [taps[0][1], taps[1][1], taps[2][1]], after);
                after = column_sum(inputs, [taps[0][0], taps[1][0], taps[2][0]], bias);
                if R {
                    done = done.add(F32x4::load(more));
                    more = more.wrapping_add(step);
                }
                done.store(to);
                to = to.wrapping_add(step);
            }
            if last < part.end {
                let mut done = finish(next);
                if R {
                    done = done.add(F32x4::load(more));
                }
                done.store(to);
            }
        }
    }

    /// Outputs `part` of four channels, two steps at a time.
    /// # Safety
    /// As for `strips`.
    #[inline(never)]
    unsafe fn stride<const R: bool>(&self, part: Range<usize>, channel: usize, finish: impl Fn(F32x4) -> F32x4) {
        let (step, wide) = (self.shape.input.channels, self.shape.input.width);
        let row = wide * step;
        let pad = self.shape.window.pad.1;
        // SAFETY: as in `walk`.
        unsafe {
            let (taps, bias) = self.start(channel);
            let at = (part.start * 2).max(pad) - pad;
            let at = at * step + channel;
            let mut rows = [self.from.add(at), self.from.add(at + row), self.from.add(at + 2 * row)];
            let mut to = self.to.add(part.start * step + channel);
            let mut more = self.residual.wrapping_add(part.start * step + channel);
            let mut next = bias;
            if part.start * 2 >= pad {
                let inputs = rows.map(|row| F32x4::load(row));
                rows = rows.map(|row| row.wrapping_add(step));
                next = column_sum(inputs, [taps[0][0], taps[1][0], taps[2][0]], bias);
            }
            // Output x sees up to column 2 x + 2 - pad.
            let last = ((wide + pad - 1) / 2).min(part.end);
            for _ in part.start..last {
                let inputs = rows.map(|row| F32x4::load(row));
                let middle = column_sum(inputs, [taps[0][1], taps[1][1], taps[2][1]], next);
                let inputs = rows.map(|row| F32x4::load(row.wrapping_add(step)));
                rows = rows.map(|row| row.wrapping_add(2 * step));
                let mut done = finish(column_sum(inputs, [taps[0][2], taps[1][2], taps[2][2]], middle));
                next = column_sum(inputs, [taps[0][0], taps[1][0], taps[2][0]], bias);
                if R {
                    done = done.add(F32x4::load(more));
                    more = more.wrapping_add(step);
                }
                done.store(to);
                to = to.wrapping_add(step);
            }
            if last < part.end {
                // One column more may be left.
                if part.end * 2 - 2 + 1 < wide + pad {
                    let inputs = rows.map(|row| F32x4::load(row));
                    next = column_sum(inputs, [taps[0][1], taps[1][1], taps[2][1]], next);
                }
                let mut done = finish(next);
                if R {
                    done = done.add(F32x4::load(more));
                }
                done.store(to);
            }
        }
    }
}

/// `to` and three inputs times their weights.
#[allow(clippy::inline_always, reason = "three instructions")]
#[inline(always)]
fn column_sum(inputs: [F32x4; 3], taps: [F32x4; 3], to: F32x4) -> F32x4 {
    inputs[2].mul_add(taps[2], inputs[1].mul_add(taps[1], inputs[0].mul_add(taps[0], to)))
}
