//! Why a simulation cannot run.

use std::path::{Path, PathBuf};

use thiserror::Error;

/// A simulation that cannot begin or go on.
#[derive(Debug, Error)]
pub enum SimulatorError {
    /// A fault that there is not.
    #[error(
        "there is no fault {name:?}; there are duplicate, reorder, delay, drop, corrupt, skew, rotate, crash, burst (or all, none)"
    )]
    UnknownFault {
        /// What was asked for.
        name: String,
    },
    /// What the worker gave as a secret is none.
    #[error("the worker's answer has no secret of the form whsec_ or whsk_ and base64")]
    BadSecret,
    /// The address is not one.
    #[error("{url:?} is no address of a worker: give one like http://localhost:8787")]
    BadAddress {
        /// What was given.
        url: String,
    },
    /// The worker did not answer.
    #[error("{what}: the worker does not answer: {error}")]
    Unreachable {
        /// What was being done.
        what: String,
        /// What the connection says.
        error: crate::transport::Unreachable,
    },
    /// The worker answered otherwise than it should.
    #[error("{what}: the worker answered {status}: {body}")]
    Unexpected {
        /// What was being done.
        what: String,
        /// HTTP status.
        status: u16,
        /// The beginning of the answer.
        body: String,
    },
    /// A fleet's description is not usable.
    #[error("the fleet's description: {0}")]
    Fleet(String),
    /// A device of that id is registered already.
    #[error("{device} is registered already: choose another prefix for this run")]
    Exists {
        /// The device.
        device: String,
    },
    /// A device that was registered is not there any more.
    #[error("{device} is not registered any more")]
    Gone {
        /// The device.
        device: String,
    },
    /// A device could not be given a key, because it has two.
    #[error("{device} has two keys already, and none of them could be taken away")]
    KeysLeft {
        /// The device.
        device: String,
    },
    /// The system has no randomness to give.
    #[error("the system gives no randomness for a key: {problem}")]
    Randomness {
        /// What it says.
        problem: String,
    },
    /// A file cannot be read or written.
    #[error("{path}: {error}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The file with keys and counters is not usable.
    #[error("{path}: not the keys and counters of a fleet: {problem}. Remove it, and the devices get new keys", path = path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
}

impl SimulatorError {
    /// For `map_err`: a failure of the system about `path`.
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::File { path, error }
    }
}
