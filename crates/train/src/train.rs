//! Training for a pack: constants tuned on held-out items, then everything learned from the whole log.

use vitrine_recommend::{Content, Model};

use crate::split::Split;
use crate::tune::{Tuned, fit, tune};
use crate::{EventLog, TrainError};

/// A trained recommender and the constants that were chosen.
#[derive(Clone, Debug)]
pub struct Trained {
    /// Fitted on the whole log, with the tuned constants.
    pub model: Model,
    /// The constants.
    pub tuned: Tuned,
}

/// Tunes on the log's validation items, then fits on all of it.
///
/// `content` indexes the features of the same items in the same order as `log.items`; `successors`
/// bounds what is kept per item: fewer make a smaller pack.
pub fn train(log: &EventLog, content: Content, successors: usize) -> Result<Trained, TrainError> {
    let split = Split::leave_one_out(log)?;
    let tuned = tune(&split, &content, successors)?;
    let model = fit(&log.sequences, split.items, (tuned.back, successors), content, tuned.blend)?;
    Ok(Trained { model, tuned })
}
