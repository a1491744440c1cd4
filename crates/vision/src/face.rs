//! Face detection: MediaPipe's BlazeFace, for faces near the camera and for those some metres away.

use vitrine_model_runtime::Model;

use crate::affine::Point;
use crate::anchors::anchors;
use crate::detection::{Detection, decode, suppress};
use crate::error::VisionError;
use crate::network::Network;
use crate::picture::Picture;
use crate::region::Region;
use crate::sample::Border;

const OVERLAP: f32 = 0.3;

/// A face that was found, with the points that [`FacePoint`] names.
pub type Face = Detection<6>;

/// The six points of a face. Left and right are the person's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum FacePoint {
    /// Right eye.
    RightEye,
    /// Left eye.
    LeftEye,
    /// Tip of the nose.
    Nose,
    /// Middle of the mouth.
    Mouth,
    /// Before the right ear.
    RightEar,
    /// Before the left ear.
    LeftEar,
}

impl Face {
    /// A point by its name.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "there are as many points as names, which the type says")]
    pub fn at(&self, point: FacePoint) -> Point {
        self.points[point as usize]
    }
}

/// The plan `face_detection_short_range` or `face_detection_full_range_sparse`.
#[derive(Debug)]
pub struct FaceDetector {
    network: Network<2>,
    anchors: Vec<Point>,
    side: usize,
    least_score: f32,
}

impl FaceDetector {
    /// Takes the model of the plan `face_detection_short_range`: faces that fill a tenth of the picture or more.
    ///
    /// # Errors
    /// [`VisionError::Model`] for another one.
    pub fn short_range(model: Model) -> Result<Self, VisionError> {
        Self::new(model, ["regressors", "classificators"], 128, anchors(128, &[8, 16, 16, 16], 2), 0.5)
    }

    /// Takes the model of the plan `face_detection_full_range_sparse`: also the faces of people in full figure.
    ///
    /// # Errors
    /// [`VisionError::Model`] for another one.
    pub fn full_range(model: Model) -> Result<Self, VisionError> {
        Self::new(model, ["Identity", "Identity_1"], 192, anchors(192, &[4], 1), 0.6)
    }

    fn new(
        model: Model,
        [boxes, scores]: [&str; 2],
        side: usize,
        anchors: Vec<Point>,
        least_score: f32,
    ) -> Result<Self, VisionError> {
        let outputs = [(boxes, anchors.len() * 16), (scores, anchors.len())];
        Ok(Self { network: Network::new(model, [side; 2], outputs, Border::Black)?, anchors, side, least_score })
    }

    /// The faces in a picture, surest first.
    ///
    /// # Errors
    /// [`VisionError::Run`] where the model fails.
    pub fn find(&mut self, picture: &Picture<'_>) -> Result<Vec<Face>, VisionError> {
        self.find_in(picture, &Region::whole(picture))
    }

    /// The faces in the upright square around a region: the way to see a small face with the short range.
    ///
    /// # Errors
    /// [`VisionError::Run`] where the model fails.
    pub fn find_in(&mut self, picture: &Picture<'_>, region: &Region) -> Result<Vec<Face>, VisionError> {
        let region = Region { rotation: 0.0, ..region.squared() };
        self.network.look(picture, &region)?;
        let [boxes, scores] = self.network.outputs()?;
        let found = suppress(decode(boxes, scores, &self.anchors, self.side, self.least_score), OVERLAP);
        let map = region.from_unit();
        Ok(found.iter().map(|face| face.mapped(&map)).collect())
    }
}
