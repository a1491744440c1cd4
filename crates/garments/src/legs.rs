//! Trousers and overalls: two legs, told by the gap between them, and the points on their rows.

use std::collections::BTreeMap;

use vitrine_vision::Point;

use crate::garment::Mark;
use crate::mask::Mask;
use crate::place::{Place, Side};
use crate::rows::{Stretch, extent, stretches};

/// Legs are apart from above this share of the height, at the least.
const LATEST_CROTCH: f32 = 0.75;
/// Where legs begin below this share of the height, something is above the waist.
const OVERALL: f32 = 0.45;
/// From the waist to the crotch, in lengths of the legs inside: what trousers of this cut have.
const RISE: f32 = 0.42;

/// What was found.
pub(crate) struct Legs {
    pub(crate) crotch: Point,
    pub(crate) overall: bool,
    pub(crate) marks: BTreeMap<(Place, Side), Mark>,
}

/// The points of a garment with legs; `None` where there are no legs.
pub(crate) fn find(mask: &Mask, axis: f32) -> Option<Legs> {
    let [top, bottom] = extent(mask)?;
    let height = (bottom - top) as f32;
    let row = |share: f32| top + (share * height) as usize;
    // From low down upward, as long as the middle of the gap before is still a gap.
    let mut gap = gap_at(mask, row(0.92), axis)?;
    let mut crotch = row(0.92);
    for y in (top..row(0.92)).rev() {
        let Some(higher) = gap_at(mask, y, (gap[0] + gap[1]) as f32 / 2.0) else { break };
        (gap, crotch) = (higher, y);
    }
    let share = (crotch - top) as f32 / height;
    if share > LATEST_CROTCH {
        return None;
    }
    let crotch_point = Point::new((gap[0] + gap[1]) as f32 / 2.0, crotch as f32);
    let legs = bottom as f32 - crotch as f32;
    let overall = share > OVERALL;
    let waist = if overall { crotch as f32 - RISE * legs } else { top as f32 + 0.01 * height } as usize;
    let mut marks = BTreeMap::new();
    let mut pair = |place: Place, y: usize, [left, right]: [usize; 2], seen: bool| {
        let mark = |x: usize| Mark { point: Point::new(x as f32, y as f32), seen };
        marks.insert((place, Side::Left), mark(left));
        marks.insert((place, Side::Right), mark(right.saturating_sub(1)));
    };

    let whole = |y: usize| {
        let row = stretches(mask, y);
        Some([row.first()?[0], row.last()?[1]])
    };
    pair(Place::Waist, waist, whole(waist)?, !overall);
    let hips = (waist + crotch * 2) / 3;
    pair(Place::Hip, hips, whole(hips)?, true);
    let knees = (crotch + bottom) / 2;
    let [left, right] = legs_at(mask, knees, crotch_point.x)?;
    pair(Place::KneeOuter, knees, [left[0], right[1]], true);
    pair(Place::KneeInner, knees, [left[1], right[0] + 1], true);
    if overall {
        let straps = top + (0.02 * height) as usize;
        let row = stretches(mask, straps);
        let middle = |[start, end]: Stretch| (start + end) / 2;
        pair(Place::Collar, straps, [middle(*row.first()?), middle(*row.last()?) + 1], true);
    }
    for (side, leg) in [(Side::Left, 0), (Side::Right, 1)] {
        let (y, [start, end]) = hem(mask, crotch_point, bottom, leg)?;
        let (outer, inner) = if side == Side::Left { (start, end - 1) } else { (end - 1, start) };
        for (place, x) in [(Place::HemOuter, outer), (Place::HemInner, inner)] {
            marks.insert((place, side), Mark { point: Point::new(x as f32, y as f32), seen: true });
        }
    }
    Some(Legs { crotch: crotch_point, overall, marks })
}

/// The end of the left (0) or the right (1) leg: the lowest row in which it still has nearly the width that it has above.
fn hem(mask: &Mask, crotch: Point, bottom: usize, leg: usize) -> Option<(usize, Stretch)> {
    let at = |y: usize| legs_at(mask, y, crotch.x)?.get(leg).copied();
    let crotch = crotch.y as usize;
    let [start, end] = at(bottom - bottom.saturating_sub(crotch) / 10)?;
    let usual = end - start;
    (crotch..bottom).rev().find_map(|y| {
        let [start, end] = at(y)?;
        (10 * (end - start) >= 9 * usual).then_some((y, [start, end]))
    })
}

/// The gap around a column: the end of the stretch before and the start of the one after. `None` where there is cloth, or
/// cloth on one side only.
fn gap_at(mask: &Mask, y: usize, x: f32) -> Option<Stretch> {
    let row = stretches(mask, y);
    let before = row.iter().rfind(|[_, end]| *end as f32 <= x)?;
    let after = row.iter().find(|[start, _]| *start as f32 > x)?;
    row.iter().all(|[start, end]| *end as f32 <= x || *start as f32 > x).then_some([before[1], after[0]])
}

/// The left and the right leg in a row, each with what hangs on it.
fn legs_at(mask: &Mask, y: usize, axis: f32) -> Option<[Stretch; 2]> {
    let row = stretches(mask, y);
    let (left, right): (Vec<Stretch>, Vec<Stretch>) =
        row.iter().partition(|[start, end]| ((start + end) as f32) < 2.0 * axis);
    Some([[left.first()?[0], left.last()?[1]], [right.first()?[0], right.last()?[1]]])
}
