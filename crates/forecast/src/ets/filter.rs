//! The smoothing recursion: one pass over the values with given constants.

use super::form::Form;
use crate::pattern::Acts;

/// The constants of one form; the trend's and the season's are 0 where the form has none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Constants {
    pub(crate) alpha: f64,
    pub(crate) beta: f64,
    pub(crate) gamma: f64,
    pub(crate) phi: f64,
    pub(crate) level: f64,
    pub(crate) trend: f64,
}

/// What a pass ends with.
#[derive(Clone, Debug)]
pub(crate) struct End {
    pub(crate) level: f64,
    pub(crate) trend: f64,
    /// By position in the season, position 0 being the first value's.
    pub(crate) indices: Vec<f64>,
    /// Sum of squared errors: of relative ones where the form's error multiplies.
    pub(crate) squares: f64,
    /// Sum of logarithms of the expected values; 0 where the form's error adds.
    logs: f64,
    periods: usize,
}

impl End {
    /// The likelihood to the power of minus two by the number of values, but for a factor: it grows with the square of the
    /// values' unit, so that a search ends at the same place in every unit.
    pub(crate) fn badness(&self, form: Form) -> f64 {
        let count = self.periods as f64;
        // An exact fit has no finite likelihood; this floor is far below any rounding of real values.
        let squares = self.squares.max(1e-300);
        if form.error == Acts::Multiplies { squares * libm::exp(2.0 * self.logs / count.max(1.0)) } else { squares }
    }
}

/// Runs passes that start from the same seasonal indices, without allocating in between.
pub(crate) struct Filter<'a> {
    start: &'a [f64],
    indices: Vec<f64>,
}

/// The sums of a pass that the inner loops share.
struct Sums {
    level: f64,
    trend: f64,
    squares: f64,
    product: f64,
    logs: f64,
}

impl<'a> Filter<'a> {
    pub(crate) fn new(start: &'a [f64]) -> Self {
        Self { start, indices: start.to_vec() }
    }

    /// One pass.
    pub(crate) fn run(&mut self, form: Form, values: &[f64], constants: Constants) -> End {
        self.indices.clear();
        self.indices.extend_from_slice(self.start);
        let mut sums = Sums { level: constants.level, trend: constants.trend, squares: 0.0, product: 1.0, logs: 0.0 };
        let indices = &mut self.indices;
        match (form.season, form.error) {
            (None, Acts::Adds) => plain::<false>(values, constants, &mut sums),
            (None, Acts::Multiplies) => plain::<true>(values, constants, &mut sums),
            (Some(Acts::Adds), _) => added(values, indices, constants, &mut sums),
            (Some(Acts::Multiplies), _) => multiplied(values, indices, constants, &mut sums),
        }
        let logs = sums.logs + libm::log(sums.product);
        End {
            level: sums.level,
            trend: sums.trend,
            indices: self.indices.clone(),
            squares: sums.squares,
            logs,
            periods: values.len(),
        }
    }
}

impl Sums {
    /// Counts a relative error; logarithms are taken of products, since they cost more than all the rest.
    #[inline]
    fn relative(&mut self, error: f64, expected: f64) {
        let share = error / expected;
        self.squares += share * share;
        self.product *= expected;
        if !(1e-200..1e200).contains(&self.product) {
            self.logs += libm::log(self.product);
            self.product = 1.0;
        }
    }
}

#[inline]
fn plain<const RELATIVE: bool>(values: &[f64], constants: Constants, sums: &mut Sums) {
    for &value in values {
        let expected = sums.level + constants.phi * sums.trend;
        let error = value - expected;
        if RELATIVE {
            if expected <= 0.0 {
                sums.squares = f64::INFINITY;
                return;
            }
            sums.relative(error, expected);
        } else {
            sums.squares += error * error;
        }
        sums.level = expected + constants.alpha * error;
        sums.trend = constants.phi * sums.trend + constants.beta * error;
    }
}

fn added(values: &[f64], indices: &mut [f64], constants: Constants, sums: &mut Sums) {
    for round in values.chunks(indices.len().max(1)) {
        for (&value, index) in round.iter().zip(indices.iter_mut()) {
            let flat = sums.level + constants.phi * sums.trend;
            let error = value - flat - *index;
            sums.squares += error * error;
            sums.level = flat + constants.alpha * error;
            sums.trend = constants.phi * sums.trend + constants.beta * error;
            *index += constants.gamma * error;
        }
    }
}

fn multiplied(values: &[f64], indices: &mut [f64], constants: Constants, sums: &mut Sums) {
    for round in values.chunks(indices.len().max(1)) {
        for (&value, index) in round.iter().zip(indices.iter_mut()) {
            let flat = sums.level + constants.phi * sums.trend;
            let expected = flat * *index;
            if flat <= 0.0 || expected <= 0.0 {
                sums.squares = f64::INFINITY;
                return;
            }
            let error = value - expected;
            sums.relative(error, expected);
            let share = error / *index;
            sums.level = flat + constants.alpha * share;
            sums.trend = constants.phi * sums.trend + constants.beta * share;
            *index += constants.gamma * error / flat;
        }
    }
}
