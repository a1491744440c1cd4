//! Made-up series for the tests: a generator of noise that is the same everywhere, and short ways to write questions.
#![allow(dead_code, reason = "every test file uses a part of it")]

use vitrine_forecast::{Forecast, ForecastError, Frequency, Observation, Question, Series, Work};

/// A congruential generator.
pub(crate) struct Draws(pub(crate) u64);

impl Draws {
    /// Uniform between 0 and 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Close to normal: a sum of twelve uniform draws.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    /// Poisson, by products of uniform draws.
    pub(crate) fn poisson(&mut self, mean: f64) -> f64 {
        let (limit, mut product, mut count) = ((-mean).exp(), self.uniform(), 0.0);
        while product > limit {
            product *= self.uniform();
            count += 1.0;
        }
        count
    }
}

pub(crate) fn series(values: &[f64], frequency: Frequency) -> Series {
    let values: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
    Series::from_values(&values, frequency, "2023-01-01").unwrap()
}

pub(crate) const LEVELS: [f64; 3] = [0.05, 0.5, 0.95];

pub(crate) fn forecast(values: &[f64], frequency: Frequency, horizon: usize) -> Result<Forecast, ForecastError> {
    let question = Question { horizon, levels: &LEVELS };
    Forecast::automatic(&series(values, frequency), question, &mut Work::default())
}

pub(crate) fn rows<'a>(dates: &'a [&'a str], values: &[Option<f64>]) -> Vec<Observation<'a>> {
    let rows = dates.iter().zip(values).enumerate();
    rows.map(|(at, (date, value))| Observation { line: at as u64 + 2, date, value: *value, out_of_stock: false })
        .collect()
}

/// The date `days` after 2023-01-01, by counting.
pub(crate) fn date(days: usize) -> String {
    series(&[0.0], Frequency::Day).date(days)
}
