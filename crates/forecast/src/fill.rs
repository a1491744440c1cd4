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
    // Each round takes most of what the straight lines took from the season; they never cost more than a few passes.
    for _ in 0..4 {
        let Some(pattern) = Pattern::measure(values, season, Acts::Adds) else { break };
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
/// How many days apart a sale of every year may lie: a date, or a weekday of a month, with or without a leap day.
const YEARS: [usize; 5] = [363, 364, 365, 366, 371];
/// Least values for telling what is usual.
const ENOUGH: usize = 20;

/// Draws back single values that lie far from the median of their neighbours, which are those of the same place in the
/// season. What lasts, or comes back a season or a year later, is no outlier. Gives their number.
pub(crate) fn hold_outliers(values: &mut [f64], marks: &mut [Mark], season: usize) -> usize {
    if values.len() < ENOUGH.max(3 * season) || is_slow(values) {
        return 0;
    }
    let apart = apart(values, season);
    let scale = 1.4826 * median(apart.iter().map(|apart| apart.abs()).collect());
    if scale <= 0.0 {
        return 0;
    }
    let far = |place: Option<usize>| {
        place.and_then(|place| apart.get(place)).is_some_and(|apart| apart.abs() > FAR * scale / 2.0)
    };
    let both = |place: usize, by: usize| far(place.checked_sub(by)) || far(Some(place + by));
    let mut held = Vec::new();
    for (place, away) in apart.iter().enumerate() {
        let returns = season > 1 && both(place, season) || YEARS.iter().any(|&days| both(place, days));
        if away.abs() > FAR * scale && !both(place, 1) && !returns {
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

/// How far each value lies from the median of the three before and the three after it, one season apart; 0 where there
/// are fewer than four of them.
fn apart(values: &[f64], season: usize) -> Vec<f64> {
    const SIDE: usize = 3;
    let away = |(place, value): (usize, &f64)| {
        let before = (1..=SIDE).filter_map(|back| values.get(place.checked_sub(back * season)?).copied());
        let after = (1..=SIDE).filter_map(|ahead| values.get(place + ahead * season).copied());
        let near: Vec<f64> = before.chain(after).collect();
        if near.len() > SIDE { value - median(near) } else { 0.0 }
    };
    values.iter().enumerate().map(away).collect()
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
