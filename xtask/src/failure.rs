//! Why a task could not be done, and what to do about it.

use std::{io, path::PathBuf, process::ExitStatus};

/// The one error of this crate; every variant is shown to the person who typed the command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// No installed toolchain has the standard library for the browser.
    #[error(
        "no Rust toolchain here has the standard library for wasm32-unknown-unknown.\n  \
         Run `rustup target add wasm32-unknown-unknown`; where rustup cannot download, `node scripts/set-up.mjs` builds it."
    )]
    NoWasmToolchain,
    /// The toolchain has no linker for wasm and none is on the path.
    #[error(
        "the toolchain brings no linker for wasm and there is no wasm-ld on PATH.\n  \
         Install lld (Debian: `apt-get install lld`) or set CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER."
    )]
    NoLinker,
    /// A program could not be started.
    #[error("`{program}` did not start: {source}. {advice}")]
    NotStarted { program: String, advice: &'static str, source: io::Error },
    /// A program ended with an error it has already printed.
    #[error("`{program}` ended with {status}; its own message is above")]
    Ended { program: String, status: ExitStatus },
    /// Cargo compiled without naming the file that was expected.
    #[error("cargo compiled everything but named no {what}; does its crate still make one?")]
    NoArtefact { what: &'static str },
    /// A file could not be read or written.
    #[error("cannot {action} {}: {source}", path.display())]
    File { action: &'static str, path: PathBuf, source: io::Error },
    /// Something that an earlier step makes is not there.
    #[error("{} is missing; {advice}", path.display())]
    Missing { path: PathBuf, advice: &'static str },
    /// The generator of the JavaScript glue refused the module.
    #[error("wasm-bindgen: {0}")]
    Bindgen(String),
    /// Something a page loads is larger than was promised.
    #[error("over budget: {0}")]
    OverBudget(String),
}

/// What a task gives back.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// An error of reading or writing `path`; to be used as `map_err(Failure::file("read", &path))`.
    pub(crate) fn file(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { action, path, source }
    }
}
