//! Invented demand whose truth is known: level, trend, week, a sale of every year, slow movers, a product that takes off.
//!
//! Each day of each product is drawn for itself from seed, product and its distance from the anchor, so that the same day
//! is the same however long a history is asked for, and a later run can go on where an earlier one ended.

use fastrand::Rng;
use serde::Serialize;
use time::{Duration, OffsetDateTime};

use crate::clock::{milliseconds, rfc3339};

/// A day, milliseconds.
pub const DAY: i64 = 86_400_000;
/// Days ahead of which the truth is told.
pub const AHEAD: i64 = 28;
/// What sells in a sale of every year, times the usual.
const SALE: f64 = 3.5;
/// Days from the anchor to that sale.
const SALE_IN: i64 = 12;
/// Days of history of a product with such a sale: two of them must have been.
const TWO_YEARS: i64 = 770;
/// Days since which a product takes off.
const TAKES_OFF: i64 = 28;

/// How a product sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Character {
    /// A day of every year stands far out.
    Sale,
    /// More each day.
    Growing,
    /// Twice as much at weekends.
    Weekend,
    /// Less than one in five days.
    Slow,
    /// Less each day.
    Fading,
    /// As always.
    Steady,
    /// Twice as much for four weeks.
    TakingOff,
}

const CHARACTERS: [Character; 7] = [
    Character::Sale,
    Character::Growing,
    Character::Weekend,
    Character::Slow,
    Character::Fading,
    Character::Steady,
    Character::TakingOff,
];

/// From Monday on.
const WEEK: [f64; 7] = [0.85, 0.8, 0.9, 0.95, 1.2, 1.35, 0.95];
const WEEKEND: [f64; 7] = [0.7, 0.7, 0.7, 0.8, 1.1, 1.6, 1.4];
const FLAT: [f64; 7] = [1.0; 7];

/// A product with what is true of its demand.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    /// The product.
    pub sku: String,
    /// Where it sells.
    pub site: String,
    /// How.
    pub character: Character,
    /// Units on a usual day at the anchor.
    pub level: f64,
    /// What each day adds, as a share of the level.
    pub trend: f64,
    /// Each weekday's factor, from Monday on.
    pub week: [f64; 7],
    /// Days of its history.
    pub days: i64,
    #[serde(skip)]
    seed: u64,
    #[serde(skip)]
    anchor: i64,
}

/// What is true of the days ahead of a product.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Truth {
    /// The product and what it is made of.
    #[serde(flatten)]
    pub product: Product,
    /// The first day ahead, `2026-11-24`.
    pub from: String,
    /// What is expected on it and on each day after it.
    pub expected: Vec<f64>,
    /// What will be wanted on these days.
    pub wanted: Vec<u32>,
    /// The day of a sale among them, and how many times the usual sells then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale: Option<(String, f64)>,
}

/// Invents products that sell at `sites` in turn; `anchor` is the day that trends and sales are told from, counted from
/// 1970-01-01, and `days` how long most of them have sold by then.
#[must_use]
pub fn invent(skus: &[String], sites: &[String], seed: u64, anchor: i64, days: i64) -> Vec<Product> {
    let products = skus.iter().zip(CHARACTERS.iter().cycle()).zip(sites.iter().cycle()).enumerate();
    products
        .map(|(index, ((sku, &character), site))| {
            Product::invent(sku, site, character, mixed(seed, index as u64), anchor, days)
        })
        .collect()
}

impl Product {
    /// Invents one that sells in a way that is given.
    #[must_use]
    pub fn invent(sku: &str, site: &str, character: Character, seed: u64, anchor: i64, days: i64) -> Self {
        let mut random = Rng::with_seed(seed);
        // A sale can only be told from chance where much is sold on other days.
        let (least, more) = match character {
            Character::Slow => (0.08, 0.1),
            Character::Sale => (18.0, 14.0),
            _ => (3.0, 9.0),
        };
        let level = least + more * random.f64();
        let (trend, week) = match character {
            Character::Growing => (0.0015, WEEK),
            Character::Fading => (-0.0012, WEEK),
            Character::Weekend => (0.0, WEEKEND),
            Character::Slow => (0.0, FLAT),
            Character::Sale | Character::Steady | Character::TakingOff => (0.0, WEEK),
        };
        let days = if character == Character::Sale { days.max(TWO_YEARS) } else { days };
        let (sku, site) = (sku.to_owned(), site.to_owned());
        Self { sku, site, character, level, trend, week, days, seed, anchor }
    }

    /// Units that are expected on a day, counted from 1970-01-01.
    #[must_use]
    pub fn expected(&self, day: i64) -> f64 {
        let since = (day - self.anchor) as f64;
        // 1970-01-01 was a Thursday.
        let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
        let week = self.week.get(weekday).copied().unwrap_or(1.0);
        let lately = self.character == Character::TakingOff && day >= self.anchor - TAKES_OFF;
        self.level
            * week
            * (1.0 + self.trend * since).max(0.0)
            * if self.is_sale(day) { SALE } else { 1.0 }
            * if lately { 2.0 } else { 1.0 }
    }

    /// Units that are wanted on a day.
    #[must_use]
    pub fn wanted(&self, day: i64) -> u32 {
        let mut random = Rng::with_seed(mixed(self.seed, (day - self.anchor).cast_unsigned()));
        poisson(self.expected(day), &mut random)
    }

    fn is_sale(&self, day: i64) -> bool {
        self.character == Character::Sale && month_and_day(day) == month_and_day(self.anchor + SALE_IN)
    }

    /// What is true of the days from `first` on.
    #[must_use]
    pub fn truth(&self, first: i64) -> Truth {
        let days = first..first + AHEAD;
        Truth {
            product: self.clone(),
            from: date(first),
            expected: days.clone().map(|day| self.expected(day)).collect(),
            wanted: days.clone().map(|day| self.wanted(day)).collect(),
            sale: days.into_iter().find(|day| self.is_sale(*day)).map(|day| (date(day), SALE)),
        }
    }
}

/// A day as a date.
#[must_use]
pub fn date(day: i64) -> String {
    rfc3339(day.saturating_mul(DAY)).chars().take_while(|letter| *letter != 'T').collect()
}

/// The day that a date such as `2026-11-24` names.
#[must_use]
pub fn day(date: &str) -> Option<i64> {
    milliseconds(&format!("{date}T00:00:00Z")).map(|at| at.div_euclid(DAY))
}

fn month_and_day(day: i64) -> (u8, u8) {
    let date = (OffsetDateTime::UNIX_EPOCH + Duration::days(day)).date();
    (u8::from(date.month()), date.day())
}

/// Two numbers as one seed: neighbours give seeds that have nothing in common.
fn mixed(one: u64, other: u64) -> u64 {
    let mut value = one.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ other.wrapping_mul(0xd1b5_4a32_d192_ed03);
    value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    value ^ (value >> 32)
}

/// Draws how many of independent buyers come (D. Knuth's way, enough for means of some dozens).
fn poisson(mean: f64, random: &mut Rng) -> u32 {
    let limit = (-mean).exp();
    let (mut product, mut count) = (random.f64(), 0);
    while product > limit && count < 100_000 {
        product *= random.f64();
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn products(days: i64) -> Vec<Product> {
        let skus: Vec<String> = (0..7).map(|at| format!("sku-{at}")).collect();
        invent(&skus, &["online".to_owned()], 7, 20_781, days)
    }

    #[test]
    fn a_day_is_the_same_whenever_it_is_asked_for() {
        let (short, long) = (products(100), products(400));
        for (one, other) in short.iter().zip(&long) {
            let days = 20_700..20_800;
            assert!(days.clone().all(|day| one.wanted(day) == other.wanted(day)));
            assert!(days.clone().any(|day| one.wanted(day) != one.wanted(day + 1)));
        }
    }

    #[test]
    fn what_is_drawn_is_what_is_expected_on_average() {
        for product in products(400) {
            let days = 20_381..20_781;
            let expected: f64 = days.clone().map(|day| product.expected(day)).sum();
            let wanted: f64 = days.map(|day| f64::from(product.wanted(day))).sum();
            assert!((wanted - expected).abs() < 4.0 * expected.sqrt(), "{product:?}: {wanted} of {expected}");
        }
    }

    #[test]
    fn a_day_has_a_date_and_back() {
        assert_eq!((date(20_781), day("2026-11-24"), day("2026-02-30")), ("2026-11-24".to_owned(), Some(20_781), None));
    }

    #[test]
    fn characters_are_what_they_say() {
        let of = |character| products(400).into_iter().find(|product| product.character == character).unwrap();
        let sale = of(Character::Sale);
        let truth = sale.truth(20_781);
        assert_eq!((sale.days, truth.sale), (TWO_YEARS, Some((date(20_793), SALE))));
        assert!((sale.expected(20_793) / sale.expected(20_793 + 7) - SALE).abs() < 1e-9);
        assert!(of(Character::Growing).expected(20_781) > 2.0 * of(Character::Growing).expected(20_381));
        assert!(of(Character::Fading).expected(20_781) < of(Character::Fading).expected(20_780 - 399));
        assert!(of(Character::Slow).truth(20_781).expected.iter().all(|mean| *mean < 0.2));
        let growing = of(Character::TakingOff);
        assert!((growing.expected(20_774) / growing.expected(20_746) - 2.0).abs() < 1e-9);
    }
}
