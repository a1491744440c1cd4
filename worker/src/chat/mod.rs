//! One conversation's object: the only writer of that conversation. Every event is stored before it is sent, and a turn's
//! outcome with the assistant's memory in one transaction: a turn that is cut short by a crash is simply done again.

mod answer;
mod begin;
mod erase;
mod events;
mod input;
mod lookup;
mod model;
mod stream;
mod tables;

use std::{cell::Cell, rc::Rc};

use serde::{Deserialize, Serialize};
use vitrine_api::chat::Say;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use crate::{
    answer as respond,
    failure::{Failure, Outcome},
    request,
    sql::Sql,
};

/// What a conversation's object is asked by the router.
#[derive(Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub(crate) enum Ask {
    /// Do a turn.
    Say {
        /// The conversation's id.
        conversation: String,
        /// Whether it begins with this turn.
        begins: bool,
        caller: String,
        say: Say,
        /// The last event that was seen.
        after: Option<i64>,
    },
    /// Tell what came after an event, and finish the last turn where it is not over.
    Events { caller: String, after: i64 },
    /// Forget everything.
    Erase { caller: String },
}

/// The object, shared by its requests and by what goes on after them.
struct Object {
    state: State,
    env: Env,
    sql: Sql,
    /// Which attempt at a turn is the present one: an older one has nothing more to say.
    attempt: Cell<u64>,
}

impl Object {
    /// Begins another attempt, and gives its number.
    fn next_attempt(&self) -> u64 {
        self.attempt.set(self.attempt.get() + 1);
        self.attempt.get()
    }

    /// The conversation, for whom it belongs to; for everybody else there is none.
    fn meta(&self, caller: &str) -> Outcome<tables::Meta> {
        tables::meta(&self.sql)?.filter(|meta| meta.caller == caller).ok_or_else(|| Failure::nothing("conversation"))
    }
}

/// The object.
#[durable_object]
pub struct ChatObject {
    inner: Rc<Object>,
}

impl DurableObject for ChatObject {
    fn new(state: State, env: Env) -> Self {
        let sql = Sql::of(&state);
        Self { inner: Rc::new(Object { state, env, sql, attempt: Cell::new(0) }) }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        let id = request::id_of(&request);
        match self.answer(request).await {
            Ok(response) => Ok(response),
            Err(failure) => Ok(respond::failure(&failure, &id)?),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        erase::where_old(&self.inner).await?;
        Response::empty()
    }
}

impl ChatObject {
    async fn answer(&self, mut request: Request) -> Outcome<Response> {
        let ask: Ask = serde_json::from_slice(&request.bytes().await?)?;
        let object = &self.inner;
        match ask {
            Ask::Say { conversation, begins, caller, say, after } => {
                let begun = begin::begin(object, &begin::Wanted { conversation, begins, caller, say, after }).await?;
                stream::response(object, begun)
            }
            Ask::Events { caller, after } => {
                object.meta(&caller)?;
                match begin::again(object, after)? {
                    Some(begun) => stream::response(object, begun),
                    None => Ok(respond::empty(204)),
                }
            }
            Ask::Erase { caller } => {
                object.meta(&caller)?;
                erase::erase(object).await?;
                Ok(respond::empty(204))
            }
        }
    }
}
