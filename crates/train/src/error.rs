//! What can go wrong while training.

use thiserror::Error;

/// Why nothing could be trained or evaluated.
#[derive(Debug, Error)]
pub enum TrainError {
    /// A file cannot be read.
    #[error("reading: {0}")]
    Read(#[from] std::io::Error),
    /// A line of a log or catalogue is not what it should be.
    #[error("line {line}: {problem}")]
    Line {
        /// Line number, from 1.
        line: u64,
        /// What is wrong and what was expected.
        problem: String,
    },
    /// A JSON file that is read whole is not what it should be.
    #[error("the attributes cannot be read: {0}; expected an object of item to list of attribute numbers or names")]
    Attributes(serde_json::Error),
    /// Too little to learn from.
    #[error("the log has {found} shoppers with at least {needed} different items; at least one is needed")]
    TooSmall {
        /// Such shoppers in the log.
        found: usize,
        /// Items a shopper needs.
        needed: usize,
    },
    /// The parts do not fit together.
    #[error(transparent)]
    Model(#[from] vitrine_recommend::ModelError),
    /// A text classifier cannot be read.
    #[error(transparent)]
    Text(#[from] vitrine_assistant::LinearError),
    /// A tuned constant is out of its range.
    #[error(transparent)]
    Settings(#[from] vitrine_recommend::SettingsError),
}
