//! What the assistant knows, and what comes of its conversations beside the conversations themselves.

mod catalogue;
pub(crate) mod codes;
mod content;
pub(crate) mod knowledge;
pub(crate) mod orders;
mod policies;
pub(crate) mod returns;
pub(crate) mod sources;

use vitrine_api::{problem::ProblemKind, routes::Operation};
use worker::{Env, Request, Response};

use crate::{
    answer,
    audit::Change,
    database::Database,
    failure::{Failure, Outcome},
    request::{self, Query},
};

/// Does what is asked of the assistant's own calls; conversations are in [`crate::chats`].
pub(crate) async fn perform(
    change: &Change<'_>,
    (first, second): (&str, &str),
    request: &mut Request,
    env: &Env,
) -> Outcome<Response> {
    let database = Database::of(env)?;
    let url = request.url()?;
    let paged = matches!(change.operation, Operation::ListOrderCodes | Operation::ListReturns);
    let query = Query::of(&url, if paged { &["limit", "cursor"] } else { &[] })?;
    match change.operation {
        Operation::PutCatalogue => answer::json(200, &catalogue::put(&database, request, change).await?),
        Operation::ReadCatalogue => answer::text(200, "application/jsonl", &catalogue::text(&database).await?),
        Operation::PutPolicy => answer::json(200, &policies::put(&database, (first, second), request, change).await?),
        Operation::ReadPolicy => {
            let text = policies::text(&database, (first, second)).await?;
            answer::text(200, "text/markdown; charset=utf-8", &text)
        }
        Operation::DropPolicy => {
            policies::remove(&database, (first, second), change).await?;
            Ok(answer::empty(204))
        }
        Operation::WriteContent => {
            let wanted = request::json(request).await?;
            answer::json(200, &content::write(env, &database, wanted).await?)
        }
        Operation::ListPolicies => answer::json(200, &policies::list(&database).await?),
        Operation::ListOrderCodes => answer::json(200, &codes::list(&database, &query).await?),
        Operation::ListReturns => answer::json(200, &returns::list(&database, &query).await?),
        _ => Err(Failure::Fault("a call came to the assistant that is none of its own".to_owned())),
    }
}

/// The body must be of one of these kinds.
fn check_kind(request: &Request, kinds: &[&str]) -> Outcome<()> {
    let kind = request::header(request, "content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kinds.contains(&kind.as_str()) {
        return Ok(());
    }
    let detail = format!("Send the body as {}.", kinds.first().unwrap_or(&"text/plain"));
    Err(Failure::refused(ProblemKind::UnsupportedMediaType, detail))
}
