//! Following one body from frame to frame: people are looked for only where the body was lost.

use crate::error::VisionError;
use crate::picture::Picture;
use crate::pose::body::Pose;
use crate::pose::detector::PersonDetector;
use crate::pose::landmarker::PoseLandmarker;
use crate::pose::smoothing::PoseSmoother;
use crate::region::Region;

/// Below this the region does not hold a person any more.
const LEAST_SCORE: f32 = 0.5;

/// A detector, a landmark network, and where the body was last.
#[derive(Debug)]
pub struct PoseTracker {
    detector: PersonDetector,
    landmarker: PoseLandmarker,
    region: Option<Region>,
    searches: u64,
}

impl PoseTracker {
    /// A tracker that has seen nothing yet.
    #[must_use]
    pub fn new(detector: PersonDetector, landmarker: PoseLandmarker) -> Self {
        Self { detector, landmarker, region: None, searches: 0 }
    }

    /// The body in a picture that has nothing to do with those before.
    ///
    /// # Errors
    /// [`VisionError::Run`] where a model fails.
    pub fn photo(&mut self, picture: &Picture<'_>) -> Result<Option<Pose>, VisionError> {
        self.forget();
        let pose = self.next(picture)?;
        self.forget();
        Ok(pose)
    }

    /// The body in the next frame of a film, unsmoothed; `None` where nobody is.
    ///
    /// # Errors
    /// [`VisionError::Run`] where a model fails.
    pub fn next(&mut self, picture: &Picture<'_>) -> Result<Option<Pose>, VisionError> {
        let pose = self.read(picture)?;
        self.region = pose.as_ref().map(Pose::next_region);
        Ok(pose)
    }

    /// The body in the next frame of a film, smoothed; the smoothed body is the one that is looked for in the frame after,
    /// as MediaPipe does. `microseconds`: the frame's time, on any clock that only goes forward.
    ///
    /// # Errors
    /// [`VisionError::Run`] where a model fails.
    pub fn next_smoothed(
        &mut self,
        picture: &Picture<'_>,
        smoother: &mut PoseSmoother,
        microseconds: u64,
    ) -> Result<Option<Pose>, VisionError> {
        let Some(pose) = self.read(picture)? else {
            self.region = None;
            smoother.forget();
            return Ok(None);
        };
        let pose = smoother.smooth(&pose, microseconds);
        self.region = Some(pose.next_region());
        Ok(Some(pose))
    }

    /// Looks for people in the whole of the next frame.
    pub fn forget(&mut self) {
        self.region = None;
    }

    /// How often people were looked for in a whole picture.
    #[must_use]
    pub fn searches(&self) -> u64 {
        self.searches
    }

    /// The detector, to ask for everybody in a picture.
    pub fn detector(&mut self) -> &mut PersonDetector {
        &mut self.detector
    }

    /// The landmark network, to read the body of somebody in particular.
    pub fn landmarker(&mut self) -> &mut PoseLandmarker {
        &mut self.landmarker
    }

    fn read(&mut self, picture: &Picture<'_>) -> Result<Option<Pose>, VisionError> {
        let region = match self.region {
            Some(region) => region,
            None => {
                self.searches += 1;
                match self.detector.find(picture)?.first() {
                    Some(person) => person.region(),
                    None => return Ok(None),
                }
            }
        };
        let pose = self.landmarker.read(picture, &region)?;
        Ok((pose.score > LEAST_SCORE).then_some(pose))
    }
}
