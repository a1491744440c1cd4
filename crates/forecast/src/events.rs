//! Days that stand out every year: sales events, found in the history by their date or by their weekday in the month.

use jiff::civil::Date;

use crate::fill::median;
use crate::frequency::{Frequency, date_of};
use crate::series::Series;

/// How a day is recognized in another year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    /// The same month and day, such as 11 November.
    Date(i8, i8),
    /// The same weekday of the month, such as the fourth Friday of November.
    Weekday(i8, i8, i8),
}

fn keys(date: Date) -> [Key; 2] {
    let nth = (date.day() - 1) / 7 + 1;
    [Key::Date(date.month(), date.day()), Key::Weekday(date.month(), nth, date.weekday().to_monday_zero_offset())]
}

/// The days that stand out, and by which factor.
#[derive(Clone, Debug, Default)]
pub(crate) struct Events {
    /// Places in the history with the factor there.
    pub(crate) past: Vec<(usize, f64)>,
    /// Periods ahead, 0 being the next, with the factor expected.
    pub(crate) ahead: Vec<(usize, f64)>,
}

/// How many robust standard deviations of the logarithm a day must stand out by, in every year that is known.
const FAR: f64 = 4.0;
/// Least factor, up or down.
const LEAST: f64 = 1.25;

impl Events {
    /// Looks for days of the next `horizon` days that stood out in two earlier years or more, and in all that are known.
    /// Only daily series of more than a year and a half, above zero nearly everywhere, have any.
    pub(crate) fn find(series: &Series, horizon: usize) -> Self {
        let values = &series.values;
        if series.frequency != Frequency::Day || values.len() < 550 {
            return Self::default();
        }
        let zeros = values.iter().filter(|&&value| value <= 0.0).count();
        if zeros * 20 > values.len() {
            return Self::default();
        }
        let apart = apart(values);
        let scale = 1.4826 * median(apart.iter().map(|away| away.abs()).collect());
        let limit = (FAR * scale).max(libm::log(LEAST));
        let place_of = |date: Date| usize::try_from(crate::frequency::day_number(date) - series.first).ok();
        let mut events = Self::default();
        let days = (0..values.len() + horizon)
            .filter_map(|place| Some((place, date_of(series.first + i64::try_from(place).ok()?)?)));
        let stands = |key: Key, except: Option<usize>, year: i16| -> Option<(f64, usize)> {
            let (mut sum, mut count, mut sign) = (0.0, 0_usize, 0.0);
            for back in -12_i16..=12 {
                let Some(date) = date_in(key, year.checked_add(back)?) else { continue };
                let Some(place) = place_of(date).filter(|place| *place < apart.len() && Some(*place) != except) else {
                    continue;
                };
                let away = apart.get(place).copied().unwrap_or(0.0);
                if away.abs() < limit || (sign != 0.0 && away.signum() != sign) {
                    return None;
                }
                (sum, count, sign) = (sum + away, count + 1, away.signum());
            }
            (count > 0).then(|| (sum / count as f64, count))
        };
        for (place, date) in days {
            let ahead = place.checked_sub(values.len());
            let own = apart.get(place).copied();
            if own.is_some_and(|own| own.abs() < limit) {
                continue;
            }
            // In the past, the day itself counts as one of the two.
            let needed = if ahead.is_some() { 2 } else { 1 };
            let found = keys(date).into_iter().filter_map(|key| stands(key, Some(place), date.year()));
            let best =
                found.filter(|(mean, count)| *count >= needed && own.is_none_or(|own| own.signum() == mean.signum()));
            let Some((mean, _)) = best.max_by(|a, b| a.0.abs().total_cmp(&b.0.abs())) else { continue };
            match (ahead, own) {
                (Some(step), _) => events.ahead.push((step, libm::exp(mean))),
                (None, Some(own)) => events.past.push((place, libm::exp(own))),
                (None, None) => {}
            }
        }
        events
    }

    /// Takes the events out of a history.
    pub(crate) fn take_out(&self, values: &mut [f64]) {
        for &(place, factor) in &self.past {
            if let Some(value) = values.get_mut(place) {
                *value /= factor;
            }
        }
    }
}

/// The day that a key names in a year.
fn date_in(key: Key, year: i16) -> Option<Date> {
    match key {
        Key::Date(month, day) => Date::new(year, month, day).ok(),
        Key::Weekday(month, nth, weekday) => {
            let first = Date::new(year, month, 1).ok()?;
            let offset = (weekday - first.weekday().to_monday_zero_offset()).rem_euclid(7);
            Date::new(year, month, 1 + offset + 7 * (nth - 1)).ok()
        }
    }
}

/// How far the logarithm of each day lies from the median of its own weekday in the nine weeks around it.
fn apart(values: &[f64]) -> Vec<f64> {
    let logs: Vec<f64> = values.iter().map(|&value| libm::log(value.max(1e-9))).collect();
    let around = |place: usize| {
        let near = (-4_isize..=4)
            .filter(|&weeks| weeks != 0)
            .filter_map(|weeks| logs.get(place.checked_add_signed(weeks * 7)?).copied());
        median(near.collect())
    };
    logs.iter().enumerate().map(|(place, value)| value - around(place)).collect()
}
