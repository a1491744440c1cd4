//! Why a command failed, with the file it was about.

use std::path::{Path, PathBuf};

use thiserror::Error;
use vitrine_pack::PackError;
use vitrine_train::TrainError;

/// A failed command.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// A file cannot be read or written.
    #[error("{path}: {error}", path = path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A file's content is not usable.
    #[error("{path}: {error}", path = path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: TrainError,
    },
    /// Training or evaluating failed.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// The pack cannot be written.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The model does not compile.
    #[cfg(feature = "compile")]
    #[error(transparent)]
    Compile(#[from] vitrine_model_compiler::CompileError),
    /// The simulation of devices cannot run.
    #[cfg(feature = "devices")]
    #[error(transparent)]
    Simulator(#[from] vitrine_device_simulator::SimulatorError),
    /// The command was given something unusable.
    #[error("{0}")]
    Usage(String),
}

impl Failure {
    /// For `map_err`: a failure of the system about `path`.
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::File { path, error }
    }

    /// For `map_err`: unusable content of `path`.
    pub(crate) fn content(path: &Path) -> impl FnOnce(TrainError) -> Self {
        let path = path.to_owned();
        move |error| Self::Content { path, error }
    }
}
