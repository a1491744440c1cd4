//! Finding a model's constants: Nelder and Mead's simplex within bounds ("A simplex method for function minimization", 1965).

use crate::work::Work;

/// One constant to be found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    pub(crate) start: f64,
    pub(crate) step: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Range {
    fn hold(self, value: f64) -> f64 {
        value.clamp(self.low, self.high)
    }
}

/// What was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) at: Vec<f64>,
    pub(crate) value: f64,
}

/// Steps where the value is small; each evaluation of `cost` takes `price` steps of work.
/// Values that are not finite count as infinitely bad. Ends when the corners' values agree to one in a hundred thousand.
pub(crate) fn minimise(
    ranges: &[Range],
    price: usize,
    work: &mut Work,
    mut cost: impl FnMut(&[f64]) -> f64,
) -> Option<Found> {
    const AGREEMENT: f64 = 1e-5;
    let mut measure = |at: Vec<f64>, work: &mut Work| -> Option<Found> {
        if !work.take(price) {
            return None;
        }
        let value = cost(&at);
        Some(Found { at, value: if value.is_finite() { value } else { f64::INFINITY } })
    };
    let start: Vec<f64> = ranges.iter().map(|range| range.hold(range.start)).collect();
    let mut simplex = vec![measure(start.clone(), work)?];
    for turned in 0..ranges.len() {
        let corner = ranges.iter().zip(&start).enumerate().map(|(axis, (range, &value))| {
            if axis != turned {
                return value;
            }
            let there = range.hold(value + range.step);
            if (there - value).abs() > 0.5 * range.step.abs() { there } else { range.hold(value - range.step) }
        });
        match measure(corner.collect(), work) {
            Some(found) => simplex.push(found),
            None => return best(simplex),
        }
    }
    for _ in 0..work.iterations() {
        simplex.sort_by(|a, b| a.value.total_cmp(&b.value));
        let worst = simplex.pop()?;
        let (Some(first), Some(second_worst)) = (simplex.first(), simplex.last()) else {
            return Some(worst);
        };
        let (least, most) = (first.value, second_worst.value);
        if worst.value - least <= AGREEMENT * (least.abs() + 1e-12) {
            simplex.push(worst);
            break;
        }
        let share = 1.0 / simplex.len() as f64;
        let middle: Vec<f64> = (0..ranges.len())
            .map(|axis| simplex.iter().filter_map(|corner| corner.at.get(axis)).sum::<f64>() * share)
            .collect();
        let towards = |by: f64| -> Vec<f64> {
            let points = middle.iter().zip(&worst.at).zip(ranges);
            points.map(|((&centre, &away), range)| range.hold(centre + by * (away - centre))).collect()
        };
        let Some(reflected) = measure(towards(-1.0), work) else {
            simplex.push(worst);
            break;
        };
        let next = if reflected.value < least {
            match measure(towards(-2.0), work) {
                Some(expanded) if expanded.value < reflected.value => expanded,
                _ => reflected,
            }
        } else if reflected.value < most {
            reflected
        } else {
            let outside = reflected.value < worst.value;
            let limit = reflected.value.min(worst.value);
            match measure(towards(if outside { -0.5 } else { 0.5 }), work) {
                Some(contracted) if contracted.value < limit => contracted,
                Some(_) => {
                    simplex.push(if outside { reflected } else { worst });
                    simplex.sort_by(|a, b| a.value.total_cmp(&b.value));
                    simplex = shrink(simplex, ranges, work, &mut measure);
                    continue;
                }
                None => {
                    simplex.push(worst);
                    break;
                }
            }
        };
        simplex.push(next);
    }
    best(simplex)
}

/// Draws every corner halfway to the best one.
fn shrink(
    simplex: Vec<Found>,
    ranges: &[Range],
    work: &mut Work,
    measure: &mut impl FnMut(Vec<f64>, &mut Work) -> Option<Found>,
) -> Vec<Found> {
    let mut corners = simplex.into_iter();
    let Some(kept) = corners.next() else { return Vec::new() };
    let mut drawn = Vec::with_capacity(ranges.len() + 1);
    for corner in corners {
        let nearer = kept.at.iter().zip(&corner.at).zip(ranges).map(|((a, b), range)| range.hold(0.5 * (a + b)));
        drawn.push(measure(nearer.collect(), work).unwrap_or(corner));
    }
    drawn.insert(0, kept);
    drawn
}

fn best(simplex: Vec<Found>) -> Option<Found> {
    simplex.into_iter().min_by(|a, b| a.value.total_cmp(&b.value)).filter(|found| found.value < f64::INFINITY)
}
