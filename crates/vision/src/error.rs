//! What can be wrong with a picture, and with the models that look at it.

use vitrine_model_runtime::RunError;

/// Why a picture could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VisionError {
    /// The pixels do not make the picture that was described.
    #[error(
        "a picture of {width} x {height} pixels with {stride} bytes a row needs {needed} bytes and {found} were given: \
         give RGBA, four bytes a pixel, and a stride of at least four times the width"
    )]
    Pixels {
        /// Stored width.
        width: usize,
        /// Stored height.
        height: usize,
        /// Bytes from one row to the next.
        stride: usize,
        /// Bytes that these make necessary.
        needed: usize,
        /// Bytes that were given.
        found: usize,
    },
    /// The picture has no pixels, or more than can be addressed.
    #[error(
        "a picture of {width} x {height} pixels cannot be looked at: each side must have between 1 and {most} pixels"
    )]
    Size {
        /// Stored width.
        width: usize,
        /// Stored height.
        height: usize,
        /// Longest side.
        most: usize,
    },
    /// A model is not the one that was asked for.
    #[error("the model `{model}` does not fit: {what}. Load the plan of that name from the folder `models`")]
    Model {
        /// The plan's name.
        model: String,
        /// What is missing or of another shape.
        what: String,
    },
    /// A model could not be run.
    #[error(transparent)]
    Run(#[from] RunError),
}
