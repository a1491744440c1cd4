//! A score as an exact integer, so that parts add up in any order and on any machine.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Serialize, Serializer};

/// A score in counts of 2^-40.
///
/// The range in use stays below 2^53 counts (a score of 8,192, see [`Settings::checked`](crate::Settings::checked)), so
/// [`Score::to_f64`] is exact and so is the sum of parts that a page computes with ordinary numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(i64);

impl Score {
    /// Counts that make up a score of 1.
    pub const ONE: i64 = 1 << 40;
    /// No score.
    pub const ZERO: Self = Self(0);

    /// A score of `counts` times 2^-40.
    pub fn from_counts(counts: i64) -> Self {
        Self(counts)
    }

    /// The score in counts of 2^-40.
    pub fn counts(self) -> i64 {
        self.0
    }

    /// The same score as a floating-point number; exact below 8,192.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::ONE as f64
    }

    /// This score times `numerator / 2^20`, rounded down.
    pub(crate) fn scaled(self, numerator: i64) -> Self {
        Self(((i128::from(self.0) * i128::from(numerator)) >> 20) as i64)
    }
}

/// `value` in counts of 2^-20, rounded.
pub(crate) fn fixed20(value: f64) -> i64 {
    libm::round(value * f64::from(1 << 20)) as i64
}

impl Add for Score {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Score {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Score {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Score {
    fn sum<I: Iterator<Item = Self>>(scores: I) -> Self {
        scores.fold(Self::ZERO, Add::add)
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.to_f64())
    }
}
