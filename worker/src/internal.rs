//! How the worker speaks with its own objects: one JSON request each way, refusals included.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use vitrine_api::problem::{Problem, ProblemKind};
use worker::{Env, Method, Request, RequestInit, Response, Stub};

use crate::{
    answer,
    failure::{Failure, Outcome},
};

/// The path of these requests. Requests from outside never have it: the router forwards only paths of its table.
pub(crate) const PATH: &str = "/internal";

/// A refusal on its way from an object to the router.
#[derive(Serialize, Deserialize)]
struct Refused {
    kind: String,
    detail: String,
    #[serde(default)]
    pointer: Option<String>,
    #[serde(default)]
    retry_after: Option<u32>,
}

/// The object of a device.
pub(crate) fn device(env: &Env, id: &str) -> Outcome<Stub> {
    Ok(env.durable_object("DEVICES")?.get_by_name(id)?)
}

/// The shop's hub.
pub(crate) fn hub(env: &Env) -> Outcome<Stub> {
    Ok(env.durable_object("HUB")?.get_by_name("shop")?)
}

/// Asks an object, and waits for its answer.
pub(crate) async fn ask<T: DeserializeOwned>(object: &Stub, question: &impl Serialize) -> Outcome<T> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(serde_json::to_string(question)?.into()));
    let request = Request::new_with_init(&format!("https://object{PATH}"), &init)?;
    let mut response = object.fetch_with_request(request).await?;
    let text = response.text().await?;
    if response.status_code() == 200 {
        return Ok(serde_json::from_str(&text)?);
    }
    let refused: Refused = serde_json::from_str(&text)
        .map_err(|_| Failure::Fault(format!("an object answered {}: {text}", response.status_code())))?;
    let Some(kind) = ProblemKind::ALL.into_iter().find(|kind| kind.name() == refused.kind) else {
        return Err(Failure::Fault(format!("an object answered {}: {}", refused.kind, refused.detail)));
    };
    if kind == ProblemKind::Internal {
        return Err(Failure::Fault(refused.detail));
    }
    let mut problem = match refused.pointer {
        Some(pointer) => Problem::field(kind, pointer, refused.detail),
        None => Problem::new(kind, refused.detail),
    };
    problem.retry_after = refused.retry_after;
    Err(problem.into())
}

/// The answer to such a request.
pub(crate) fn reply(outcome: Outcome<impl Serialize>) -> Outcome<Response> {
    let failure = match outcome {
        Ok(value) => return answer::json(200, &value),
        Err(failure) => failure,
    };
    let refused = match &failure {
        Failure::Refused(problem) => Refused {
            kind: problem.kind.name().to_owned(),
            detail: problem.detail.clone(),
            pointer: problem.errors.first().map(|error| error.pointer.clone()),
            retry_after: problem.retry_after,
        },
        other => Refused {
            kind: ProblemKind::Internal.name().to_owned(),
            detail: other.to_string(),
            pointer: None,
            retry_after: None,
        },
    };
    answer::json(500, &refused)
}
