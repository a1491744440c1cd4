//! Activation functions of four numbers at once. `e^x` is a polynomial here, within 2e-7 relative of the true value.

use crate::activation::Activation;
use crate::copy::copy;
use crate::lanes::{F32x4, LANES};

/// Numbers that go through the stages of `e^x` together: within a stage they do not wait for each other, and the constants
/// of a stage fit the registers.
const CHUNK: usize = 64;

/// `after(x, e^before(x))` of every number. `e^y`: `y` is split into `n * ln 2 + r`; `e^r` is a polynomial (Cephes), `2^n`
/// goes into the exponent.
///
/// Called for a few thousand numbers at a time: the browser replaces its first, slow code only between calls.
#[inline(never)]
fn through_exp(data: &mut [f32], before: impl Fn(F32x4) -> F32x4, after: impl Fn(F32x4, F32x4) -> F32x4) {
    const SHIFT: f32 = 12_582_912.0; // 1.5 * 2^23: adding it rounds to a whole number
    let (mut x, mut rest, mut scale, mut poly) = ([0.0; CHUNK], [0.0; CHUNK], [0.0; CHUNK], [0.0; CHUNK]);
    for chunk in data.chunks_mut(CHUNK) {
        copy(chunk, &mut x);
        let vectors = || (0..chunk.len()).step_by(LANES);
        for at in vectors() {
            let y = clamp(before(load(&x, at)), -87.0, 88.0);
            let shifted = y.mul(F32x4::splat(core::f32::consts::LOG2_E)).add(F32x4::splat(SHIFT));
            let whole = shifted.sub(F32x4::splat(SHIFT));
            let y = y.sub(whole.mul(F32x4::splat(0.693_359_4))).sub(whole.mul(F32x4::splat(-2.121_944_4e-4)));
            store(&mut rest, at, y);
            store(&mut scale, at, F32x4::power_of_two(shifted));
        }
        for at in vectors() {
            let y = load(&rest, at);
            let mut sum = F32x4::splat(1.987_569_1e-4);
            for factor in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5] {
                sum = sum.mul(y).add(F32x4::splat(factor));
            }
            store(&mut poly, at, sum.mul(y).mul(y).add(y).add(F32x4::splat(1.0)));
        }
        for at in vectors() {
            let power = load(&poly, at).mul(load(&scale, at));
            let value = after(load(&x, at), power);
            store(&mut x, at, value);
        }
        copy(&x, chunk);
    }
}

#[allow(clippy::inline_always, reason = "one instruction")]
#[inline(always)]
fn load(from: &[f32; CHUNK], at: usize) -> F32x4 {
    debug_assert!(at + LANES <= CHUNK);
    // SAFETY: `at` is below the length of a chunk, and a multiple of four like it.
    unsafe { F32x4::load(from.as_ptr().add(at)) }
}

#[allow(clippy::inline_always, reason = "one instruction")]
#[inline(always)]
fn store(to: &mut [f32; CHUNK], at: usize, value: F32x4) {
    debug_assert!(at + LANES <= CHUNK);
    // SAFETY: as for `load`.
    unsafe { value.store(to.as_mut_ptr().add(at)) }
}

#[allow(clippy::inline_always, reason = "two instructions")]
#[inline(always)]
pub(crate) fn clamp(x: F32x4, low: f32, high: f32) -> F32x4 {
    x.max(F32x4::splat(low)).min(F32x4::splat(high))
}

/// `x` where positive, else `x * slope`.
#[allow(clippy::inline_always, reason = "a few instructions")]
#[inline(always)]
pub(crate) fn leaky_relu(x: F32x4, slope: F32x4) -> F32x4 {
    let zero = F32x4::zero();
    x.min(zero).mul_add(slope, x.max(zero))
}

#[allow(clippy::inline_always, reason = "a few instructions")]
#[inline(always)]
pub(crate) fn hard_sigmoid(x: F32x4, alpha: f32, beta: f32) -> F32x4 {
    clamp(x.mul_add(F32x4::splat(alpha), F32x4::splat(beta)), 0.0, 1.0)
}

#[allow(clippy::inline_always, reason = "a few instructions")]
#[inline(always)]
pub(crate) fn hard_swish(x: F32x4) -> F32x4 {
    x.mul(hard_sigmoid(x, 1.0 / 6.0, 0.5))
}

/// Applies any activation but `Prelu` to a row of numbers.
pub(crate) fn activate_slice(activation: Activation, data: &mut [f32]) {
    const PART: usize = 1024;
    data.chunks_mut(PART).for_each(|part| activate_part(activation, part));
}

fn activate_part(activation: Activation, data: &mut [f32]) {
    let (zero, one, two) = (F32x4::zero(), F32x4::splat(1.0), F32x4::splat(2.0));
    match activation {
        Activation::None | Activation::Prelu => {}
        Activation::Sigmoid => through_exp(data, |x| zero.sub(x), |_, power| one.div(one.add(power))),
        Activation::Silu => through_exp(data, |x| zero.sub(x), |x, power| x.div(one.add(power))),
        Activation::Tanh => {
            through_exp(data, |x| zero.sub(x.mul(two)), |_, power| two.div(one.add(power)).sub(one));
        }
        Activation::Exp => through_exp(data, |x| x, |_, power| power),
        Activation::Sqrt => slice(data, F32x4::sqrt),
        Activation::Gelu => data.iter_mut().for_each(|x| *x = activation.of(*x, 0.0)),
        Activation::Relu => slice(data, |x| x.max(zero)),
        Activation::Relu6 => slice(data, |x| clamp(x, 0.0, 6.0)),
        Activation::Clamp { low, high } => slice(data, |x| clamp(x, low, high)),
        Activation::LeakyRelu { slope } => slice(data, |x| leaky_relu(x, F32x4::splat(slope))),
        Activation::HardSwish => slice(data, hard_swish),
        Activation::HardSigmoid { alpha, beta } => slice(data, |x| hard_sigmoid(x, alpha, beta)),
    }
}

/// Applies `function` to a slice, four numbers at a time.
#[allow(clippy::inline_always, reason = "one loop per function")]
#[inline(always)]
fn slice(data: &mut [f32], function: impl Fn(F32x4) -> F32x4) {
    let (fours, rest) = data.as_chunks_mut::<LANES>();
    for four in fours {
        // SAFETY: `four` holds four numbers.
        unsafe { function(F32x4::load(four.as_ptr())).store(four.as_mut_ptr()) }
    }
    if !rest.is_empty() {
        // SAFETY: `rest` holds one to three numbers.
        unsafe { function(F32x4::load_part(rest.as_ptr(), rest.len())).store_part(rest.as_mut_ptr(), rest.len()) }
    }
}
