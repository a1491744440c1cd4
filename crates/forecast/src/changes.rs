//! Change points: where the level moved for good, tested against chance.

use serde::Serialize;

use crate::normal;
use crate::pattern::{Acts, Pattern, autocorrelation};
use crate::series::Series;

/// A lasting change of level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The first period of the new level, ISO 8601.
    pub date: String,
    /// Its place in the series.
    pub place: usize,
    /// The mean before, since the change before it.
    pub before: f64,
    /// The mean after, until the next change.
    pub after: f64,
    /// The probability that chance alone moves so much anywhere in the stretch.
    pub chance: f64,
}

/// Changes that chance would bring in one series of a hundred count as chance.
const RARE: f64 = 0.01;
/// Most changes that are reported.
const MOST: usize = 20;

/// Looks for changes by halving: the place where the means of both sides differ most, then each side again. The season
/// is taken out, and the noise is counted as much larger as neighbours go together.
#[must_use]
pub fn changes(series: &Series) -> Vec<Change> {
    let values = series.values();
    let season = series.frequency().seasons().first().copied().unwrap_or(1);
    let flat = Pattern::shrunk(values, season, Acts::Adds).map_or_else(|| values.to_vec(), |p| p.take_out(values));
    let least = season.clamp(5, 30);
    let mut places: Vec<(usize, f64)> = Vec::new();
    let mut open = vec![(0, flat.len())];
    while let Some((from, until)) = open.pop() {
        let stretch = flat.get(from..until).unwrap_or_default();
        if let Some((place, chance)) = split(stretch, least) {
            if places.len() >= MOST {
                break;
            }
            places.push((from + place, chance));
            open.push((from, from + place));
            open.push((from + place, until));
        }
    }
    places.sort_by_key(|(place, _)| *place);
    let edges: Vec<usize> = [0].into_iter().chain(places.iter().map(|(place, _)| *place)).chain([flat.len()]).collect();
    let mean = |from: usize, until: usize| average(flat.get(from..until).unwrap_or_default());
    places
        .iter()
        .zip(edges.iter().zip(edges.iter().skip(2)))
        .map(|(&(place, chance), (&from, &until))| Change {
            date: series.date(place),
            place,
            before: mean(from, place),
            after: mean(place, until),
            chance,
        })
        .collect()
}

fn average(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The most likely place of a change, with its probability by chance where that is rare.
fn split(values: &[f64], least: usize) -> Option<(usize, f64)> {
    let count = values.len();
    if count < 2 * least {
        return None;
    }
    let total: f64 = values.iter().sum();
    let (mut left, mut best) = (0.0, (0, 0.0));
    for (place, value) in values.iter().enumerate() {
        if place >= least && place + least <= count {
            let (early, late) = (place as f64, (count - place) as f64);
            let apart = left / early - (total - left) / late;
            let weight = apart.abs() * libm::sqrt(early * late / count as f64);
            if weight > best.1 {
                best = (place, weight);
            }
        }
        left += value;
    }
    let (place, weight) = best;
    let (early, late) = values.split_at_checked(place)?;
    let (before, after) = (average(early), average(late));
    let rest: Vec<f64> =
        early.iter().map(|value| value - before).chain(late.iter().map(|value| value - after)).collect();
    let variance = rest.iter().map(|rest| rest * rest).sum::<f64>() / (count - 2) as f64;
    let together = autocorrelation(&rest, 1).clamp(0.0, 0.95);
    let noise = libm::sqrt(variance * (1.0 + together) / (1.0 - together));
    if before == after || (noise <= 0.0 && weight <= 0.0) {
        return None;
    }
    // Twice the tail, for as many places as are independent: a bound, so the true probability is lower.
    let places = count as f64 * (1.0 - together) / (1.0 + together);
    let chance = (2.0 * normal::probability(-weight / noise.max(1e-300)) * places.max(1.0)).min(1.0);
    (chance < RARE).then_some((place, chance))
}
