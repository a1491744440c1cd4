//! What may come: a distribution for each period ahead, and for totals over several.

use crate::counts::Counts;
use crate::method::Path;
use crate::student;

/// The kind of distribution around each mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Student's distribution with so many degrees of freedom; infinite ones are the normal distribution.
    Continuous {
        /// Degrees of freedom.
        freedom: f64,
        /// Nothing is expected below zero.
        above_zero: bool,
    },
    /// Whole multiples of a unit, mostly few: the negative binomial distribution, or Poisson's where the spread is small.
    Counts {
        /// The unit, such as 1, or 6 for what is only sold in sixes.
        unit: f64,
    },
}

/// One quantity's distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distribution {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub spread: f64,
    /// Its kind.
    pub shape: Shape,
}

impl Distribution {
    /// The value that is not exceeded with probability `level`, between 0 and 1.
    #[must_use]
    pub fn quantile(&self, level: f64) -> f64 {
        match self.shape {
            Shape::Continuous { freedom, above_zero } => {
                let value = self.mean + self.spread * student::quantile(level, freedom);
                if above_zero { value.max(0.0) } else { value }
            }
            Shape::Counts { unit } => unit * Counts::new(self.mean / unit, self.spread / unit).quantile(level),
        }
    }

    /// The probability of more than `amount`.
    #[must_use]
    pub fn above(&self, amount: f64) -> f64 {
        match self.shape {
            Shape::Continuous { above_zero: true, .. } if amount < 0.0 => 1.0,
            Shape::Continuous { .. } if self.spread <= 0.0 => f64::from(u8::from(self.mean > amount)),
            Shape::Continuous { freedom, .. } => {
                1.0 - student::probability((amount - self.mean) / self.spread, freedom)
            }
            Shape::Counts { unit } => 1.0 - Counts::new(self.mean / unit, self.spread / unit).up_to(amount / unit),
        }
    }

    /// The probabilities of less than `value`, and of at most `value`: what a randomized probability integral transform
    /// draws between. They are equal where single values have no probability of their own.
    #[must_use]
    pub fn around(&self, value: f64) -> (f64, f64) {
        let most = 1.0 - self.above(value);
        match self.shape {
            Shape::Counts { unit } => (1.0 - self.above(value - unit), most),
            Shape::Continuous { above_zero: true, .. } if value <= 0.0 => (0.0, most),
            Shape::Continuous { .. } => (most, most),
        }
    }
}

/// Distributions of the periods ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// Means, calibrated standard deviations, and what the means are made of.
    pub path: Path,
    /// The kind of the distributions.
    pub shape: Shape,
    /// How far errors of neighbouring periods go together, from -1 to 1; errors k periods apart do so to its k-th power.
    pub correlation: f64,
}

impl Outlook {
    /// The model's own normal distributions, not calibrated.
    #[must_use]
    pub fn normal(path: Path) -> Self {
        Self { path, shape: Shape::Continuous { freedom: f64::INFINITY, above_zero: false }, correlation: 0.0 }
    }

    /// The distribution of the period `step`, 0 being the next.
    #[must_use]
    pub fn at(&self, step: usize) -> Option<Distribution> {
        let (mean, spread) = (*self.path.mean.get(step)?, *self.path.spread.get(step)?);
        Some(Distribution { mean, spread, shape: self.shape })
    }

    /// The distributions of the totals of the first one, two, three, … periods.
    #[must_use]
    pub fn totals(&self) -> Vec<Distribution> {
        let (mut mean, mut variance, mut carried) = (0.0, 0.0, 0.0);
        let steps = self.path.mean.iter().zip(&self.path.spread);
        let add = |(&next, &spread): (&f64, &f64)| {
            // `carried` is the sum of earlier spreads, each faded by the correlation once for every period since.
            carried *= self.correlation;
            mean += next;
            variance += spread * spread + 2.0 * spread * carried;
            carried += spread;
            Distribution { mean, spread: libm::sqrt(variance.max(0.0)), shape: self.shape }
        };
        steps.map(add).collect()
    }

    /// Quantiles, one row per level.
    #[must_use]
    pub fn quantiles(&self, levels: &[f64]) -> Vec<Vec<f64>> {
        let steps = 0..self.path.mean.len();
        let row = |&level: &f64| steps.clone().filter_map(|step| Some(self.at(step)?.quantile(level))).collect();
        levels.iter().map(row).collect()
    }
}
