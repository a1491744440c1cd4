//! Detections: decoding what a single-shot detector answers, and weighted non-maximum suppression.

use crate::affine::{Affine, Point};
use crate::numbers::sigmoid;

/// Something found: a box, `N` points, and how surely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection<const N: usize> {
    /// From 0 to 1.
    pub score: f32,
    /// The box's left top corner.
    pub least: Point,
    /// The box's right bottom corner.
    pub most: Point,
    /// The points, in the detector's order.
    pub points: [Point; N],
}

impl<const N: usize> Detection<N> {
    /// The share that two boxes have in common of what they cover together.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> f32 {
        let common = extent(self.least.x.max(other.least.x), self.most.x.min(other.most.x))
            * extent(self.least.y.max(other.least.y), self.most.y.min(other.most.y));
        let together = self.area() + other.area() - common;
        if together > 0.0 { common / together } else { 0.0 }
    }

    /// The box's area.
    #[must_use]
    pub fn area(&self) -> f32 {
        extent(self.least.x, self.most.x) * extent(self.least.y, self.most.y)
    }

    /// The same in other coordinates. Boxes stay upright, so the map must not rotate.
    pub(crate) fn mapped(&self, map: &Affine) -> Self {
        Self {
            score: self.score,
            least: map.apply(self.least),
            most: map.apply(self.most),
            points: self.points.map(|point| map.apply(point)),
        }
    }
}

fn extent(from: f32, to: f32) -> f32 {
    (to - from).max(0.0)
}

/// Decodes answers into shares of the detector's square: for each anchor a score before the logistic function, and
/// `4 + 2N` numbers in pixels (middle, size, points), all counted from the anchor.
pub(crate) fn decode<const N: usize>(
    boxes: &[f32],
    scores: &[f32],
    anchors: &[Point],
    side: usize,
    least_score: f32,
) -> Vec<Detection<N>> {
    let side = side as f32;
    let mut found = Vec::new();
    for ((numbers, &score), anchor) in boxes.chunks_exact(4 + 2 * N).zip(scores).zip(anchors) {
        let score = sigmoid(score.clamp(-100.0, 100.0));
        let &[x, y, width, height, ref points @ ..] = numbers else { continue };
        // Written so that a score or a size that is not a number is left out too.
        if !(score >= least_score && width >= 0.0 && height >= 0.0) {
            continue;
        }
        let place = |x: f32, y: f32| Point::new(x / side + anchor.x, y / side + anchor.y);
        let mut detection = Detection {
            score,
            least: place(x - width / 2.0, y - height / 2.0),
            most: place(x + width / 2.0, y + height / 2.0),
            points: [Point::default(); N],
        };
        for (point, pair) in detection.points.iter_mut().zip(points.chunks_exact(2)) {
            if let &[x, y] = pair {
                *point = place(x, y);
            }
        }
        found.push(detection);
    }
    found
}

/// Unites detections that overlap by more than `overlap` with a surer one: box and points become the mean of all of
/// them, weighted by their scores; the surest score is kept. Surest first.
pub(crate) fn suppress<const N: usize>(mut found: Vec<Detection<N>>, overlap: f32) -> Vec<Detection<N>> {
    found.sort_by(|one, other| other.score.total_cmp(&one.score));
    let mut kept = Vec::new();
    while let Some(&surest) = found.first() {
        let (alike, rest): (Vec<_>, Vec<_>) = found.iter().partition(|candidate| surest.overlap(candidate) > overlap);
        kept.push(mean(&alike).map_or(surest, |mean| Detection { score: surest.score, ..mean }));
        if rest.len() == found.len() {
            // A box without area overlaps with nothing, not even with itself.
            found.remove(0);
        } else {
            found = rest;
        }
    }
    kept
}

fn mean<const N: usize>(alike: &[Detection<N>]) -> Option<Detection<N>> {
    let total: f32 = alike.iter().map(|detection| detection.score).sum();
    if total <= 0.0 {
        return None;
    }
    let point = |of: &dyn Fn(&Detection<N>) -> Point| {
        alike.iter().fold(Point::default(), |sum, detection| {
            let (share, point) = (detection.score / total, of(detection));
            Point::new(sum.x + point.x * share, sum.y + point.y * share)
        })
    };
    let mut points = [Point::default(); N];
    for (index, place) in points.iter_mut().enumerate() {
        *place = point(&|detection| detection.points.get(index).copied().unwrap_or_default());
    }
    Some(Detection { score: total, least: point(&|one| one.least), most: point(&|one| one.most), points })
}
