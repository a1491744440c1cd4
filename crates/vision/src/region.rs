//! Rotated rectangles in a picture: what a network is shown, and the way back from what it says.

use core::f32::consts::PI;

use crate::affine::{Affine, Point};
use crate::picture::Picture;

/// A rotated rectangle, in pixels of the picture as seen. It may reach beyond the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// Its middle.
    pub center: Point,
    /// Its width before it is rotated.
    pub width: f32,
    /// Its height before it is rotated.
    pub height: f32,
    /// Radians; positive turns its top to the right.
    pub rotation: f32,
}

impl Region {
    /// The whole picture.
    #[must_use]
    pub fn whole(picture: &Picture<'_>) -> Self {
        let [width, height] = [picture.width() as f32, picture.height() as f32];
        Self { center: Point::new(width / 2.0, height / 2.0), width, height, rotation: 0.0 }
    }

    /// An upright rectangle by two of its corners.
    #[must_use]
    pub fn between(least: Point, most: Point) -> Self {
        Self { center: least.toward(most, 0.5), width: most.x - least.x, height: most.y - least.y, rotation: 0.0 }
    }

    /// A square around `center` whose half side is the distance to `rim`, turned so that `rim` lies above the middle by
    /// `target` radians counted from the right, counterclockwise: MediaPipe's alignment points.
    #[must_use]
    pub fn aligned(center: Point, rim: Point, target: f32) -> Self {
        let side = 2.0 * center.distance(rim);
        let angle = libm::atan2f(-(rim.y - center.y), rim.x - center.x);
        Self { center, width: side, height: side, rotation: normalized(target - angle) }
    }

    /// The square with the longer side around the same middle.
    #[must_use]
    pub fn squared(self) -> Self {
        let side = self.width.max(self.height);
        Self { width: side, height: side, ..self }
    }

    /// The same with both sides multiplied.
    #[must_use]
    pub fn scaled(self, factor: f32) -> Self {
        Self { width: self.width * factor, height: self.height * factor, ..self }
    }

    /// The upright rectangle that is common to this one, taken as upright, and the picture; `None` where there is none.
    #[must_use]
    pub fn within(self, picture: &Picture<'_>) -> Option<Self> {
        let least =
            Point::new((self.center.x - self.width / 2.0).max(0.0), (self.center.y - self.height / 2.0).max(0.0));
        let most = Point::new(
            (self.center.x + self.width / 2.0).min(picture.width() as f32),
            (self.center.y + self.height / 2.0).min(picture.height() as f32),
        );
        (most.x - least.x >= 1.0 && most.y - least.y >= 1.0).then(|| Self::between(least, most))
    }

    /// From places in the unit square, (0, 0) at its left top corner, to places in the picture.
    #[must_use]
    pub fn from_unit(&self) -> Affine {
        let [width, height, x, y, rotation] =
            [self.width, self.height, self.center.x, self.center.y, self.rotation].map(f64::from);
        let (sin, cos) = (libm::sin(rotation), libm::cos(rotation));
        let (right, down) = ([width * cos, width * sin], [-height * sin, height * cos]);
        let corner = [x - (right[0] + down[0]) / 2.0, y - (right[1] + down[1]) / 2.0];
        Affine::new([right[0], down[0], corner[0]], [right[1], down[1], corner[1]])
    }

    /// From pixels of a network's picture of `width` x `height` to places in the picture, corner to corner: the pixel
    /// (0, 0) is taken at the region's corner. That is how MediaPipe's networks were trained and are used.
    #[must_use]
    pub fn from_pixels(&self, width: usize, height: usize) -> Affine {
        Affine::new([1.0 / width as f64, 0.0, 0.0], [0.0, 1.0 / height as f64, 0.0]).then(&self.from_unit())
    }
}

/// An angle brought between -π and π.
fn normalized(angle: f32) -> f32 {
    angle - 2.0 * PI * libm::floorf((angle + PI) / (2.0 * PI))
}
