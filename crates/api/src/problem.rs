//! Problem details (RFC 9457): every refusal of the worker, by kind.

use serde::Serialize;

/// Why a request is refused. The kind decides type, title and status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// The request cannot be read: no JSON, a bad parameter, a wrong field.
    BadRequest,
    /// No credential, an unknown one, or a signature that does not hold. Says no more, on purpose.
    Unauthenticated,
    /// The credential is known but may not do this.
    Forbidden,
    /// There is no such address, or no such thing at it.
    NotFound,
    /// The address exists, but not for this method.
    MethodNotAllowed,
    /// It contradicts what is there already.
    Conflict,
    /// `If-Match` names another version than the present one.
    PreconditionFailed,
    /// The body is longer than allowed.
    TooLarge,
    /// The body is of a kind that is not taken here.
    UnsupportedMediaType,
    /// The body can be read, but what it says is refused.
    Unprocessable,
    /// Too many requests; `Retry-After` tells when to come back.
    TooMany,
    /// `GET /v1/live` without a WebSocket.
    UpgradeRequired,
    /// Something failed here, not in the request. The request id leads to the log line.
    Internal,
    /// Something the worker needs is not set up.
    NotConfigured,
}

impl ProblemKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::BadRequest,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::PreconditionFailed,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::Unprocessable,
        Self::TooMany,
        Self::UpgradeRequired,
        Self::Internal,
        Self::NotConfigured,
    ];

    /// The HTTP status.
    #[must_use]
    pub fn status(self) -> u16 {
        self.facts().0
    }

    /// The last part of the problem's type.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.facts().1
    }

    /// A short sentence, the same for every problem of the kind.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.facts().2
    }

    fn facts(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::BadRequest => (400, "bad-request", "The request cannot be read"),
            Self::Unauthenticated => (401, "unauthenticated", "The credential is missing or not valid"),
            Self::Forbidden => (403, "forbidden", "The credential does not allow this"),
            Self::NotFound => (404, "not-found", "There is nothing here"),
            Self::MethodNotAllowed => (405, "method-not-allowed", "The method is not allowed here"),
            Self::Conflict => (409, "conflict", "It contradicts what is there already"),
            Self::PreconditionFailed => (412, "precondition-failed", "It has changed in the meantime"),
            Self::TooLarge => (413, "too-large", "The body is too long"),
            Self::UnsupportedMediaType => (415, "unsupported-media-type", "This kind of body is not taken here"),
            Self::Unprocessable => (422, "unprocessable", "The content is refused"),
            Self::UpgradeRequired => (426, "upgrade-required", "This address speaks WebSocket"),
            Self::TooMany => (429, "too-many-requests", "Too many requests"),
            Self::Internal => (500, "internal", "Something failed here"),
            Self::NotConfigured => (503, "not-configured", "The worker is not set up for this"),
        }
    }
}

/// One field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldError {
    /// JSON Pointer into the request's body.
    pub pointer: String,
    /// What is wrong with it, and what would be right.
    pub detail: String,
}

/// A refusal, before the worker adds the request's id.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What kind of refusal.
    pub kind: ProblemKind,
    /// What was wrong, where, and what to do.
    pub detail: String,
    /// Fields that are wrong, where it is about fields.
    pub errors: Vec<FieldError>,
    /// Whole seconds after which to try again.
    pub retry_after: Option<u32>,
    /// Methods that are allowed, for [`ProblemKind::MethodNotAllowed`].
    pub allow: Option<String>,
    /// The result of the one event, where a single event is refused.
    pub result: Option<serde_json::Value>,
}

impl Problem {
    /// A refusal with its reason.
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), errors: Vec::new(), retry_after: None, allow: None, result: None }
    }

    /// A refusal because of one field.
    pub fn field(kind: ProblemKind, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let errors = vec![FieldError { pointer: pointer.into(), detail: detail.clone() }];
        Self { errors, ..Self::new(kind, detail) }
    }

    /// The refusal of every credential that does not hold: the same for all, so that it tells nothing.
    #[must_use]
    pub fn unauthenticated() -> Self {
        Self::new(
            ProblemKind::Unauthenticated,
            "Send a valid credential: a bearer token, or a signature made in the last five minutes.",
        )
    }

    /// The JSON body; `instance` is the request's id.
    #[must_use]
    pub fn body(&self, instance: &str) -> ProblemBody {
        ProblemBody {
            kind: format!("/problems/{}", self.kind.name()),
            title: self.kind.title().to_owned(),
            status: self.kind.status(),
            detail: self.detail.clone(),
            instance: instance.to_owned(),
            errors: self.errors.clone(),
            result: self.result.clone(),
        }
    }
}

/// What a refusal looks like: `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProblemBody {
    /// `/problems/` and the name of the kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// A short sentence, the same for every problem of the kind.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What was wrong, where, and what to do.
    pub detail: String,
    /// The request's id, as in `X-Request-Id`.
    pub instance: String,
    /// Fields that are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The result of the one event, where a single event is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<serde_json::Value>,
}
