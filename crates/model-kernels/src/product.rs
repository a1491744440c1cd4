//! The inner product that convolutions are made of: a register tile of `M` pixels times one panel of weights.

use crate::finish::{Finish, Place};
use crate::interleaved;
use crate::lanes::{F32x4, LANES};
use crate::panels::PANEL;

/// Pixels per tile. V8 has 15 vector registers: fused, 6 x 8 needs 12 sums, two weights and an input; with a product
/// on its way to the sum there is room for 5 x 8.
pub(crate) const TILE: usize = if cfg!(target_feature = "relaxed-simd") { 6 } else { 5 };

/// Which inputs of a pixel meet the weights: `rows` times `taps` runs of `run` neighbouring numbers.
#[derive(Clone, Copy)]
pub(crate) struct Walk {
    /// Rows of the window.
    pub(crate) rows: usize,
    /// Numbers from one row to the next.
    pub(crate) row_step: usize,
    /// Runs per row.
    pub(crate) taps: usize,
    /// Numbers from one run to the next.
    pub(crate) tap_step: usize,
    /// Numbers per run.
    pub(crate) run: usize,
}

impl Walk {
    /// One run: a pointwise product.
    pub(crate) const fn straight(run: usize) -> Self {
        Self { rows: 1, row_step: 0, taps: 1, tap_step: 0, run }
    }

    const fn is_straight(&self) -> bool {
        self.rows == 1 && self.taps == 1
    }
}

/// Neighbouring pixels that share a walk: where they are read and where they go.
#[derive(Clone, Copy)]
pub(crate) struct Pixels {
    /// The first input of the first pixel.
    pub(crate) from: *const f32,
    /// Numbers between the inputs of neighbours.
    pub(crate) from_step: usize,
    /// The first output of the first pixel.
    pub(crate) to: *mut f32,
    /// Numbers between the outputs of neighbours.
    pub(crate) to_step: usize,
    /// The place of the first pixel in the output, for the residual.
    pub(crate) place: usize,
    /// Places between neighbours.
    pub(crate) place_step: usize,
    /// How many there are.
    pub(crate) count: usize,
}

/// The weights that a walk meets, and what belongs to their output channels.
#[derive(Clone, Copy)]
pub(crate) struct Weights<'a> {
    /// The packed panels.
    pub(crate) panels: *const f32,
    /// Numbers of one output channel in a panel, of which the walk may meet only a part.
    pub(crate) depth: usize,
    /// How many of them come before the walk's first.
    pub(crate) skip: usize,
    /// Output channels.
    pub(crate) outputs: usize,
    /// What happens to the sums.
    pub(crate) finish: &'a Finish<'a>,
}

/// Numbers of input that a block of pixels may take: what stays in the first cache beside a panel of weights.
const BLOCK: usize = 65536;

/// Multiplies all panels with all pixels.
/// # Safety
/// Everything that `pixels` with `walk` and `weights` describe must lie inside the memory they point to.
pub(crate) unsafe fn product(walk: &Walk, pixels: &Pixels, weights: &Weights<'_>) {
    let tiles = (BLOCK / (walk.rows * pixels.from_step).max(1)).div_ceil(TILE).max(1);
    let mut done = 0;
    if walk.is_straight() && weights.skip == 0 && interleaved::pays(walk.run, weights.outputs) {
        done = pixels.count / TILE * TILE;
        // SAFETY: the whole tiles of these pixels.
        unsafe { interleaved::product(walk.run, &pixels.after(0, done), weights) };
    }
    while done < pixels.count {
        let count = (tiles * TILE).min(pixels.count - done);
        // SAFETY: `done` and what follows it are below the number of pixels.
        unsafe { panels(walk, &pixels.after(done, count), weights) };
        done += count;
    }
}

/// # Safety
/// As for `product`.
unsafe fn panels(walk: &Walk, pixels: &Pixels, weights: &Weights<'_>) {
    let mut channel = 0;
    while channel < weights.outputs {
        let count = (weights.outputs - channel).min(PANEL);
        // SAFETY: the panel of `channel` begins at `channel * depth`; pixels are counted.
        unsafe {
            let panel = Panel { from: weights.panels.add(channel * weights.depth), channel, count };
            if count > LANES {
                stripes::<2>(walk, pixels, weights, panel);
            } else {
                stripes::<1>(walk, pixels, weights, panel);
            }
        }
        channel += count;
    }
}

/// One panel of weights.
#[derive(Clone, Copy)]
pub(crate) struct Panel {
    /// Its first number.
    pub(crate) from: *const f32,
    /// Its first output channel.
    pub(crate) channel: usize,
    /// Channels that exist.
    pub(crate) count: usize,
}

/// All pixels with one panel. A last tile that would reach beyond them begins earlier: what it computes once more is the
/// same, and few functions are left to be compiled in the page.
/// # Safety
/// As for `product`.
unsafe fn stripes<const V: usize>(walk: &Walk, pixels: &Pixels, weights: &Weights<'_>, panel: Panel) {
    let count = pixels.count;
    // SAFETY: the tiles are of pixels that there are.
    unsafe {
        match count {
            0 => {}
            1 => stripe::<1, V>(walk, pixels, weights, panel),
            2 => stripe::<2, V>(walk, pixels, weights, panel),
            3 => stripe::<3, V>(walk, pixels, weights, panel),
            _ if count < TILE => {
                stripe::<4, V>(walk, &pixels.after(0, 4), weights, panel);
                if count > 4 {
                    stripe::<1, V>(walk, &pixels.after(4, 1), weights, panel);
                }
            }
            _ => {
                let tiles = if walk.taps == 1 { rows::<V> } else { stripe::<TILE, V> };
                let whole = count / TILE * TILE;
                tiles(walk, &pixels.after(0, whole), weights, panel);
                if whole < count {
                    tiles(walk, &pixels.after(count - TILE, TILE), weights, panel);
                }
            }
        }
    }
}

impl Pixels {
    /// `count` of them, from the one at `first` on.
    /// # Safety
    /// They must exist.
    pub(crate) unsafe fn after(&self, first: usize, count: usize) -> Self {
        // SAFETY: promised by the caller.
        let (from, to) = unsafe { (self.from.add(first * self.from_step), self.to.add(first * self.to_step)) };
        Self { from, to, place: self.place + first * self.place_step, count, ..*self }
    }
}

/// Pixels, `M` at a time, with one panel.
/// # Safety
/// As for `product`; the pixels are a multiple of `M`, the panel has `4 * V` channels, `count` of which exist.
#[inline(never)]
unsafe fn stripe<const M: usize, const V: usize>(walk: &Walk, pixels: &Pixels, weights: &Weights<'_>, panel: Panel) {
    let Pixels { mut from, from_step, to, to_step, mut place, place_step, count } = *pixels;
    // SAFETY: the walk stays inside the input and the panel, as the caller promises.
    unsafe {
        let first = panel.from.add(weights.skip * V * LANES);
        let mut to = to.add(panel.channel);
        let start = weights.finish.start::<V>(panel.channel, panel.count);
        for _ in 0..count / M {
            let mut sums = [start; M];
            let mut weight = first;
            for row in 0..walk.rows {
                for tap in 0..walk.taps {
                    let mut rows = [from.add(row * walk.row_step + tap * walk.tap_step); M];
                    for m in 1..M {
                        rows[m] = rows[m - 1].add(from_step);
                    }
                    weight = run::<M, V>(rows, walk.run, weight, &mut sums);
                }
            }
            let at = Place { pixel: place, pixel_step: place_step, channel: panel.channel, count: panel.count };
            weights.finish.store(sums, to, to_step, at);
            from = from.add(M * from_step);
            to = to.add(M * to_step);
            place += M * place_step;
        }
    }
}

/// The most frequent case, with little around the inner loop: whole tiles, and one run per row.
/// # Safety
/// As for `stripe`, with `TILE` pixels at a time.
#[inline(never)]
unsafe fn rows<const V: usize>(walk: &Walk, pixels: &Pixels, weights: &Weights<'_>, panel: Panel) {
    let Pixels { mut from, from_step, to, to_step, mut place, place_step, count } = *pixels;
    let first = panel.from.wrapping_add(weights.skip * V * LANES);
    // SAFETY: the run stays inside the input and the panel, as the caller promises.
    unsafe {
        let mut to = to.add(panel.channel);
        for _ in 0..count / TILE {
            // Read anew for each tile: in registers the bias would take the place of sums.
            let mut sums = [weights.finish.start::<V>(panel.channel, panel.count); TILE];
            let mut weight = first;
            for row in 0..walk.rows {
                let mut rows = [from.add(row * walk.row_step); TILE];
                for m in 1..TILE {
                    rows[m] = rows[m - 1].add(from_step);
                }
                weight = run::<TILE, V>(rows, walk.run, weight, &mut sums);
            }
            let at = Place { pixel: place, pixel_step: place_step, channel: panel.channel, count: panel.count };
            weights.finish.store(sums, to, to_step, at);
            from = from.add(TILE * from_step);
            to = to.add(TILE * to_step);
            place += TILE * place_step;
        }
    }
}

/// Adds one run of the walk to the sums; returns where the panel goes on.
///
/// Not unrolled: LLVM would gather the steps of each sum into one chain and keep all inputs alive, beyond the registers.
/// # Safety
/// Each of `rows` must be readable for `length` numbers; `panel` for `length` times `4 * V`.
#[allow(clippy::inline_always, reason = "the sums are registers of the tile")]
#[inline(always)]
unsafe fn run<const M: usize, const V: usize>(
    mut rows: [*const f32; M],
    length: usize,
    mut panel: *const f32,
    sums: &mut [[F32x4; V]; M],
) -> *const f32 {
    for _ in 0..length {
        // SAFETY: all reads stay below `length`.
        unsafe {
            let mut weights = [F32x4::zero(); V];
            for (v, weight) in weights.iter_mut().enumerate() {
                *weight = F32x4::load(panel.add(v * LANES));
            }
            for (row, sums) in rows.iter_mut().zip(sums.iter_mut()) {
                let input = F32x4::load_splat(*row);
                *row = row.add(1);
                for (sum, weight) in sums.iter_mut().zip(&weights) {
                    *sum = input.mul_add(*weight, *sum);
                }
            }
            panel = panel.add(V * LANES);
        }
    }
    panel
}
