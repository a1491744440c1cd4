//! Activation functions of four numbers at once. `e^x` is a polynomial here, within 2e-7 relative of the true value.

use crate::activation::Activation;
use crate::lanes::{F32x4, LANES};

/// `e^x`: `x` is split into `n * ln 2 + r`; `e^r` is a polynomial (Cephes), `2^n` goes into the exponent.
#[allow(clippy::inline_always, reason = "meant for the middle of a kernel")]
#[inline(always)]
pub(crate) fn exp(x: F32x4) -> F32x4 {
    const SHIFT: f32 = 12_582_912.0; // 1.5 * 2^23: adding it rounds to a whole number
    let x = x.max(F32x4::splat(-87.0)).min(F32x4::splat(88.0));
    let shifted = x.mul(F32x4::splat(core::f32::consts::LOG2_E)).add(F32x4::splat(SHIFT));
    let whole = shifted.sub(F32x4::splat(SHIFT));
    let rest = x.sub(whole.mul(F32x4::splat(0.693_359_4))).sub(whole.mul(F32x4::splat(-2.121_944_4e-4)));
    let mut poly = F32x4::splat(1.987_569_1e-4);
    for factor in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5] {
        poly = poly.mul(rest).add(F32x4::splat(factor));
    }
    let power = poly.mul(rest).mul(rest).add(rest).add(F32x4::splat(1.0));
    power.mul(F32x4::power_of_two(shifted))
}

#[allow(clippy::inline_always, reason = "meant for the middle of a kernel")]
#[inline(always)]
fn clamp(x: F32x4, low: f32, high: f32) -> F32x4 {
    x.max(F32x4::splat(low)).min(F32x4::splat(high))
}

/// Applies `function` to every vector of a tile.
#[allow(clippy::inline_always, reason = "the values are registers of the kernel that calls")]
#[inline(always)]
fn each<const M: usize, const V: usize>(values: &mut [[F32x4; V]; M], function: impl Fn(F32x4) -> F32x4) {
    for row in values {
        for value in row {
            *value = function(*value);
        }
    }
}

/// Applies a quick `activation` to a tile of `M` pixels; `slope` gives the slopes of vector `v`, for `Prelu`.
/// The others leave the tile as it is: `Activation::is_quick` tells which.
#[allow(clippy::inline_always, reason = "the values are registers of the kernel that calls")]
#[inline(always)]
pub(crate) fn activate<const M: usize, const V: usize>(
    activation: Activation,
    values: &mut [[F32x4; V]; M],
    slope: impl Fn(usize) -> F32x4,
) {
    let zero = F32x4::zero();
    match activation {
        Activation::Relu => each(values, |x| x.max(zero)),
        Activation::Relu6 => each(values, |x| clamp(x, 0.0, 6.0)),
        Activation::Clamp { low, high } => each(values, |x| clamp(x, low, high)),
        Activation::Prelu => {
            for v in 0..V {
                let slope = slope(v);
                for row in values.iter_mut() {
                    row[v] = row[v].min(zero).mul_add(slope, row[v].max(zero));
                }
            }
        }
        Activation::LeakyRelu { slope } => each(values, |x| x.min(zero).mul_add(F32x4::splat(slope), x.max(zero))),
        Activation::HardSwish => {
            each(values, |x| x.mul(clamp(x.mul_add(F32x4::splat(1.0 / 6.0), F32x4::splat(0.5)), 0.0, 1.0)))
        }
        Activation::HardSigmoid { alpha, beta } => {
            each(values, |x| clamp(x.mul_add(F32x4::splat(alpha), F32x4::splat(beta)), 0.0, 1.0));
        }
        _ => {}
    }
}

/// Applies any activation but `Prelu` to a row of numbers.
pub(crate) fn activate_slice(activation: Activation, data: &mut [f32]) {
    let one = F32x4::splat(1.0);
    match activation {
        Activation::None => {}
        Activation::Sigmoid => slice(data, |x| one.div(one.add(exp(F32x4::zero().sub(x))))),
        Activation::Silu => slice(data, |x| x.div(one.add(exp(F32x4::zero().sub(x))))),
        Activation::Tanh => slice(data, |x| {
            let two = F32x4::splat(2.0);
            one.sub(two.div(one.add(exp(x.mul(two)))))
        }),
        Activation::Exp => slice(data, exp),
        Activation::Sqrt => slice(data, F32x4::sqrt),
        Activation::Gelu => data.iter_mut().for_each(|x| *x = activation.of(*x, 0.0)),
        quick => slice(data, |x| {
            let mut tile = [[x]];
            activate(quick, &mut tile, |_| F32x4::zero());
            tile[0][0]
        }),
    }
}

/// Applies `function` to a slice, four numbers at a time.
#[allow(clippy::inline_always, reason = "one loop per function")]
#[inline(always)]
fn slice(data: &mut [f32], function: impl Fn(F32x4) -> F32x4) {
    let mut fours = data.chunks_exact_mut(LANES);
    for four in &mut fours {
        // SAFETY: `four` holds four numbers.
        unsafe { function(F32x4::load(four.as_ptr())).store(four.as_mut_ptr()) }
    }
    let rest = fours.into_remainder();
    if !rest.is_empty() {
        // SAFETY: `rest` holds one to three numbers.
        unsafe { function(F32x4::load_part(rest.as_ptr(), rest.len())).store_part(rest.as_mut_ptr(), rest.len()) }
    }
}
