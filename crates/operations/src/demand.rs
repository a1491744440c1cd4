//! Daily demand of an article at a site: what was ordered, or, where nothing ever is, what scales saw leave.
//!
//! The two are never added up: an order that is packed from a shelf is seen by both.
//! - Where an article has any orders at a site, orders are its demand, each day from the first of them on. A cancelled
//!   order never was; a returned one was wanted all the same. A day without an order is a day without demand.
//! - Where it has none, demand is what left its scales: the sum of falls from one hour's last count to the next. A fall
//!   that the very next hour takes back was a hand. A day is known only where no more than a day passed between two
//!   readings around it, and a scale's first day, which is not whole, is not known.
//! - A day on which every scale of the article said zero from morning to night is a day out of stock: demand was not
//!   seen, which is not the same as none.
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use vitrine_devices::Timestamp;

/// A day, in milliseconds. Days are those of UTC, as in the roll-ups.
pub const DAY: i64 = 86_400_000;

const HOUR: i64 = 3_600_000;

/// The day of a moment, counted from 1970-01-01.
#[must_use]
pub const fn day_of(at: Timestamp) -> i64 {
    at.milliseconds().div_euclid(DAY)
}

/// A day's date, such as `2026-11-24`.
#[must_use]
pub fn date_of(day: i64) -> String {
    let mut text = Timestamp::from_milliseconds(day.saturating_mul(DAY)).to_string();
    text.truncate(text.find('T').unwrap_or(text.len()));
    text
}

/// Where demand was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DemandSource {
    /// Orders of the shop's system.
    Orders,
    /// Scales under the goods.
    Scales,
}

impl DemandSource {
    /// The word, as it stands in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Scales => "scales",
        }
    }
}

/// Units ordered on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ordered {
    /// The day, counted from 1970-01-01.
    pub day: i64,
    /// How many, in all orders that were not cancelled.
    pub units: u64,
}

/// What one scale said in one hour or day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShelfSpan {
    /// When the span begins.
    pub start: Timestamp,
    /// The last count in it.
    pub last: i64,
    /// The highest count in it.
    pub most: i64,
}

/// One day of demand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayDemand {
    /// How many units; `None` where that is not known.
    pub units: Option<u64>,
    /// Whether nothing was there to be taken all day.
    pub out_of_stock: bool,
}

/// Demand day by day, without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// Where it was read from.
    pub source: DemandSource,
    /// The first day, counted from 1970-01-01.
    pub first: i64,
    /// That day and those after it.
    pub days: Vec<DayDemand>,
}

impl History {
    /// The same text for the same history, another for another: to see whether a forecast is made of it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{} {}", self.source.as_str(), self.first);
        for day in &self.days {
            text.push(if day.out_of_stock { '!' } else { ' ' });
            match day.units {
                Some(units) => drop(write!(text, "{units}")),
                None => text.push('-'),
            }
        }
        text
    }
}

/// Demand by orders up to and with the day `last`; `None` where nothing was ordered. `ordered` may be in any order.
#[must_use]
pub fn of_orders(ordered: &[Ordered], empty: &BTreeSet<i64>, last: i64) -> Option<History> {
    let mut by_day: BTreeMap<i64, u64> = BTreeMap::new();
    for Ordered { day, units } in ordered.iter().filter(|ordered| ordered.day <= last) {
        let sum = by_day.entry(*day).or_default();
        *sum = sum.saturating_add(*units);
    }
    let first = *by_day.keys().next()?;
    let day = |day: i64| DayDemand {
        units: Some(by_day.get(&day).copied().unwrap_or(0)),
        out_of_stock: empty.contains(&day),
    };
    Some(History { source: DemandSource::Orders, first, days: (first..=last).map(day).collect() })
}

/// Demand by what left scales up to and with the day `last`; `None` where they say nothing. Each scale's spans are hours
/// in order of time.
#[must_use]
pub fn of_shelves(shelves: &[Vec<ShelfSpan>], last: i64) -> Option<History> {
    let left: Vec<Left> = shelves.iter().filter_map(|spans| Left::of(spans)).collect();
    let first = left.iter().map(|left| left.first).min()?;
    let empty = empty_days(shelves);
    let units = |day: i64| {
        let mut all: Option<u64> = None;
        for shelf in left.iter().filter(|left| (left.first..=left.last).contains(&day)) {
            all = Some(all.unwrap_or(0).saturating_add(*shelf.days.get(&day)?));
        }
        all
    };
    let days: Vec<DayDemand> =
        (first..=last).map(|day| DayDemand { units: units(day), out_of_stock: empty.contains(&day) }).collect();
    let known = days.iter().position(|day| day.units.is_some())?;
    let days = days.get(known..)?.to_vec();
    Some(History { source: DemandSource::Scales, first: first + i64::try_from(known).ok()?, days })
}

/// Days on which every scale that was there said zero all day long. Spans may be hours or days.
#[must_use]
pub fn empty_days(shelves: &[Vec<ShelfSpan>]) -> BTreeSet<i64> {
    let mut most: BTreeMap<i64, i64> = BTreeMap::new();
    let mut silent: BTreeSet<i64> = BTreeSet::new();
    for spans in shelves {
        let days: BTreeSet<i64> = spans.iter().map(|span| day_of(span.start)).collect();
        if let (Some(&first), Some(&last)) = (days.first(), days.last()) {
            silent.extend((first..=last).filter(|day| !days.contains(day)));
        }
        for span in spans {
            let day = most.entry(day_of(span.start)).or_insert(0);
            *day = (*day).max(span.most);
        }
    }
    most.into_iter().filter(|(day, most)| *most <= 0 && !silent.contains(day)).map(|(day, _)| day).collect()
}

/// What left one scale, by day, for the days that are known.
struct Left {
    first: i64,
    last: i64,
    days: BTreeMap<i64, u64>,
}

impl Left {
    fn of(spans: &[ShelfSpan]) -> Option<Self> {
        let begun = day_of(spans.first()?.start);
        let last = day_of(spans.last()?.start);
        let mut days: BTreeMap<i64, u64> = spans.iter().map(|span| (day_of(span.start), 0)).collect();
        let mut unknown = BTreeSet::from([begun]);
        for (place, pair) in spans.windows(2).enumerate() {
            let [before, now] = pair else { continue };
            let (from, to) = (day_of(before.start), day_of(now.start));
            if now.start.since(before.start) > DAY {
                unknown.extend([from, to]);
                continue;
            }
            let next = spans.get(place + 2).filter(|next| next.start.since(now.start) <= HOUR);
            let taken_back = next.is_some_and(|next| next.last == before.last);
            let fall = u64::try_from(before.last - now.last).unwrap_or(0);
            if fall > 0 && !taken_back {
                let day = days.entry(to).or_default();
                *day = day.saturating_add(fall);
            }
        }
        days.retain(|day, _| !unknown.contains(day));
        Some(Self { first: begun + 1, last, days })
    }
}
