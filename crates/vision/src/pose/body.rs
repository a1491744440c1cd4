//! `Pose`: what is known of a body in one picture.

use crate::affine::Point;
use crate::pose::joint::Joint;
use crate::region::Region;

/// A point of a body in the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Landmark {
    /// Pixels to the right.
    pub x: f32,
    /// Pixels down.
    pub y: f32,
    /// Depth in the scale of `x`, from the hips' middle; smaller is nearer. Rough.
    pub z: f32,
    /// How likely the point is in sight, 0 to 1.
    pub visibility: f32,
    /// How likely the point lies in the region that the network saw, 0 to 1.
    pub presence: f32,
}

impl Landmark {
    /// Its place in the picture.
    #[must_use]
    pub fn point(&self) -> Point {
        Point::new(self.x, self.y)
    }
}

/// A body in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Pose {
    /// Pixels of the picture as seen.
    pub landmarks: [Landmark; Joint::COUNT],
    /// Metres from the middle of the hips: x to the right in the picture, y down, z away from the camera.
    pub world: [[f32; 3]; Joint::COUNT],
    /// Middle of the body, and a point on the circle around all of it: where to look in the next frame.
    pub alignment: [Point; 2],
    /// How likely there is a person in the region, 0 to 1.
    pub score: f32,
    /// What the network was shown.
    pub region: Region,
}

impl Pose {
    /// A point by its name.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "there are as many landmarks as joints, which the type says")]
    pub fn at(&self, joint: Joint) -> Landmark {
        self.landmarks[joint as usize]
    }

    /// The place of a point in the picture.
    #[must_use]
    pub fn point(&self, joint: Joint) -> Point {
        self.at(joint).point()
    }

    /// A point in metres, by its name.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "there are as many landmarks as joints, which the type says")]
    pub fn metres(&self, joint: Joint) -> [f32; 3] {
        self.world[joint as usize]
    }

    /// Where to look for the same person in the next frame.
    #[must_use]
    pub fn next_region(&self) -> Region {
        let [center, rim] = self.alignment;
        super::region_around(center, rim)
    }

    /// The upright rectangle around all of the person that is likely in sight, hair, hands and loose clothes included. It may
    /// reach beyond the picture.
    #[must_use]
    pub fn surroundings(&self) -> Region {
        let points = self.landmarks.iter().filter(|landmark| landmark.visibility > LEAST_VISIBILITY);
        let (mut least, mut most) = (self.point(Joint::Nose), self.point(Joint::Nose));
        for point in points.map(Landmark::point) {
            least = Point::new(least.x.min(point.x), least.y.min(point.y));
            most = Point::new(most.x.max(point.x), most.y.max(point.y));
        }
        // A head's width; seen from the side the ears lie behind one another, and its height tells.
        let mouth = self.point(Joint::MouthLeft).toward(self.point(Joint::MouthRight), 0.5);
        let eyes = self.point(Joint::LeftEye).toward(self.point(Joint::RightEye), 0.5);
        let head = self.point(Joint::LeftEar).distance(self.point(Joint::RightEar)).max(2.0 * mouth.distance(eyes));
        let shoulders = self.point(Joint::LeftShoulder).distance(self.point(Joint::RightShoulder));
        let aside = 0.5 * head.max(shoulders * 0.6);
        Region::between(
            Point::new(least.x - aside, least.y - 1.5 * head),
            Point::new(most.x + aside, most.y + 0.5 * head),
        )
    }
}

/// Points that are surely out of sight do not count as the person's.
const LEAST_VISIBILITY: f32 = 0.2;
