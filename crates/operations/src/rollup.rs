//! Values of a minute, an hour or a day in one row: count, sum, least, greatest, last. Exact, in any order.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vitrine_devices::{Milli, Timestamp};

use crate::metrics::Metric;

/// Over which time a row goes; hours and days are those of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Resolution {
    /// 60 s.
    Minute,
    /// 60 min.
    Hour,
    /// 24 h.
    Day,
}

impl Resolution {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Minute, Self::Hour, Self::Day];

    /// The word, as it stands in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }

    /// Length in milliseconds.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        match self {
            Self::Minute => 60_000,
            Self::Hour => 3_600_000,
            Self::Day => 86_400_000,
        }
    }

    /// The beginning of the row in which this moment lies.
    #[must_use]
    pub const fn start(self, at: Timestamp) -> Timestamp {
        Timestamp::from_milliseconds(at.milliseconds() - at.milliseconds().rem_euclid(self.milliseconds()))
    }
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// How many values.
    pub count: u64,
    /// Their sum.
    pub sum: Milli,
    /// The least.
    pub min: Milli,
    /// The greatest.
    pub max: Milli,
    /// The one of the latest time; of two at the same time the greater.
    pub last: Milli,
    /// Its time.
    pub last_at: Timestamp,
}

impl Row {
    /// A row of one value.
    #[must_use]
    pub const fn of(value: Milli, at: Timestamp) -> Self {
        Self { count: 1, sum: value, min: value, max: value, last: value, last_at: at }
    }

    /// Both rows in one; the same whichever comes first.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        let (last_at, last) = (self.last_at, self.last).max((other.last_at, other.last));
        Self {
            count: self.count.saturating_add(other.count),
            sum: Milli::from_parts(self.sum.parts().saturating_add(other.sum.parts())),
            min: self.min.min(other.min),
            max: self.max.max(other.max),
            last,
            last_at,
        }
    }
}

/// Rows by metric and beginning.
pub type Rows = BTreeMap<(Metric, Timestamp), Row>;

/// Adds one value.
pub fn add(rows: &mut Rows, resolution: Resolution, metric: Metric, value: Milli, at: Timestamp) {
    let row = Row::of(value, at);
    rows.entry((metric, resolution.start(at))).and_modify(|before| *before = before.merged(row)).or_insert(row);
}

/// Coarser rows out of finer ones: hours out of minutes, days out of hours or minutes.
#[must_use]
pub fn coarser<'a>(rows: impl IntoIterator<Item = (&'a (Metric, Timestamp), &'a Row)>, resolution: Resolution) -> Rows {
    let mut coarse = Rows::new();
    for ((metric, start), row) in rows {
        let key = (*metric, resolution.start(*start));
        coarse.entry(key).and_modify(|before: &mut Row| *before = before.merged(*row)).or_insert(*row);
    }
    coarse
}
