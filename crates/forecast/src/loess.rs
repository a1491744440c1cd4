//! Local straight lines with tricube weights (W. S. Cleveland, 1979), at evenly spaced places.

/// The line's value at `at` through the `span` values nearest to it. Places may lie outside the values, which
/// extrapolates.
pub(crate) fn loess_at(values: &[f64], at: f64, span: usize) -> f64 {
    let count = values.len();
    let taken = span.min(count).max(1);
    let wanted = at - (taken - 1) as f64 / 2.0;
    let first = (wanted.max(0.0).ceil() as usize).min(count.saturating_sub(taken));
    let near = values.get(first..first + taken).unwrap_or(values);
    let (start, end) = (first as f64, (first + taken - 1) as f64);
    let mut reach = (at - start).abs().max((end - at).abs());
    if span > count {
        reach += (span - count) as f64 / 2.0;
    }
    let inverse = 1.0 / (reach * 1.000_001).max(1e-9);
    let (mut weights, mut places, mut squares, mut sum, mut shared) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let mut offset = start - at;
    for &value in near {
        let away = (offset * inverse).abs();
        let bell = 1.0 - away * away * away;
        let weight = if away < 1.0 { bell * bell * bell } else { 0.0 };
        let placed = weight * offset;
        weights += weight;
        places += placed;
        squares += placed * offset;
        sum += weight * value;
        shared += placed * value;
        offset += 1.0;
    }
    let spread = weights * squares - places * places;
    if weights <= 0.0 {
        return near.iter().sum::<f64>() / near.len().max(1) as f64;
    }
    if spread <= 1e-9 * weights * weights {
        return sum / weights;
    }
    (squares * sum - places * shared) / spread
}

/// Smooths all values. Wide spans are evaluated at every tenth of a span and joined by straight lines, as Cleveland's
/// own program does.
pub(crate) fn loess(values: &[f64], span: usize) -> Vec<f64> {
    let count = values.len();
    let stride = span.div_ceil(10).max(1);
    let last = count.saturating_sub(1);
    let mut smooth = Vec::with_capacity(count);
    let mut place = 0;
    let mut here = loess_at(values, 0.0, span);
    while place < last {
        let next_place = (place + stride).min(last);
        let next = loess_at(values, next_place as f64, span);
        let slope = (next - here) / (next_place - place) as f64;
        smooth.extend((0..next_place - place).map(|step| here + slope * step as f64));
        (place, here) = (next_place, next);
    }
    if count > 0 {
        smooth.push(here);
    }
    smooth
}
