//! Values for periods that have none, and limits for values that stand alone far out.

use crate::pattern::{Acts, Pattern};
use crate::series::Mark;
use crate::slow::is_slow;

/// Gives every unseen period what its neighbours suggest: a straight line between them, first through the values, then
/// through the values without their season.
pub(crate) fn fill(values: &mut [f64], marks: &[Mark], season: usize) {
    if marks.iter().all(|&mark| mark == Mark::Seen) {
        return;
    }
    let sold: Vec<f64> = values.to_vec();
    bridge(values, marks);
    if let Some(pattern) = Pattern::shrunk(values, season, Acts::Adds) {
        let mut flat = pattern.take_out(values);
        bridge(&mut flat, marks);
        for (place, ((value, flat), mark)) in values.iter_mut().zip(flat).zip(marks).enumerate() {
            if *mark != Mark::Seen {
                *value = pattern.put_back(flat, place);
            }
        }
    }
    let never_below = sold.iter().zip(marks).all(|(value, mark)| *mark == Mark::Missing || *value >= 0.0);
    for ((value, sold), mark) in values.iter_mut().zip(sold).zip(marks) {
        match mark {
            Mark::Censored => *value = value.max(sold),
            Mark::Missing if never_below => *value = value.max(0.0),
            _ => {}
        }
    }
}

/// Straight lines across unseen stretches; the nearest seen value at the ends.
fn bridge(values: &mut [f64], marks: &[Mark]) {
    let mut left: Option<(usize, f64)> = None;
    let seen: Vec<(usize, f64)> = values
        .iter()
        .zip(marks)
        .enumerate()
        .filter(|(_, (_, mark))| **mark == Mark::Seen)
        .map(|(place, (value, _))| (place, *value))
        .collect();
    let mut next = seen.iter().copied();
    let mut right = next.next();
    for (place, (value, mark)) in values.iter_mut().zip(marks).enumerate() {
        if *mark == Mark::Seen {
            left = Some((place, *value));
            right = next.next();
            continue;
        }
        *value = match (left, right) {
            (Some((from, low)), Some((to, high))) if to > from => {
                low + (high - low) * (place - from) as f64 / (to - from) as f64
            }
            (Some((_, near)), _) | (None, Some((_, near))) => near,
            (None, None) => 0.0,
        };
    }
}

/// How many robust standard deviations away from its surroundings a value may lie.
const FAR: f64 = 8.0;
/// Least values for telling what is usual.
const ENOUGH: usize = 20;

/// Draws back single values that lie far from what surrounds them, on both sides of them and in their season. What lasts, or comes
/// back a season later, is no outlier. Gives their number.
pub(crate) fn hold_outliers(values: &mut [f64], marks: &mut [Mark], season: usize) -> usize {
    if values.len() < ENOUGH.max(3 * season) || is_slow(values) {
        return 0;
    }
    let flat = match Pattern::measure(values, season, Acts::Adds) {
        Some(pattern) => pattern.take_out(values),
        None => values.to_vec(),
    };
    let usual = running_median(&flat);
    let apart: Vec<f64> = flat.iter().zip(&usual).map(|(value, usual)| value - usual).collect();
    let scale = 1.4826 * median(apart.iter().map(|apart| apart.abs()).collect());
    if scale <= 0.0 {
        return 0;
    }
    let far =
        |place: Option<usize>| place.and_then(|place| apart.get(place)).is_some_and(|a| a.abs() > FAR * scale / 2.0);
    let mut held = Vec::new();
    for (place, away) in apart.iter().enumerate() {
        let alone = !far(place.checked_sub(1)) && !far(Some(place + 1));
        let returns = season > 1 && (far(place.checked_sub(season)) || far(Some(place + season)));
        let yearly = far(place.checked_sub(365))
            || far(Some(place + 365))
            || far(place.checked_sub(364))
            || far(Some(place + 364));
        if away.abs() > FAR * scale && alone && !returns && !yearly {
            held.push((place, away - away.signum() * FAR * scale / 2.0));
        }
    }
    for &(place, excess) in &held {
        if let (Some(value), Some(mark)) = (values.get_mut(place), marks.get_mut(place)) {
            *value -= excess;
            *mark = Mark::Outlier;
        }
    }
    held.len()
}

/// The median of each value and the three on both sides.
pub(crate) fn running_median(values: &[f64]) -> Vec<f64> {
    const SIDE: usize = 3;
    (0..values.len())
        .map(|place| {
            let from = place.saturating_sub(SIDE);
            median(values.get(from..(place + SIDE + 1).min(values.len())).unwrap_or_default().to_vec())
        })
        .collect()
}

/// The middle value; 0 where there is none.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let half = values.len() / 2;
    let (_, upper, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    let upper = *upper;
    if values.len() % 2 == 1 {
        return upper;
    }
    let lower = values.iter().take(half).copied().fold(f64::NEG_INFINITY, f64::max);
    0.5 * (lower + upper)
}
