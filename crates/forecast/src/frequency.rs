//! How often a series is counted, and which period a date belongs to.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// The length of one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Frequency {
    /// Hours; seasons of a day and a week.
    Hour,
    /// Days; seasons of a week and a year.
    Day,
    /// Weeks; a season of a year.
    Week,
    /// Months; a season of a year.
    Month,
    /// Quarters; a season of a year.
    Quarter,
    /// Years; no season.
    Year,
}

/// Days are numbered from 1970-01-01, which was a Thursday.
const EPOCH: Date = Date::constant(1970, 1, 1);

impl Frequency {
    /// The lengths of its seasons in periods, shortest first.
    #[must_use]
    pub const fn seasons(self) -> &'static [usize] {
        match self {
            Self::Hour => &[24, 168],
            Self::Day => &[7, 365],
            Self::Week => &[52],
            Self::Month => &[12],
            Self::Quarter => &[4],
            Self::Year => &[],
        }
    }

    /// The name of one period.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The number of the period that a time lies in. Weeks begin on the weekday of `anchor`, a number of a day.
    pub(crate) fn period(self, time: DateTime, anchor: i64) -> i64 {
        let date = time.date();
        let (year, month) = (i64::from(date.year()), i64::from(date.month()));
        match self {
            Self::Hour => day_number(date) * 24 + i64::from(time.hour()),
            Self::Day => day_number(date),
            Self::Week => (day_number(date) - anchor).div_euclid(7),
            Self::Month => year * 12 + month - 1,
            Self::Quarter => year * 4 + (month - 1) / 3,
            Self::Year => year,
        }
    }

    /// The first moment of a period, the inverse of [`Frequency::period`]; `None` beyond the calendar's end.
    pub(crate) fn start(self, period: i64, anchor: i64) -> Option<DateTime> {
        let month = |year: i64, month: i64| {
            Date::new(i16::try_from(year).ok()?, i8::try_from(month + 1).ok()?, 1).ok().map(|date| date.at(0, 0, 0, 0))
        };
        match self {
            Self::Hour => {
                let hour = i8::try_from(period.rem_euclid(24)).ok()?;
                Some(date_of(period.div_euclid(24))?.at(hour, 0, 0, 0))
            }
            Self::Day => Some(date_of(period)?.at(0, 0, 0, 0)),
            Self::Week => Some(date_of(period * 7 + anchor)?.at(0, 0, 0, 0)),
            Self::Month => month(period.div_euclid(12), period.rem_euclid(12)),
            Self::Quarter => month(period.div_euclid(4), 3 * period.rem_euclid(4)),
            Self::Year => month(period, 0),
        }
    }

    /// Writes a period as ISO 8601: `2026-03-01`, hours as `2026-03-01T14:00`.
    pub(crate) fn write(self, period: i64, anchor: i64) -> String {
        let Some(time) = self.start(period, anchor) else { return String::new() };
        let date = time.date();
        match self {
            Self::Hour => format!("{date}T{:02}:00", time.hour()),
            _ => date.to_string(),
        }
    }

    /// What the dates themselves say: `times` must be sorted, without repeats, and at least two.
    pub(crate) fn detect(times: &[DateTime]) -> Option<Self> {
        if times.len() < 2 {
            return None;
        }
        if times.iter().any(|time| time.hour() != 0) {
            return Some(Self::Hour);
        }
        let gaps = || times.iter().zip(times.iter().skip(1)).map(|(a, b)| day_number(b.date()) - day_number(a.date()));
        let least = gaps().min()?;
        let day = |time: &DateTime| time.date().day();
        let first = times.first().map_or(1, day);
        let same_day = times.iter().all(|time| day(time) == first)
            || times.iter().all(|time| time.date().day() == time.date().days_in_month());
        if least >= 28 && same_day {
            let months = times
                .iter()
                .zip(times.iter().skip(1))
                .map(|(a, b)| Self::Month.period(*b, 0) - Self::Month.period(*a, 0));
            return Some(match months.fold(0, greatest_common_divisor) {
                together if together % 12 == 0 => Self::Year,
                together if together % 3 == 0 => Self::Quarter,
                _ => Self::Month,
            });
        }
        if least >= 7 && gaps().all(|gap| gap % 7 == 0) {
            return Some(Self::Week);
        }
        Some(Self::Day)
    }
}

fn greatest_common_divisor(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Days since 1970-01-01.
pub(crate) fn day_number(date: Date) -> i64 {
    date.since(EPOCH).map_or(0, |span| i64::from(span.get_days()))
}

/// The date of a number of days since 1970-01-01.
pub(crate) fn date_of(day: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(day).ok()?;
    EPOCH.checked_add(span).ok()
}

/// Reads a date or a date with a time, ISO 8601: `2026-03-01`, `2026-03`, `2026-03-01 14:00`, `2026-03-01T14:00:00`. What names a
/// time zone is read as the local time it shows.
pub(crate) fn read_time(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if let Ok(date) = text.parse::<Date>() {
        let rest = text.get(10..).unwrap_or_default();
        if rest.is_empty() {
            return Some(date.at(0, 0, 0, 0));
        }
    }
    if text.len() == 7 {
        return format!("{text}-01").parse::<Date>().ok().map(|date| date.at(0, 0, 0, 0));
    }
    text.trim_end_matches(['Z', 'z']).parse::<DateTime>().ok()
}
