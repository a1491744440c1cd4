//! Training and evaluation of text classifiers: labelled texts in, a linear model with calibrated probabilities out.

mod examples;
mod fit;
mod measure;

pub use examples::{TextExample, read_examples};
pub use fit::{Regularization, TrainedText, train_text};
pub use measure::{TextFigures, measure_text};
