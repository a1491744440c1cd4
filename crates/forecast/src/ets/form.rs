//! The form of an exponential smoothing: which error, trend and season it has, and where its search starts.

use core::fmt;

use super::filter::Constants;
use crate::pattern::{Acts, Pattern};

/// How the level moves on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trend {
    None,
    Additive,
    Damped,
}

/// One form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) error: Acts,
    pub(crate) trend: Trend,
    pub(crate) season: Option<Acts>,
}

/// Where level and trend start, and how wide the values lie.
pub(crate) struct First {
    pub(crate) level: f64,
    pub(crate) trend: f64,
    pub(crate) width: f64,
}

impl Form {
    /// How many constants are searched.
    pub(crate) fn searched(self) -> usize {
        let trend = match self.trend {
            Trend::None => 0,
            Trend::Additive => 2,
            Trend::Damped => 3,
        };
        2 + trend + usize::from(self.season.is_some())
    }

    /// Reads searched numbers in the order in which the search lists them. The trend's and the season's weights are
    /// searched as shares, which keeps 0 < beta < alpha and 0 < gamma < 1 - alpha.
    pub(crate) fn constants(self, at: &[f64]) -> Constants {
        let mut at = at.iter().copied();
        let mut next = || at.next().unwrap_or(0.0);
        let alpha = next();
        let beta = if self.trend == Trend::None { 0.0 } else { alpha * next() };
        let phi = match self.trend {
            Trend::None => 0.0,
            Trend::Additive => 1.0,
            Trend::Damped => next(),
        };
        let gamma = if self.season.is_some() { (1.0 - alpha) * next() } else { 0.0 };
        let level = next();
        let trend = if self.trend == Trend::None { 0.0 } else { next() };
        Constants { alpha, beta, gamma, phi, level, trend }
    }

    /// Level and trend by a straight line through the first values without their season.
    pub(crate) fn first_states(self, values: &[f64], indices: &[f64]) -> First {
        let taken = indices.len().max(10).min(values.len());
        let first = values.get(..taken).unwrap_or(values);
        let flat = match self.season {
            Some(acts) => Pattern { acts, indices: indices.to_vec() }.take_out(first),
            None => first.to_vec(),
        };
        let (level, trend) = line(&flat);
        let (least, most) = values.iter().fold((f64::MAX, f64::MIN), |(a, b), &value| (a.min(value), b.max(value)));
        let width = (most - least).max(1e-9 * most.abs()).max(1e-12);
        match self.trend {
            Trend::None => First { level: flat.iter().sum::<f64>() / flat.len().max(1) as f64, trend: 0.0, width },
            _ => First { level, trend, width },
        }
    }
}

/// Least squares: the line's value one period before the first, and its slope.
fn line(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let (middle, mean) = ((count + 1.0) / 2.0, values.iter().sum::<f64>() / count.max(1.0));
    let (mut shared, mut square) = (0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        let from = at as f64 + 1.0 - middle;
        shared += from * (value - mean);
        square += from * from;
    }
    let slope = if square > 0.0 { shared / square } else { 0.0 };
    (mean - slope * middle, slope)
}

impl fmt::Display for Form {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = |acts: Acts| if acts == Acts::Adds { "A" } else { "M" };
        let trend = match self.trend {
            Trend::None => "N",
            Trend::Additive => "A",
            Trend::Damped => "Ad",
        };
        write!(out, "ets({},{trend},{})", letter(self.error), self.season.map_or("N", letter))
    }
}
