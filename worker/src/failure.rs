//! Why a request, a message or a job was not done.

use vitrine_api::problem::{Problem, ProblemKind};

/// The one error of the worker.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The other side asked for something that is refused; it is told.
    Refused(Box<Problem>),
    /// The runtime failed us: a binding, storage, the database. The other side learns only that.
    Runtime(worker::Error),
    /// What was stored cannot be read back, or the like: a fault of ours.
    Fault(String),
}

/// What a step gives back.
pub(crate) type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// A refusal with its reason.
    pub(crate) fn refused(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Problem::new(kind, detail).into()
    }

    /// A refusal because of one field.
    pub(crate) fn field(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Problem::field(ProblemKind::BadRequest, pointer, detail).into()
    }

    /// There is no such thing.
    pub(crate) fn nothing(what: &str) -> Self {
        Self::refused(ProblemKind::NotFound, format!("There is no such {what}."))
    }

    /// What the other side is told; `true` where the rest belongs in the log.
    pub(crate) fn problem(&self) -> (Problem, bool) {
        match self {
            Self::Refused(problem) => ((**problem).clone(), false),
            Self::Runtime(_) | Self::Fault(_) => {
                let detail = "Try again; if it stays, look for the request's id in the worker's log.";
                (Problem::new(ProblemKind::Internal, detail), true)
            }
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(problem) => write!(f, "{}: {}", problem.kind.name(), problem.detail),
            Self::Runtime(error) => write!(f, "{error}"),
            Self::Fault(what) => f.write_str(what),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Refused(Box::new(problem))
    }
}

impl From<worker::Error> for Failure {
    fn from(error: worker::Error) -> Self {
        Self::Runtime(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Fault(format!("JSON of our own: {error}"))
    }
}

impl From<Failure> for worker::Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Runtime(error) => error,
            other => Self::RustError(other.to_string()),
        }
    }
}
