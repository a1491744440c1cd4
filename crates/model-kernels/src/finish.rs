//! The epilogue inside a kernel: what a tile of sums goes through on its way from registers to memory.

use core::mem::MaybeUninit;

use crate::activate::{activate_slice, clamp, hard_sigmoid, hard_swish, leaky_relu};
use crate::activation::Activation;
use crate::epilogue::{Epilogue, Operands, Residual};
use crate::lanes::{F32x4, LANES};

/// An epilogue with its operands, checked. Slow activations are left to `after`, which goes over the output once more.
#[derive(Clone, Copy)]
pub(crate) struct Finish<'a> {
    activation: Activation,
    residual: Residual,
    operands: Operands<'a>,
    /// The least and the greatest number that the activation lets through.
    bounds: [f32; 2],
}

/// Where a tile lies in the output.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// The first pixel.
    pub(crate) pixel: usize,
    /// From one pixel of the tile to the next.
    pub(crate) pixel_step: usize,
    /// The first channel.
    pub(crate) channel: usize,
    /// Channels that exist, at most as many as the tile has.
    pub(crate) count: usize,
}

impl<'a> Finish<'a> {
    /// `operands` have passed `Epilogue::check` for the output that the kernel writes.
    pub(crate) fn new(epilogue: &Epilogue, operands: &Operands<'a>) -> Self {
        let Epilogue { activation, residual } = *epilogue;
        let mut own = Self { activation, residual, operands: *operands, bounds: [0.0; 2] };
        if !own.activation.is_quick() {
            own.activation = Activation::None;
            if matches!(own.residual, Residual::AfterActivation { .. }) {
                own.residual = Residual::None;
            }
        }
        own.bounds = match own.activation {
            Activation::Relu => [0.0, f32::INFINITY],
            Activation::Relu6 => [0.0, 6.0],
            Activation::Clamp { low, high } => [low, high],
            _ => [f32::NEG_INFINITY, f32::INFINITY],
        };
        own
    }

    /// Is it what most layers end with, and each kernel therefore does itself?
    fn is_usual(&self) -> bool {
        !matches!(self.activation, Activation::LeakyRelu { .. } | Activation::HardSigmoid { .. })
    }

    /// Channels of the residual, 0 for none, and whether it joins before the activation.
    fn residual_of(&self) -> (usize, bool) {
        match self.residual {
            Residual::None => (0, false),
            Residual::BeforeActivation { channels } => (channels, true),
            Residual::AfterActivation { channels } => (channels, false),
        }
    }

    /// What a tile starts from: the bias of the channels from `channel` on, `count` of which exist.
    /// # Safety
    /// `channel + count` must not exceed the output's channels.
    #[allow(clippy::inline_always, reason = "the values are registers of the kernel that calls")]
    #[inline(always)]
    pub(crate) unsafe fn start<const V: usize>(&self, channel: usize, count: usize) -> [F32x4; V] {
        let mut first = [F32x4::zero(); V];
        if !self.operands.bias.is_empty() {
            for (v, first) in first.iter_mut().enumerate() {
                if count > v * LANES {
                    // SAFETY: a bias that is there has as many numbers as the output has channels.
                    *first = unsafe { load(self.operands.bias.as_ptr().add(channel + v * LANES), count - v * LANES) };
                }
            }
        }
        first
    }

    /// Finishes and stores a tile of `M` pixels.
    /// # Safety
    /// `to` must be writable for `M` pixels `step` numbers apart, with `at.count` (at most `4 * V`) numbers each; the
    /// pixels and channels must exist in the output.
    #[allow(clippy::inline_always, reason = "the values are registers of the kernel that calls")]
    #[inline(always)]
    pub(crate) unsafe fn store<const M: usize, const V: usize>(
        &self,
        sums: [[F32x4; V]; M],
        to: *mut f32,
        step: usize,
        at: Place,
    ) {
        let (own, before) = self.residual_of();
        let (first, end) = (at.channel, at.channel + V * LANES);
        let whole = at.count == V * LANES && (own <= first || end <= own);
        if whole && self.is_usual() {
            let mut sums = sums;
            let joins = own > first;
            let residual = self.operands.residual.as_ptr().wrapping_add(at.pixel * own + first);
            // SAFETY: where it joins, the residual has all channels of this tile, and its pixels; slopes that are there are
            // as many as the output's channels; the rest is promised by the caller.
            unsafe {
                if joins && before {
                    add(&mut sums, residual, at.pixel_step * own);
                }
                match self.activation {
                    Activation::Prelu => {
                        for v in 0..V {
                            let slope = F32x4::load(self.operands.slopes.as_ptr().add(first + v * LANES));
                            for sums in &mut sums {
                                sums[v] = leaky_relu(sums[v], slope);
                            }
                        }
                    }
                    Activation::HardSwish => {
                        for sum in sums.as_flattened_mut() {
                            *sum = hard_swish(*sum);
                        }
                    }
                    _ => {
                        // Read from memory only now: in registers they would take the place of sums.
                        let bound = |at: usize| F32x4::load_splat(self.bounds.as_ptr().add(at));
                        let (low, high) = (bound(0), bound(1));
                        for sum in sums.as_flattened_mut() {
                            *sum = sum.max(low).min(high);
                        }
                    }
                }
                if joins && !before {
                    add(&mut sums, residual, at.pixel_step * own);
                }
                let mut to = to;
                for sums in sums {
                    for (v, sum) in sums.into_iter().enumerate() {
                        sum.store(to.add(v * LANES));
                    }
                    to = to.wrapping_add(step);
                }
            }
            return;
        }
        let mut tile = [const { MaybeUninit::<[F32x4; MOST_VECTORS]>::uninit() }; MOST_PIXELS];
        const { assert!(M <= MOST_PIXELS && V <= MOST_VECTORS, "the tile holds every kernel's sums") };
        // SAFETY: the sums fit; the rest is promised by the caller.
        unsafe {
            for (pixel, sums) in tile.iter_mut().zip(sums) {
                for (v, sum) in sums.into_iter().enumerate() {
                    sum.store(pixel.as_mut_ptr().cast::<f32>().add(v * LANES));
                }
            }
            self.store_tile(tile.as_ptr().cast(), M, to, step, at);
        }
    }

    /// Finishes and stores a tile that lies in memory. One function for the tiles of all kernels, so that the compiler in
    /// the browser, whose time is most of a first run, meets the activations once.
    /// # Safety
    /// As for `store`; `tile` must hold `pixels` times `MOST_VECTORS` vectors.
    #[inline(never)]
    unsafe fn store_tile(&self, tile: *const f32, pixels: usize, to: *mut f32, step: usize, at: Place) {
        let tile = Tile { from: tile, pixels, to, step, at };
        // SAFETY: promised by the caller.
        unsafe {
            match self.activation {
                Activation::Relu => self.each(&tile, |x, _| x.max(F32x4::zero())),
                Activation::Relu6 => self.each(&tile, |x, _| clamp(x, 0.0, 6.0)),
                Activation::Clamp { low, high } => self.each(&tile, |x, _| clamp(x, low, high)),
                Activation::Prelu => self.each(&tile, leaky_relu),
                Activation::LeakyRelu { slope } => self.each(&tile, |x, _| leaky_relu(x, F32x4::splat(slope))),
                Activation::HardSwish => self.each(&tile, |x, _| hard_swish(x)),
                Activation::HardSigmoid { alpha, beta } => self.each(&tile, |x, _| hard_sigmoid(x, alpha, beta)),
                _ => self.each(&tile, |x, _| x),
            }
        }
    }

    /// `function` of every vector of a tile and its slopes, with the residual before or after it.
    /// # Safety
    /// As for `store_tile`.
    #[inline(never)]
    unsafe fn each(&self, tile: &Tile, function: impl Fn(F32x4, F32x4) -> F32x4) {
        let Place { pixel, pixel_step, channel, count } = tile.at;
        let (own, before) = self.residual_of();
        for first in (0..count).step_by(LANES) {
            let there = (count - first).min(LANES);
            let more = own.saturating_sub(channel + first).min(there);
            // SAFETY: `there` counts channels that exist, `more` those that the residual has as well; slopes that are
            // there are as many as the output's channels.
            unsafe {
                let slopes = self.operands.slopes;
                let slope =
                    if slopes.is_empty() { F32x4::zero() } else { load(slopes.as_ptr().add(channel + first), there) };
                let mut from = tile.from.add(first);
                let mut to = tile.to.add(first);
                let mut residual = self.operands.residual.as_ptr().wrapping_add(pixel * own + channel + first);
                for _ in 0..tile.pixels {
                    let mut value = F32x4::load(from);
                    if more == 0 {
                        value = function(value, slope);
                    } else if before {
                        value = function(value.add(load(residual, more)), slope);
                    } else {
                        value = function(value, slope).add(load(residual, more));
                    }
                    if there == LANES {
                        value.store(to)
                    } else {
                        value.store_part(to, there)
                    }
                    from = from.add(MOST_VECTORS * LANES);
                    to = to.wrapping_add(tile.step);
                    residual = residual.wrapping_add(pixel_step * own);
                }
            }
        }
    }
}

/// Adds the residual of a tile.
/// # Safety
/// `from` must be readable for as many pixels, `step` apart.
#[allow(clippy::inline_always, reason = "the sums are registers of the tile")]
#[inline(always)]
unsafe fn add<const M: usize, const V: usize>(sums: &mut [[F32x4; V]; M], mut from: *const f32, step: usize) {
    for sums in sums {
        for (v, sum) in sums.iter_mut().enumerate() {
            // SAFETY: promised by the caller.
            *sum = sum.add(unsafe { F32x4::load(from.add(v * LANES)) });
        }
        from = from.wrapping_add(step);
    }
}

/// Sums of a tile, and where they go.
struct Tile {
    from: *const f32,
    pixels: usize,
    to: *mut f32,
    step: usize,
    at: Place,
}

/// The largest tiles of the kernels.
const MOST_PIXELS: usize = 8;
const MOST_VECTORS: usize = 4;

/// What a quick finish left undone, over the whole output.
pub(crate) fn after(epilogue: &Epilogue, operands: &Operands<'_>, output: &mut [f32], channels: usize) {
    if epilogue.activation.is_quick() {
        return;
    }
    activate_slice(epilogue.activation, output);
    if let Residual::AfterActivation { channels: own } = epilogue.residual {
        for (to, from) in output.chunks_exact_mut(channels).zip(operands.residual.chunks_exact(own)) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        }
    }
}

/// The first `count` numbers, at least one and at most four; lanes beyond are zero.
/// # Safety
/// `from` must be readable for `count` numbers.
#[allow(clippy::inline_always, reason = "a few instructions")]
#[inline(always)]
unsafe fn load(from: *const f32, count: usize) -> F32x4 {
    // SAFETY: promised by the caller.
    unsafe { if count >= LANES { F32x4::load(from) } else { F32x4::load_part(from, count) } }
}
