//! Counts of rare demand: the negative binomial distribution with given mean and spread, Poisson's where the spread is
//! no larger than its own, and the normal one where counts are so large that it makes no difference.

use crate::normal;

/// Means above this are treated as continuous.
const LARGE: f64 = 1e4;

/// One distribution of counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts {
    mean: f64,
    spread: f64,
}

impl Counts {
    /// Mean and standard deviation, in units.
    pub(crate) fn new(mean: f64, spread: f64) -> Self {
        Self { mean: mean.max(0.0), spread: spread.max(0.0) }
    }

    /// The probability of at most `count`.
    pub(crate) fn up_to(self, count: f64) -> f64 {
        if count < -1e-9 {
            return 0.0;
        }
        let last = libm::floor(count + 1e-9);
        let mut sum = 0.0;
        self.walk(|at, probability| {
            sum += probability;
            at >= last
        })
        .map_or_else(|| normal::probability((last + 0.5 - self.mean) / self.spread.max(1e-9)), |()| sum.min(1.0))
    }

    /// The least count that is not exceeded with probability `level`.
    pub(crate) fn quantile(self, level: f64) -> f64 {
        let (mut sum, mut found) = (0.0, 0.0);
        let walked = self.walk(|at, probability| {
            sum += probability;
            found = at;
            sum >= level.min(1.0 - 1e-9)
        });
        match walked {
            Some(()) => found,
            None => libm::round(self.mean + self.spread * normal::quantile(level)).max(0.0),
        }
    }

    /// Calls with 0, 1, 2, … and their probabilities until it is told to stop, or nothing is left to tell.
    /// `None` where counts are too large to walk.
    fn walk(self, mut until: impl FnMut(f64, f64) -> bool) -> Option<()> {
        if !(self.mean <= LARGE && self.spread <= LARGE) {
            return None;
        }
        let variance = self.spread * self.spread;
        let excess = variance - self.mean;
        let poisson = excess <= 1e-6 * self.mean;
        // Size and success probability of the negative binomial distribution by its moments.
        let size = if poisson { 0.0 } else { self.mean * self.mean / excess };
        let fail = if poisson { 0.0 } else { excess / variance };
        let mut log = if poisson { -self.mean } else { size * libm::log(1.0 - fail) };
        let log_mean = libm::log(self.mean.max(1e-300));
        let log_fail = libm::log(fail.max(1e-300));
        let (mut at, mut left) = (0.0, 1.0);
        let end = self.mean + 60.0 * self.spread + 60.0;
        loop {
            let probability = libm::exp(log);
            left -= probability;
            if until(at, probability) || at > end || (left < 1e-12 && at > self.mean) {
                return Some(());
            }
            at += 1.0;
            log += if poisson { log_mean - libm::log(at) } else { log_fail + libm::log((size + at - 1.0) / at) };
        }
    }
}
