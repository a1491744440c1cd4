//! How requests reach a worker: over HTTP, or in tests by a function call.

use thiserror::Error;

/// A request to the worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`, ...
    pub method: &'static str,
    /// From the first slash on, with its query.
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The bytes; none for a GET.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The `Date` header, milliseconds since 1970.
    pub date: Option<i64>,
    /// The `Retry-After` header, seconds.
    pub retry_after: Option<u64>,
    /// The bytes.
    pub body: Vec<u8>,
}

/// No answer came: the connection failed or time ran out.
#[derive(Clone, Debug, Error)]
#[error("{0}")]
pub struct Unreachable(pub String);

/// A way to a worker.
pub trait Transport: Send + Sync {
    /// Sends a request and waits for the answer, whatever its status.
    ///
    /// # Errors
    /// [`Unreachable`] where none came; the worker may still have done what it was asked for.
    fn send(&self, request: &Request) -> Result<Answer, Unreachable>;
}
