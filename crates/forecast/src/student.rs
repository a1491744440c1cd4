//! Student's distribution, by the expansion of its quantiles around the normal ones
//! (Cornish and Fisher; M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions", 26.7.5).
//! Good to three digits from five degrees of freedom on, between the levels 0.001 and 0.999.

use crate::normal;

/// The quantile `level`.
pub(crate) fn quantile(level: f64, freedom: f64) -> f64 {
    stretch(normal::quantile(level), freedom)
}

/// The probability of less than `distance`: the expansion undone by halving.
pub(crate) fn probability(distance: f64, freedom: f64) -> f64 {
    if !freedom.is_finite() {
        return normal::probability(distance);
    }
    let (mut low, mut high) = (-distance.abs(), distance.abs());
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if stretch(middle, freedom) < distance {
            low = middle;
        } else {
            high = middle;
        }
    }
    normal::probability(0.5 * (low + high))
}

fn stretch(x: f64, freedom: f64) -> f64 {
    if !freedom.is_finite() || !x.is_finite() {
        return x;
    }
    let square = x * x;
    let first = x * (square + 1.0) / 4.0;
    let second = x * ((5.0 * square + 16.0) * square + 3.0) / 96.0;
    let third = x * (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0;
    x + (first + (second + third / freedom) / freedom) / freedom
}
