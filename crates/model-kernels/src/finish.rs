//! The epilogue inside a kernel: what a tile of sums goes through on its way from registers to memory.

use crate::activate::{activate, activate_slice};
use crate::activation::Activation;
use crate::epilogue::{Epilogue, Operands, Residual};
use crate::lanes::{F32x4, LANES};

/// An epilogue with its operands, checked. Slow activations are left to `after`, which goes over the output once more.
#[derive(Clone, Copy)]
pub(crate) struct Finish<'a> {
    activation: Activation,
    residual: Residual,
    operands: Operands<'a>,
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
        let mut own = Self { activation: epilogue.activation, residual: epilogue.residual, operands: *operands };
        if !own.activation.is_quick() {
            own.activation = Activation::None;
            if matches!(own.residual, Residual::AfterActivation { .. }) {
                own.residual = Residual::None;
            }
        }
        own
    }

    /// The least and the greatest number that is stored, where that is all there is to do and the panel is `full`.
    pub(crate) fn bounds(&self, full: bool) -> Option<[f32; 2]> {
        match (self.residual, self.activation) {
            _ if !full => None,
            (Residual::None, Activation::None) => Some([f32::NEG_INFINITY, f32::INFINITY]),
            (Residual::None, Activation::Relu) => Some([0.0, f32::INFINITY]),
            (Residual::None, Activation::Relu6) => Some([0.0, 6.0]),
            (Residual::None, Activation::Clamp { low, high }) => Some([low, high]),
            _ => None,
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
                // SAFETY: a bias that is there has as many numbers as the output has channels.
                *first = unsafe { load(self.operands.bias.as_ptr().add(channel), v, count) };
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
        mut sums: [[F32x4; V]; M],
        to: *mut f32,
        step: usize,
        at: Place,
    ) {
        let Place { channel, count, .. } = at;
        if let Residual::BeforeActivation { channels } = self.residual {
            // SAFETY: promised by the caller; the residual has as many pixels as the output.
            unsafe { self.add_residual(&mut sums, channels, at) };
        }
        activate(self.activation, &mut sums, |v| {
            // SAFETY: slopes, where they are asked for, have as many numbers as the output has channels.
            unsafe { load(self.operands.slopes.as_ptr().add(channel), v, count) }
        });
        if let Residual::AfterActivation { channels } = self.residual {
            // SAFETY: as above.
            unsafe { self.add_residual(&mut sums, channels, at) };
        }
        if count == LANES * V {
            for (m, row) in sums.iter().enumerate() {
                for (v, value) in row.iter().enumerate() {
                    // SAFETY: promised by the caller.
                    unsafe { value.store(to.add(m * step + v * LANES)) };
                }
            }
        } else {
            for (m, row) in sums.iter().enumerate() {
                for (v, value) in row.iter().enumerate() {
                    // SAFETY: promised by the caller; no more than `count` numbers are written.
                    unsafe { store(*value, to.add(m * step), v, count) };
                }
            }
        }
    }

    /// # Safety
    /// As for `store`; `channels` are the residual's.
    #[allow(clippy::inline_always, reason = "the values are registers of the kernel that calls")]
    #[inline(always)]
    unsafe fn add_residual<const M: usize, const V: usize>(
        &self,
        sums: &mut [[F32x4; V]; M],
        channels: usize,
        at: Place,
    ) {
        let Place { pixel, pixel_step, channel, count } = at;
        let there = count.min(channels.saturating_sub(channel));
        if there == 0 {
            return;
        }
        for (m, row) in sums.iter_mut().enumerate() {
            for (v, sum) in row.iter_mut().enumerate() {
                // SAFETY: `there` counts only channels that the residual has; its pixels are the output's.
                let more = unsafe {
                    load(self.operands.residual.as_ptr().add((pixel + m * pixel_step) * channels + channel), v, there)
                };
                *sum = sum.add(more);
            }
        }
    }
}

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

/// Vector `v` of a run of `count` numbers; lanes beyond are zero.
/// # Safety
/// `from` must be readable for `count` numbers.
#[allow(clippy::inline_always, reason = "a few instructions")]
#[inline(always)]
unsafe fn load(from: *const f32, v: usize, count: usize) -> F32x4 {
    let at = v * LANES;
    // SAFETY: each case reads only numbers below `count`.
    unsafe {
        if count >= at + LANES {
            F32x4::load(from.add(at))
        } else if count > at {
            F32x4::load_part(from.add(at), count - at)
        } else {
            F32x4::zero()
        }
    }
}

/// Stores what there is of vector `v` in a run of `count` numbers.
/// # Safety
/// `to` must be writable for `count` numbers.
#[allow(clippy::inline_always, reason = "a few instructions")]
#[inline(always)]
unsafe fn store(value: F32x4, to: *mut f32, v: usize, count: usize) {
    let at = v * LANES;
    // SAFETY: each case writes only numbers below `count`.
    unsafe {
        if count >= at + LANES {
            value.store(to.add(at));
        } else if count > at {
            value.store_part(to.add(at), count - at);
        }
    }
}
