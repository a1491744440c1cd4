//! Affine maps of the plane, and points.

/// A place in a picture: x to the right, y down.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    /// A point.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// The distance to another point.
    #[must_use]
    pub fn distance(self, other: Self) -> f32 {
        libm::hypotf(self.x - other.x, self.y - other.y)
    }

    /// The point at `share` of the way to another one.
    #[must_use]
    pub fn toward(self, other: Self, share: f32) -> Self {
        Self::new(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)
    }
}

/// `x' = x·(x, y, 1)`, `y' = y·(x, y, 1)`, kept in double precision: a place in a large picture needs it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Affine {
    x: [f64; 3],
    y: [f64; 3],
}

impl Affine {
    /// A map by its two rows.
    #[must_use]
    pub const fn new(x: [f64; 3], y: [f64; 3]) -> Self {
        Self { x, y }
    }

    /// Where the map takes a point.
    #[inline]
    #[must_use]
    pub fn apply(&self, point: Point) -> Point {
        let [x, y] = self.exactly(f64::from(point.x), f64::from(point.y));
        Point::new(x as f32, y as f32)
    }

    /// Where the map takes `x` and `y`, in double precision.
    #[inline]
    pub(crate) fn exactly(&self, x: f64, y: f64) -> [f64; 2] {
        let ([a, b, c], [d, e, f]) = (self.x, self.y);
        [a * x + b * y + c, d * x + e * y + f]
    }

    /// This map, and then another one.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let ([a, b, c], [d, e, f]) = (self.x, self.y);
        let row = |[p, q, r]: [f64; 3]| [p * a + q * d, p * b + q * e, p * c + q * f + r];
        Self { x: row(next.x), y: row(next.y) }
    }

    /// The way back; `None` where the map flattens the plane.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        let ([a, b, c], [d, e, f]) = (self.x, self.y);
        let area = a * e - b * d;
        if !area.is_normal() {
            return None;
        }
        Some(Self {
            x: [e / area, -b / area, (b * f - c * e) / area],
            y: [-d / area, a / area, (c * d - a * f) / area],
        })
    }
}
