//! Activation functions of four numbers at once. `e^x` is a polynomial here, within 2e-7 relative of the true value.

use crate::activation::Activation;
use crate::lanes::{F32x4, LANES};

/// Vectors that go through a function side by side: V8 builds constants anew at each use, so uses are kept together.
const TOGETHER: usize = 4;

type Block = [F32x4; TOGETHER];

/// `e^x`: `x` is split into `n * ln 2 + r`; `e^r` is a polynomial (Cephes), `2^n` goes into the exponent.
#[allow(clippy::inline_always, reason = "meant for the middle of a loop")]
#[inline(always)]
fn exp(x: Block) -> Block {
    const SHIFT: f32 = 12_582_912.0; // 1.5 * 2^23: adding it rounds to a whole number
    let x = x.map(|x| clamp(x, -87.0, 88.0));
    let shifted = x.map(|x| x.mul(F32x4::splat(core::f32::consts::LOG2_E)).add(F32x4::splat(SHIFT)));
    let whole = shifted.map(|x| x.sub(F32x4::splat(SHIFT)));
    let rest = both(x, whole, |x, whole| x.sub(whole.mul(F32x4::splat(0.693_359_4))));
    let rest = both(rest, whole, |rest, whole| rest.sub(whole.mul(F32x4::splat(-2.121_944_4e-4))));
    let mut poly = [F32x4::splat(1.987_569_1e-4); TOGETHER];
    for factor in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5] {
        poly = both(poly, rest, |poly, rest| poly.mul(rest).add(F32x4::splat(factor)));
    }
    let power = both(poly, rest, |poly, rest| poly.mul(rest).mul(rest).add(rest).add(F32x4::splat(1.0)));
    both(power, shifted, |power, shifted| power.mul(F32x4::power_of_two(shifted)))
}

#[allow(clippy::inline_always, reason = "meant for the middle of a loop")]
#[inline(always)]
fn both(a: Block, b: Block, function: impl Fn(F32x4, F32x4) -> F32x4) -> Block {
    let mut result = a;
    for (a, b) in result.iter_mut().zip(b) {
        *a = function(*a, b);
    }
    result
}

/// `1 + e^-x`
#[allow(clippy::inline_always, reason = "meant for the middle of a loop")]
#[inline(always)]
fn one_and_exp(x: Block) -> Block {
    exp(x.map(|x| F32x4::zero().sub(x))).map(|power| power.add(F32x4::splat(1.0)))
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
    match activation {
        Activation::None => {}
        Activation::Sigmoid => slice(data, |x| one_and_exp(x).map(|x| F32x4::splat(1.0).div(x))),
        Activation::Silu => slice(data, |x| both(x, one_and_exp(x), F32x4::div)),
        // 2 / (1 + e^-2x) - 1
        Activation::Tanh => slice(data, |x| {
            let two = F32x4::splat(2.0);
            one_and_exp(x.map(|x| x.mul(two))).map(|x| two.div(x).sub(F32x4::splat(1.0)))
        }),
        Activation::Exp => slice(data, exp),
        Activation::Sqrt => slice(data, |x| x.map(F32x4::sqrt)),
        Activation::Gelu => data.iter_mut().for_each(|x| *x = activation.of(*x, 0.0)),
        quick => slice(data, |x| {
            let mut tile = [x];
            activate(quick, &mut tile, |_| F32x4::zero());
            let [x] = tile;
            x
        }),
    }
}

/// Applies `function` to a slice, a block at a time.
#[allow(clippy::inline_always, reason = "one loop per function")]
#[inline(always)]
fn slice(data: &mut [f32], function: impl Fn(Block) -> Block) {
    const LENGTH: usize = TOGETHER * LANES;
    let on = |block: &mut [f32; LENGTH]| {
        let mut values = [F32x4::zero(); TOGETHER];
        // SAFETY: a block holds as many numbers as the vectors together.
        unsafe {
            for (v, value) in values.iter_mut().enumerate() {
                *value = F32x4::load(block.as_ptr().add(v * LANES));
            }
            for (v, value) in function(values).into_iter().enumerate() {
                value.store(block.as_mut_ptr().add(v * LANES));
            }
        }
    };
    let (blocks, rest) = data.as_chunks_mut::<LENGTH>();
    blocks.iter_mut().for_each(on);
    if !rest.is_empty() {
        let mut last = [0.0; LENGTH];
        last[..rest.len()].copy_from_slice(rest);
        on(&mut last);
        rest.copy_from_slice(&last[..rest.len()]);
    }
}
