//! The normal distribution: probability and quantile, from `libm` alone so that they are equal everywhere.

use core::f64::consts::SQRT_2;

/// The probability of a value below `distance` standard deviations.
pub(crate) fn probability(distance: f64) -> f64 {
    0.5 * libm::erfc(-distance / SQRT_2)
}

/// How many standard deviations from the mean the quantile `level` lies: Acklam's rational approximation, made exact
/// by one step of Halley's method. Levels outside (0, 1) give infinities.
pub(crate) fn quantile(level: f64) -> f64 {
    if level.is_nan() || level <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if level >= 1.0 {
        return f64::INFINITY;
    }
    let guess = rational(level);
    let off = probability(guess) - level;
    let step = off * libm::sqrt(core::f64::consts::TAU) * libm::exp(0.5 * guess * guess);
    guess - step / (1.0 + 0.5 * guess * step)
}

fn rational(level: f64) -> f64 {
    const EDGE: f64 = 0.024_25;
    let tail = |p: f64| {
        let q = libm::sqrt(-2.0 * libm::log(p));
        let above = [
            -0.007_784_894_002_430_293,
            -0.322_396_458_041_136_5,
            -2.400_758_277_161_838,
            -2.549_732_539_343_734,
            4.374_664_141_464_968,
            2.938_163_982_698_783,
        ];
        let below =
            [0.007_784_695_709_041_462, 0.322_467_129_070_039_8, 2.445_134_137_142_996, 3.754_408_661_907_416, 1.0];
        polynomial(&above, q) / polynomial(&below, q)
    };
    if level < EDGE {
        return tail(level);
    }
    if level > 1.0 - EDGE {
        return -tail(1.0 - level);
    }
    let q = level - 0.5;
    let above = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    let below = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
        1.0,
    ];
    q * polynomial(&above, q * q) / polynomial(&below, q * q)
}

/// Horner's rule, highest power first.
fn polynomial(coefficients: &[f64], at: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, coefficient| sum * at + coefficient)
}
