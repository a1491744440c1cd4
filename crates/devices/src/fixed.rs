//! Decimal numbers with a fixed count of places: exact to add, the same in any order, the same after being stored.
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A number counted in parts of `1/UNIT`; in JSON an ordinary number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fixed<const UNIT: i64>(i64);

/// A number in thousandths: grams, degrees Celsius, percent, metres per second.
pub type Milli = Fixed<1000>;

/// Degrees of latitude or longitude in ten-millionths (about a centimetre), as satellite receivers count them.
pub type Degrees = Fixed<10_000_000>;

impl<const UNIT: i64> Fixed<UNIT> {
    /// By its count of parts.
    #[must_use]
    pub const fn from_parts(parts: i64) -> Self {
        Self(parts)
    }

    /// A whole number; one beyond the range becomes the nearest in it.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self(number.saturating_mul(UNIT))
    }

    /// The nearest such number, halves away from zero; one beyond the range becomes the nearest in it.
    #[must_use]
    pub fn nearest(number: f64) -> Self {
        // `as` saturates, and makes 0 of what is no number.
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "that is the rounding meant")]
        Self((number * UNIT as f64).round() as i64)
    }

    /// How many parts.
    #[must_use]
    pub const fn parts(self) -> i64 {
        self.0
    }

    /// As floating point; exact up to 2^53 parts.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "said so")]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / UNIT as f64
    }
}

impl<const UNIT: i64> fmt::Display for Fixed<UNIT> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_f64(), f)
    }
}

impl<const UNIT: i64> Serialize for Fixed<UNIT> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % UNIT == 0 {
            serializer.serialize_i64(self.0 / UNIT)
        } else {
            serializer.serialize_f64(self.to_f64())
        }
    }
}

impl<'de, const UNIT: i64> Deserialize<'de> for Fixed<UNIT> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number<const UNIT: i64>;
        impl<const UNIT: i64> de::Visitor<'_> for Number<UNIT> {
            type Value = Fixed<UNIT>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Fixed<UNIT>, E> {
                Ok(Fixed::whole(number))
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Fixed<UNIT>, E> {
                Ok(Fixed::whole(i64::try_from(number).unwrap_or(i64::MAX)))
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Fixed<UNIT>, E> {
                Ok(Fixed::nearest(number))
            }
        }
        deserializer.deserialize_any(Number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Degrees, Milli};

    #[test]
    fn every_number_comes_back_from_its_text() {
        for parts in (-2_000_000..2_000_000).step_by(7).chain([1_000_000_000, -99_999_999, (1 << 50) + 1]) {
            let text = serde_json::to_string(&Milli::from_parts(parts)).unwrap();
            assert_eq!(serde_json::from_str::<Milli>(&text).unwrap().parts(), parts, "{text}");
        }
        for parts in (-1_800_000_000..1_800_000_000).step_by(7_654_321) {
            let text = serde_json::to_string(&Degrees::from_parts(parts)).unwrap();
            assert_eq!(serde_json::from_str::<Degrees>(&text).unwrap().parts(), parts, "{text}");
        }
    }

    #[test]
    fn whole_numbers_are_written_without_a_point() {
        assert_eq!(serde_json::to_string(&Milli::whole(250)).unwrap(), "250");
        assert_eq!(serde_json::to_string(&Milli::from_parts(-20_500)).unwrap(), "-20.5");
    }
}
