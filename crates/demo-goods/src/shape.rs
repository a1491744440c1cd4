//! Outlines drawn on a photograph, in its pixels.

use serde::Deserialize;

use crate::grid::Grid;

/// A closed polygon; the last corner joins the first.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Outline(Vec<[f32; 2]>);

impl Outline {
    /// Whether the point lies inside (even-odd rule).
    pub fn contains(&self, x: f32, y: f32) -> bool {
        let next = self.0.iter().cycle().skip(1);
        self.0.iter().zip(next).fold(false, |inside, ([ax, ay], [bx, by])| {
            let crosses = (*ay > y) != (*by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax;
            inside != crosses
        })
    }

    /// Smallest and largest coordinates: left, top, right, bottom.
    pub fn bounds(&self) -> [f32; 4] {
        let start = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
        self.0.iter().fold(start, |[left, top, right, bottom], [x, y]| {
            [left.min(*x), top.min(*y), right.max(*x), bottom.max(*y)]
        })
    }

    /// The cells whose middle is inside.
    pub fn fill(&self, width: usize, height: usize) -> Grid<bool> {
        let [left, top, right, bottom] = self.bounds();
        Grid::from_fn(width, height, |x, y| {
            let (x, y) = (x as f32 + 0.5, y as f32 + 0.5);
            x >= left && x <= right && y >= top && y <= bottom && self.contains(x, y)
        })
    }
}
