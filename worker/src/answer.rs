//! Making answers: JSON, problems, and the headers that all of them have.

use serde::Serialize;
use vitrine_api::problem::{Problem, ProblemKind};
use worker::{Headers, Response, ResponseBuilder};

use crate::failure::{Failure, Outcome};

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";

/// An answer with a JSON body.
pub(crate) fn json(status: u16, body: &impl Serialize) -> Outcome<Response> {
    text(status, JSON, &serde_json::to_string(body)?)
}

/// An answer with a body that is text already.
pub(crate) fn text(status: u16, kind: &str, body: &str) -> Outcome<Response> {
    let headers = Headers::new();
    headers.set("content-type", kind)?;
    headers.set("cache-control", "no-store")?;
    let body = worker::ResponseBody::Body(body.as_bytes().to_vec());
    Ok(ResponseBuilder::new().with_status(status).with_headers(headers).body(body))
}

/// An answer without a body.
pub(crate) fn empty(status: u16) -> Response {
    ResponseBuilder::new().with_status(status).empty()
}

/// The answer to a failure; what is ours to mend goes to the log.
pub(crate) fn failure(failure: &Failure, request: &str) -> Outcome<Response> {
    let (told, ours) = failure.problem();
    if ours {
        crate::log::error(request, &failure.to_string());
    }
    problem(&told, request)
}

/// A refusal.
pub(crate) fn problem(problem: &Problem, request: &str) -> Outcome<Response> {
    let answer = text(problem.kind.status(), PROBLEM, &serde_json::to_string(&problem.body(request))?)?;
    let headers = answer.headers();
    if problem.kind == ProblemKind::Unauthenticated {
        headers.set("www-authenticate", "Bearer")?;
    }
    if let Some(seconds) = problem.retry_after {
        headers.set("retry-after", &seconds.to_string())?;
    }
    if let Some(allow) = &problem.allow {
        headers.set("allow", allow)?;
    }
    Ok(answer)
}
