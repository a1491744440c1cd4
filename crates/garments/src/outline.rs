//! The outline of a mask as a closed line of pixels, and what can be asked of it.

use vitrine_vision::Point;

use crate::mask::Mask;

/// The eight neighbours, clockwise as seen, from the right.
const AROUND: [(i64, i64); 8] = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)];

/// Outer pixels of the garment, clockwise as seen, from its topmost one.
#[derive(Clone, Debug)]
pub(crate) struct Outline(pub(crate) Vec<Point>);

impl Outline {
    /// Follows the outline of the largest part that is met from above (Moore's tracing).
    pub(crate) fn of(mask: &Mask) -> Self {
        let mut longest = Vec::new();
        let is = |(x, y): (i64, i64)| match (usize::try_from(x), usize::try_from(y)) {
            (Ok(x), Ok(y)) => mask.at(x, y),
            _ => false,
        };
        // Parts that lie beside one another begin at different rows: the first pixel of each of several rows is tried.
        for row in (0..mask.height as i64).step_by((mask.height / 8).max(1)).chain(0..mask.height as i64) {
            let Some(start) = (0..mask.width as i64).map(|x| (x, row)).find(|&place| is(place)) else { continue };
            let line = follow(start, &is, mask.inside.len());
            if line.len() > longest.len() {
                longest = line;
            }
            if longest.len() > mask.width.max(mask.height) {
                break;
            }
        }
        let top = (0..longest.len()).min_by_key(|&index| longest.get(index).map(|place| place.1)).unwrap_or(0);
        longest.rotate_left(top);
        Self(longest.into_iter().map(|(x, y)| Point::new(x as f32, y as f32)).collect())
    }

    /// Each place as the mean of the outline around it, `reach` pixels to both sides: without the waves of a coarse mask.
    pub(crate) fn calmed(&self, reach: usize) -> Self {
        let count = self.0.len().max(1);
        let mean = |index: usize| {
            let around = (0..=2 * reach).filter_map(|step| self.at((index + count + step - reach.min(count)) % count));
            let (sum, number) = around.fold((Point::default(), 0.0), |(sum, number), point| {
                (Point::new(sum.x + point.x, sum.y + point.y), number + 1.0)
            });
            Point::new(sum.x / number, sum.y / number)
        };
        Self((0..self.0.len()).map(mean).collect())
    }

    /// The place that reaches furthest in a direction, among those that are `wanted`.
    pub(crate) fn furthest(&self, [dx, dy]: [f32; 2], wanted: impl Fn(Point) -> bool) -> Option<usize> {
        let reach = |point: &Point| point.x * dx + point.y * dy;
        let places = self.0.iter().enumerate().filter(|(_, point)| wanted(**point));
        places.max_by(|(_, one), (_, other)| reach(one).total_cmp(&reach(other))).map(|(index, _)| index)
    }

    /// The place on the way from one index to another, in the outline's direction, that lies furthest to the right of the
    /// straight line between them, and how far: where a corner points inward. With `outward`, furthest to the left.
    pub(crate) fn corner(&self, from: usize, to: usize, outward: bool) -> Option<(usize, f32)> {
        let (start, end) = (self.at(from)?, self.at(to)?);
        let length = start.distance(end).max(1.0) * if outward { -1.0 } else { 1.0 };
        let depth =
            |point: Point| ((end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x)) / length;
        let count = self.0.len();
        let way = (0..=(to + count - from) % count).map(|step| (from + step) % count);
        let depths = way.filter_map(|index| Some((index, depth(self.at(index)?))));
        depths.max_by(|one, other| one.1.total_cmp(&other.1))
    }

    /// A place by its index.
    pub(crate) fn at(&self, index: usize) -> Option<Point> {
        self.0.get(index).copied()
    }
}

fn follow(start: (i64, i64), is: &impl Fn((i64, i64)) -> bool, most: usize) -> Vec<(i64, i64)> {
    let mut line = vec![start];
    // The first pixel of a row was come to from the left.
    let (mut here, mut back) = (start, 4);
    let mut first_step = None;
    while line.len() < most {
        let next = (1..=8)
            .map(|turn| (back + turn) % 8)
            .find(|&way| AROUND.get(way).is_some_and(|&(dx, dy)| is((here.0 + dx, here.1 + dy))));
        let Some(&(dx, dy)) = next.and_then(|way| AROUND.get(way)) else { break };
        let way = next.unwrap_or_default();
        if here == start {
            match first_step {
                None => first_step = Some(way),
                Some(first) if first == way => break,
                Some(_) => {}
            }
        }
        here = (here.0 + dx, here.1 + dy);
        // The neighbour looked at before this one, seen from there.
        back = (way + if way % 2 == 0 { 6 } else { 5 }) % 8;
        back = (back + 7) % 8;
        line.push(here);
    }
    line
}
