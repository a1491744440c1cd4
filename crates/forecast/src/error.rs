//! Why there is no forecast.

use thiserror::Error;

/// Why a series cannot be read or forecast.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ForecastError {
    /// A line of the input cannot be used.
    #[error("line {line}: {problem}")]
    Line {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// There is nothing to forecast from.
    #[error("the series has no observation: at least one date with a value is needed")]
    Empty,
    /// Too few observations for this method.
    #[error("{method} needs at least {needed} observations, the series has {found}: choose another method or `auto`")]
    TooShort {
        /// The method.
        method: &'static str,
        /// How many it needs.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// A method that takes logarithms was given values that have none.
    #[error("{method} needs values above zero: choose another method or `auto`")]
    NotPositive {
        /// The method.
        method: &'static str,
    },
    /// The series spans more periods than are allowed.
    #[error(
        "the series spans {periods} {unit}s, more than the {most} allowed: leave out the oldest, or check its dates"
    )]
    TooLong {
        /// Periods from the first to the last date.
        periods: usize,
        /// The name of a period.
        unit: &'static str,
        /// The limit.
        most: usize,
    },
    /// The horizon is out of range.
    #[error("the horizon is {found} periods; it must be between 1 and {most}")]
    Horizon {
        /// What was asked.
        found: usize,
        /// The limit.
        most: usize,
    },
    /// A quantile level is out of range.
    #[error("the level {found} is not a quantile: levels lie between 0 and 1 and rise")]
    Level {
        /// What was asked.
        found: f64,
    },
    /// The budget of work does not suffice for any method.
    #[error("the limit of work is used up before any method was fitted: allow more steps, or send fewer observations")]
    OutOfWork,
    /// The numbers are too large to calculate with.
    #[error("the series has values too large to calculate with (above 1e100): use another unit")]
    TooLarge,
}
