//! Tops: collar, shoulders, sleeves and hem, told by the corners of the outline.

use std::collections::BTreeMap;

use vitrine_vision::Point;

use crate::error::GarmentError;
use crate::garment::Mark;
use crate::outline::Outline;
use crate::place::{Place, Side, Sleeves};

/// Sleeves longer than this share of the way from shoulder to hem are long.
const LONG: f32 = 0.6;
/// From shoulder to armpit, as a share of the way from shoulder to hem: what tops have whose sleeves hang free.
const ARMHOLE: f32 = 0.36;
/// A gap between sleeve and side that begins lower than this share is not the armpit: sleeve and side touch above it.
const LOWEST_ARMPIT: f32 = 0.46;
/// From armpit to waist, as a share of the way to the hem.
const WAIST: f32 = 0.55;
/// Between cuff and hem, as a share of the width, an outline with sleeves turns in at least this far.
const SLEEVE: f32 = 0.03;
/// Corners shallower than this share of the width are none.
const CORNER: f32 = 0.004;

/// The marks of one side.
type Marks = BTreeMap<(Place, Side), Mark>;

/// Sleeves and points of a top.
pub(crate) fn find(outline: &Outline, axis: f32) -> Result<(Sleeves, Marks), GarmentError> {
    let mut marks = Marks::new();
    let mut lengths = [0.0; 2];
    for (side, length) in [Side::Left, Side::Right].into_iter().zip(&mut lengths) {
        let seen = Half { outline, axis, side };
        *length = seen.find(&mut marks).ok_or(GarmentError::Outline { what: "no sleeve and hem were found" })?;
    }
    let [left, right] = lengths;
    let sleeves = if left + right > 2.0 * LONG { Sleeves::Long } else { Sleeves::Short };
    Ok((sleeves, marks))
}

/// One half of an outline. Directions are those of the right half, mirrored for the left one.
struct Half<'a> {
    outline: &'a Outline,
    axis: f32,
    side: Side,
}

impl Half<'_> {
    fn sign(&self) -> f32 {
        if self.side == Side::Right { 1.0 } else { -1.0 }
    }

    /// How far a point lies from the axis, outward.
    fn aside(&self, point: Point) -> f32 {
        (point.x - self.axis) * self.sign()
    }

    fn furthest(&self, [out, down]: [f32; 2], wanted: impl Fn(Point) -> bool) -> Option<usize> {
        self.outline.furthest([out * self.sign(), down], |point| self.aside(point) > 0.0 && wanted(point))
    }

    /// A corner on the way between two places, going down the side from the first.
    fn corner(&self, upper: usize, lower: usize, outward: bool) -> Option<(usize, f32)> {
        match self.side {
            Side::Right => self.outline.corner(upper, lower, outward),
            Side::Left => self.outline.corner(lower, upper, outward),
        }
    }

    /// The place twice as far down the outline from `start` as `place` is, at most `end`.
    fn twice(&self, start: usize, place: usize, end: usize) -> usize {
        let count = self.outline.0.len().max(1);
        let way = |to: usize| match self.side {
            Side::Right => (to + count - start) % count,
            Side::Left => (start + count - to) % count,
        };
        let steps = (2 * way(place)).min(way(end));
        match self.side {
            Side::Right => (start + steps) % count,
            Side::Left => (start + count - steps) % count,
        }
    }

    /// Puts the marks, and gives the sleeve's length as a share of the way from shoulder to hem.
    fn find(&self, marks: &mut Marks) -> Option<f32> {
        let width = self.outline.0.iter().map(|point| self.aside(*point)).fold(0.0, f32::max) * 2.0;
        let at = |index: usize| self.outline.at(index);

        let first_shoulder_index = self.furthest([1.0, -1.0], |_| true)?;
        let first_shoulder = at(first_shoulder_index)?;
        // The sleeve reaches furthest aside; from there to the middle of the hem the outline turns in most at the armpit,
        // before it out at the cuff, after it out at the end of the hem.
        let outer_index = self.furthest([1.0, 0.15], |_| true)?;
        let middle = self.outline.furthest([0.0, 1.0], |point| (point.x - self.axis).abs() < 0.02 * width)?;
        let (gap_index, depth) = self.corner(outer_index, middle, false)?;
        if depth < SLEEVE * width {
            return None;
        }
        let (inner_index, _) = self.corner(outer_index, gap_index, true)?;
        let (hem_index, _) = self.corner(gap_index, middle, true)?;
        let (outer, inner, gap, hem) = (at(outer_index)?, at(inner_index)?, at(gap_index)?, at(hem_index)?);

        // The collar's upper corner, then the corner where it meets the shoulder; then where the sleeve begins to hang.
        let near = |point: Point| self.aside(point) < 0.55 * self.aside(first_shoulder);
        let corner = self.furthest([0.5, -1.0], near)?;
        let (meeting, depth) = self.corner(corner, first_shoulder_index, false)?;
        let collar_index = if depth > CORNER * width { meeting } else { corner };
        // Seen from the cuff, a round shoulder seems to lie down the sleeve: it is looked at once more with as much sleeve
        // as there is shoulder.
        let (far, _) = self.corner(collar_index, outer_index, true)?;
        let as_much = self.twice(collar_index, far, outer_index);
        let (shoulder, _) = self.corner(collar_index, as_much, true)?;
        let (collar, shoulder) = (at(collar_index)?, at(shoulder)?);

        let drop = hem.y - shoulder.y;
        let length = shoulder.distance(outer.toward(inner, 0.5)) / drop.max(1.0);
        let free = length <= LONG || (gap.y - shoulder.y) / drop < LOWEST_ARMPIT;
        let armpit = if free {
            gap
        } else {
            // On the line of the side, continued upward.
            let y = shoulder.y + ARMHOLE * drop;
            let side = hem.toward(gap, ((hem.y - y) / (hem.y - gap.y).max(1.0)).clamp(0.0, 4.0));
            let most = self.axis + self.sign() * 0.96 * self.aside(shoulder);
            Point::new(if self.aside(side) > self.aside(shoulder) { most } else { side.x }, y)
        };
        let mut put = |place, point, seen| {
            marks.insert((place, self.side), Mark { point, seen });
        };
        put(Place::Collar, collar, true);
        put(Place::Shoulder, shoulder, true);
        put(Place::Armpit, armpit, free);
        put(Place::CuffOuter, outer, true);
        put(Place::CuffInner, inner, true);
        put(Place::Waist, armpit.toward(hem, WAIST), free);
        put(Place::Hip, hem, true);
        if length > LONG {
            put(Place::ElbowOuter, self.on_outline(shoulder.toward(outer, 0.5))?, true);
            let elbow = armpit.toward(inner, 0.45);
            put(Place::ElbowInner, elbow, elbow.y > gap.y);
        }
        Some(length)
    }

    /// The place of the outline nearest to a point.
    fn on_outline(&self, point: Point) -> Option<Point> {
        let near = |one: &&Point, other: &&Point| one.distance(point).total_cmp(&other.distance(point));
        self.outline.0.iter().min_by(near).copied()
    }
}
