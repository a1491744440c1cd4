//! Reading requests: id, credential, parameters, bodies no longer than allowed.

use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use vitrine_api::problem::{Problem, ProblemKind};
use worker::{Request, Url};

use crate::{
    failure::{Failure, Outcome},
    random,
};

/// The longest body of a call that is not the webhook, in bytes.
pub(crate) const LONGEST_BODY: usize = 256 * 1024;

/// The request's own id where it brought a well-formed one, else a new one.
pub(crate) fn id_of(request: &Request) -> String {
    let sent = header(request, "x-request-id");
    let well_formed = |id: &String| {
        (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
    };
    sent.filter(well_formed).unwrap_or_else(random::request_id)
}

/// A header's value.
pub(crate) fn header(request: &Request, name: &str) -> Option<String> {
    request.headers().get(name).ok().flatten()
}

/// The credential behind `Bearer`.
pub(crate) fn bearer(request: &Request) -> Option<String> {
    let value = header(request, "authorization")?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// The whole body, at most `longest` bytes of it.
///
/// # Errors
/// 413 where it is longer; no more than that is read.
pub(crate) async fn body(request: &mut Request, longest: usize) -> Outcome<Vec<u8>> {
    let too_long = || Failure::refused(ProblemKind::TooLarge, format!("The body may have {longest} bytes at most."));
    if let Some(length) = header(request, "content-length").and_then(|length| length.parse::<usize>().ok()) {
        if length > longest {
            return Err(too_long());
        }
        // The runtime gives no more than the announced length.
        return request.bytes().await.map_err(|_| cut_off());
    }
    if request.inner().body().is_none() {
        return Ok(Vec::new());
    }
    let mut stream = request.stream()?;
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        bytes.extend_from_slice(&chunk.map_err(|_| cut_off())?);
        if bytes.len() > longest {
            return Err(too_long());
        }
    }
    Ok(bytes)
}

fn cut_off() -> Failure {
    Failure::refused(ProblemKind::BadRequest, "The body ended before it was complete: send it again.")
}

/// The body as JSON of the wanted shape.
///
/// # Errors
/// 415 for another kind of body, 413 for a longer one, 400 where it is no such JSON.
pub(crate) async fn json<T: DeserializeOwned>(request: &mut Request) -> Outcome<T> {
    json_within(request, LONGEST_BODY).await
}

/// The same for a body that may have more bytes than most.
pub(crate) async fn json_within<T: DeserializeOwned>(request: &mut Request, longest: usize) -> Outcome<T> {
    let kind = header(request, "content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind != "application/json" && kind != "application/merge-patch+json" {
        return Err(Failure::refused(ProblemKind::UnsupportedMediaType, "Send the body as application/json."));
    }
    parse(&body(request, longest).await?)
}

/// JSON of the wanted shape.
///
/// # Errors
/// 400, saying where it goes wrong.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Outcome<T> {
    serde_json::from_slice(bytes).map_err(|error| {
        let what = if error.is_data() { "The JSON is not what is expected here" } else { "The body is not JSON" };
        Failure::refused(ProblemKind::BadRequest, format!("{what}: {error}."))
    })
}

/// The parameters behind the question mark.
pub(crate) struct Query(Vec<(String, String)>);

/// Entries on a page where the request does not say.
const USUAL_LIMIT: i64 = 50;
/// Most entries on a page.
pub(crate) const HIGHEST_LIMIT: i64 = 200;

impl Query {
    /// Reads them; only `known` names may occur, each once.
    pub(crate) fn of(url: &Url, known: &[&str]) -> Outcome<Self> {
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        for (index, (name, _)) in pairs.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                let detail = format!("There is no parameter `{name}` here; there are: {known}.");
                return Err(Failure::refused(ProblemKind::BadRequest, detail));
            }
            if pairs.iter().take(index).any(|(earlier, _)| earlier == name) {
                return Err(bad(name, "is given twice"));
            }
        }
        Ok(Self(pairs))
    }

    /// A parameter as text.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A parameter as one of the words of a type.
    pub(crate) fn word<T: DeserializeOwned>(&self, name: &str) -> Outcome<Option<T>> {
        let Some(text) = self.get(name) else { return Ok(None) };
        serde_json::from_value(serde_json::Value::String(text.to_owned()))
            .map(Some)
            .map_err(|error| bad(name, &format!("is wrong: {error}")))
    }

    /// A parameter as a whole number that is not negative.
    pub(crate) fn number(&self, name: &str) -> Outcome<Option<i64>> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let value = text.parse().ok().filter(|value| (0..=(1 << 53) - 1).contains(value));
        value.map(Some).ok_or_else(|| bad(name, "is no whole number from 0 to 9007199254740991"))
    }

    /// How many entries a page may have.
    pub(crate) fn limit(&self) -> Outcome<i64> {
        match self.number("limit")? {
            None => Ok(USUAL_LIMIT),
            Some(limit) if (1..=HIGHEST_LIMIT).contains(&limit) => Ok(limit),
            Some(_) => Err(bad("limit", &format!("must be 1 to {HIGHEST_LIMIT}"))),
        }
    }
}

/// A parameter that cannot be used.
pub(crate) fn bad(name: &str, what: &str) -> Failure {
    Problem::new(ProblemKind::BadRequest, format!("The parameter `{name}` {what}.")).into()
}
