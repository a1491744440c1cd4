//! Local straight lines with tricube weights (W. S. Cleveland, 1979), at evenly spaced places.

/// A smoother over an odd number of values.
pub(crate) struct Loess {
    span: usize,
    /// The weights of a full window around its middle, adding up to 1: there the line's value is their mean, so nearly
    /// all places cost one multiplication for each value.
    kernel: Vec<f64>,
}

fn tricube(away: f64) -> f64 {
    let bell = 1.0 - away * away * away;
    if away < 1.0 { bell * bell * bell } else { 0.0 }
}

/// The farthest value has next to no weight, but some.
const BEYOND: f64 = 1.000_001;

impl Loess {
    /// Over the `span` nearest values; an even number counts as the next odd one.
    pub(crate) fn new(span: usize) -> Self {
        let span = span | 1;
        let half = (span / 2) as f64;
        let inverse = 1.0 / (half * BEYOND).max(1e-9);
        let weights: Vec<f64> = (0..span).map(|place| tricube((place as f64 - half).abs() * inverse)).collect();
        let all: f64 = weights.iter().sum();
        Self { span, kernel: weights.into_iter().map(|weight| weight / all).collect() }
    }

    /// The value at `place`, which may lie outside the values: that extrapolates.
    pub(crate) fn at(&self, values: &[f64], place: isize) -> f64 {
        let half = self.span / 2;
        let window =
            usize::try_from(place).ok().and_then(|place| values.get(place.checked_sub(half)?..place + half + 1));
        match window {
            Some(window) => window.iter().zip(&self.kernel).map(|(value, weight)| value * weight).sum(),
            None => self.at_edge(values, place),
        }
    }

    fn at_edge(&self, values: &[f64], place: isize) -> f64 {
        let count = values.len();
        let taken = self.span.min(count).max(1);
        let at = place as f64;
        let wanted = at - (taken - 1) as f64 / 2.0;
        let first = (libm::ceil(wanted.max(0.0)) as usize).min(count.saturating_sub(taken));
        let near = values.get(first..first + taken).unwrap_or(values);
        let (start, end) = (first as f64, (first + taken - 1) as f64);
        let mut reach = (at - start).abs().max((end - at).abs());
        if self.span > count {
            reach += (self.span - count) as f64 / 2.0;
        }
        let inverse = 1.0 / (reach * BEYOND).max(1e-9);
        let (mut weights, mut places, mut squares, mut sum, mut shared) = (0.0, 0.0, 0.0, 0.0, 0.0);
        let mut offset = start - at;
        for &value in near {
            let weight = tricube((offset * inverse).abs());
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
    pub(crate) fn smooth(&self, values: &[f64]) -> Vec<f64> {
        let count = values.len();
        let stride = self.span.div_ceil(10).max(1);
        let last = count.saturating_sub(1);
        let mut smooth = Vec::with_capacity(count);
        let mut place = 0;
        let mut here = self.at(values, 0);
        while place < last {
            let next_place = (place + stride).min(last);
            let next = self.at(values, next_place as isize);
            let slope = (next - here) / (next_place - place) as f64;
            smooth.extend((0..next_place - place).map(|step| here + slope * step as f64));
            (place, here) = (next_place, next);
        }
        if count > 0 {
            smooth.push(here);
        }
        smooth
    }
}
