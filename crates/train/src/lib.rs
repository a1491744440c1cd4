//! Training and evaluation: event logs in, tuned recommenders out; labelled texts in, text classifiers out; figures of both.

mod bootstrap;
mod catalogue;
mod error;
mod evaluate;
mod log;
mod metrics;
mod ranks;
mod simulate;
mod split;
mod text;
mod train;
mod tune;

pub use catalogue::{KnownFeatures, read_attributes, read_products};
pub use error::TrainError;
pub use evaluate::{Evaluation, Protocol, evaluate};
pub use log::EventLog;
pub use metrics::{Interval, METRIC_NAMES, Metrics};
pub use simulate::{Simulation, simulate};
pub use split::Split;
pub use text::{Regularization, TextExample, TextFigures, TrainedText, measure_text, read_examples, train_text};
pub use train::{Trained, train};
pub use tune::{Tuned, tune};
