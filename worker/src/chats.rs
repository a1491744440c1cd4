//! The way to a conversation: what is asked is checked, and its object answers.

use vitrine_api::{
    chat::Say,
    problem::{Problem, ProblemKind},
    routes::Operation,
};
use worker::{Env, Headers, Method, Request, RequestInit, Response, Stub};

use crate::{
    access::Caller,
    chat::Ask,
    failure::{Failure, Outcome},
    hub, internal, random,
    request::{self, Query},
};

/// What the ids of conversations begin with; 32 random bytes follow.
const PREFIX: &str = "chat_";
/// The longest text of a turn, in characters.
const LONGEST_TEXT: usize = 4000;
/// The longest token and code, in bytes.
const LONGEST_WORD: usize = 100;

/// Does what is asked of conversations.
pub(crate) async fn perform(
    operation: Operation,
    id: &str,
    request: &mut Request,
    (caller, request_id): (&Caller, &str),
    env: &Env,
) -> Outcome<Response> {
    Query::of(&request.url()?, &[])?;
    let caller = caller.name();
    let (id, ask) = match operation {
        Operation::Chat => {
            let after = last_event(request)?;
            let say: Say = request::json(request).await?;
            check(&say)?;
            let (conversation, begins) = match &say.conversation {
                Some(known) => (known.clone(), false),
                None => {
                    admit(env, request).await?;
                    (random::token(PREFIX)?, true)
                }
            };
            (conversation.clone(), Ask::Say { conversation, begins, caller, say, after })
        }
        Operation::ResumeChat => {
            let after = last_event(request)?.unwrap_or_default();
            (id.to_owned(), Ask::Events { caller, after })
        }
        _ => (id.to_owned(), Ask::Erase { caller }),
    };
    let object = conversation(env, &id)?;
    let mut init = RequestInit::new();
    let headers = Headers::new();
    headers.set("x-request-id", request_id)?;
    init.with_method(Method::Post).with_headers(headers).with_body(Some(serde_json::to_string(&ask)?.into()));
    Ok(object.fetch_with_request(Request::new_with_init("https://object/", &init)?).await?)
}

/// The object of a conversation; ids that were never given out lead nowhere.
fn conversation(env: &Env, id: &str) -> Outcome<Stub> {
    let rest = id.strip_prefix(PREFIX).unwrap_or_default();
    let well_formed =
        rest.len() == 43 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if !well_formed {
        return Err(Failure::nothing("conversation"));
    }
    Ok(env.durable_object("CHATS")?.get_by_name(id)?)
}

/// Where the reader is.
fn last_event(request: &Request) -> Outcome<Option<i64>> {
    let Some(text) = request::header(request, "last-event-id").filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let id = text.parse().ok().filter(|id| (0..1_000_000_000_000_000).contains(id));
    id.map(Some).ok_or_else(|| {
        let detail = "`Last-Event-ID` must be the id of an event of this conversation, a whole number.";
        Failure::refused(ProblemKind::BadRequest, detail)
    })
}

/// What a turn must be like.
fn check(say: &Say) -> Outcome<()> {
    let name_fits = (1..=64).contains(&say.message.len())
        && say.message.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte));
    if !name_fits {
        let detail = "`message` must have 1 to 64 letters, digits and `-_.:`, new ones for each turn.";
        return Err(Failure::field("/message", detail));
    }
    let given = [say.text.is_some(), say.confirm.is_some(), say.code.is_some()];
    if given.iter().filter(|given| **given).count() != 1 {
        let detail = "Send exactly one of `text`, `confirm` and `code`.";
        return Err(Failure::refused(ProblemKind::BadRequest, detail));
    }
    if let Some(text) = &say.text {
        let length = text.chars().count();
        if length > LONGEST_TEXT {
            let detail = format!("`text` has {length} characters; it may have {LONGEST_TEXT}.");
            return Err(Problem::field(ProblemKind::Unprocessable, "/text", detail).into());
        }
    }
    let words = [("/confirm/token", say.confirm.as_ref().map(|confirm| &confirm.token)), ("/code", say.code.as_ref())];
    for (pointer, word) in words {
        if word.is_some_and(|word| word.is_empty() || word.len() > LONGEST_WORD) {
            return Err(Failure::field(pointer, format!("This must have 1 to {LONGEST_WORD} bytes.")));
        }
    }
    Ok(())
}

/// Lets another conversation begin, unless too many began from that address.
async fn admit(env: &Env, request: &Request) -> Outcome<()> {
    let address = request::header(request, "cf-connecting-ip").unwrap_or_else(|| "unknown".to_owned());
    let wait: u32 = internal::ask(&internal::hub(env)?, &hub::Ask::BeginChat { address }).await?;
    if wait == 0 {
        return Ok(());
    }
    let detail = format!("Too many conversations began from your address: try again in {wait} s.");
    let mut problem = Problem::new(ProblemKind::TooMany, detail);
    problem.retry_after = Some(wait);
    Err(problem.into())
}
