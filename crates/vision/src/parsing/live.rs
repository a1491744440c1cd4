//! Telling a person from what is behind, frame by frame, with nothing allocated for a frame.

use vitrine_model_runtime::Model;

use crate::error::VisionError;
use crate::network::Network;
use crate::picture::Picture;
use crate::region::Region;
use crate::sample::Border;

/// How much of the frame before an undecided pixel keeps. Decided ones keep nothing, so that nothing trails behind.
const KEPT: f32 = 0.7;

/// The plan `selfie_segmentation`, and the mask of the last frame.
#[derive(Debug)]
pub struct LiveMask {
    network: Network<1>,
    mask: Vec<f32>,
    fresh: bool,
}

impl LiveMask {
    /// Columns and rows of a mask, which cover the whole picture, stretched.
    pub const SIDE: usize = 256;

    /// Takes the model of the plan `selfie_segmentation`.
    ///
    /// # Errors
    /// [`VisionError::Model`] for another one.
    pub fn new(model: Model) -> Result<Self, VisionError> {
        let cells = Self::SIDE * Self::SIDE;
        let network = Network::new(model, [Self::SIDE; 2], [("activation_10", cells)], Border::Black)?;
        Ok(Self { network, mask: vec![0.0; cells], fresh: true })
    }

    /// Starts anew with the next frame.
    pub fn forget(&mut self) {
        self.fresh = true;
    }

    /// The mask of the next frame, row by row: how surely each place is a person, 0 to 1.
    ///
    /// # Errors
    /// [`VisionError::Run`] where the model fails.
    pub fn next(&mut self, picture: &Picture<'_>) -> Result<&[f32], VisionError> {
        self.network.look(picture, &Region::whole(picture))?;
        let [answer] = self.network.outputs()?;
        for (before, &now) in self.mask.iter_mut().zip(answer) {
            let undecided = 4.0 * now * (1.0 - now);
            let kept = if self.fresh { 0.0 } else { KEPT * undecided };
            *before = now + (*before - now) * kept;
        }
        self.fresh = false;
        Ok(&self.mask)
    }
}
