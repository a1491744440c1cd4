//! A moment in milliseconds since 1970 (UTC); in JSON, RFC 3339 with milliseconds.
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds; from year 0 to year 9999.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The text is no moment of RFC 3339, such as `2026-05-04T09:30:00.250Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a time of RFC 3339, such as 2026-05-04T09:30:00.250Z")]
pub struct NotATime;

impl Timestamp {
    /// The last moment that a text can say: 9999-12-31T23:59:59.999Z.
    pub const LAST: Self = Self(253_402_300_799_999);
    /// The first moment that a text can say: 0000-01-01T00:00:00.000Z.
    pub const FIRST: Self = Self(-62_167_219_200_000);

    /// A moment by its milliseconds since 1970; beyond the years 0 to 9999 it becomes the nearest one in them.
    #[must_use]
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        if milliseconds < Self::FIRST.0 {
            Self::FIRST
        } else if milliseconds > Self::LAST.0 {
            Self::LAST
        } else {
            Self(milliseconds)
        }
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This moment so many milliseconds later (earlier where negative).
    #[must_use]
    pub const fn plus(self, milliseconds: i64) -> Self {
        Self::from_milliseconds(self.0.saturating_add(milliseconds))
    }

    /// Milliseconds from `earlier` to this moment.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// Reads RFC 3339; what is finer than a millisecond is cut off.
    ///
    /// # Errors
    /// [`NotATime`] where the text is something else, or before year 0.
    pub fn parse(text: &str) -> Result<Self, NotATime> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| NotATime)?;
        let milliseconds = moment.unix_timestamp_nanos().div_euclid(1_000_000);
        let moment = Self(i64::try_from(milliseconds).map_err(|_| NotATime)?);
        if moment < Self::FIRST || moment > Self::LAST { Err(NotATime) } else { Ok(moment) }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, rest) = (self.0.div_euclid(86_400_000), self.0.rem_euclid(86_400_000));
        let (year, month, day) = civil(days);
        let (hour, minute, second, milli) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
    }
}

/// Year, month and day of a count of days since 1970, by Howard Hinnant's `civil_from_days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day_of_year - (153 * shifted_month + 2) / 5 + 1)
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Timestamp;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time of RFC 3339, such as 2026-05-04T09:30:00.250Z")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                Timestamp::parse(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        for day in -719_528..=2_932_896_i64 {
            if day % 7 != 0 && !(0..40_000).contains(&day) {
                continue;
            }
            let moment = Timestamp(day * 86_400_000 + 12_345_678);
            assert_eq!(Timestamp::parse(&moment.to_string()), Ok(moment), "{moment}");
        }
    }

    #[test]
    fn offsets_are_taken_into_account_and_fractions_cut() {
        let read = |text| Timestamp::parse(text).map(|moment| moment.to_string());
        assert_eq!(read("2026-05-04T09:30:00.2509+02:00").unwrap(), "2026-05-04T07:30:00.250Z");
        assert_eq!(read("2024-02-29t23:59:59z").unwrap(), "2024-02-29T23:59:59.000Z");
        for wrong in
            ["2026-05-04", "2026-05-04T09:30:00", "2025-02-29T00:00:00Z", "1746351000", "", "0000-01-01T00:00:00+01:00"]
        {
            assert!(Timestamp::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_ends_of_what_can_be_said() {
        assert_eq!(Timestamp::from_milliseconds(i64::MAX).to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(Timestamp::from_milliseconds(i64::MIN).to_string(), "0000-01-01T00:00:00.000Z");
    }
}
