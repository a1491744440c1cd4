//! Doing a turn: understanding, looking up, acting once, answering; then memory and events in one transaction.

use std::rc::Rc;

use vitrine_api::{
    chat::{ChatEvent, Trouble},
    knowledge::Tongue,
};
use vitrine_assistant::{Action, Conversation, Reply, Token};
use vitrine_catalog::Language;

use super::{
    Object, begin, events, input, lookup, model,
    tables::{self, Turn},
};
use crate::{
    assistant::{
        codes::{self, Console, Letter, Sender as _},
        knowledge, orders, returns,
    },
    clock,
    database::Database,
    failure::Outcome,
    log, random,
};

/// How long a code holds, in milliseconds: as long as the assistant waits for it.
const CODE_HOLDS: i64 = 10 * 60_000;

/// Does a turn to its end; whatever fails ends it with a `problem`, so that nothing stays open.
pub(super) async fn answer(object: Rc<Object>, turn: Turn, attempt: u64) {
    let number = turn.turn;
    let outcome = attempted(&object, turn, attempt).await;
    if let Err(failure) = outcome
        && object.attempt.get() == attempt
    {
        log::error("chat", &failure.to_string());
        let detail = "Something failed here. Nothing was changed; say it again.".to_owned();
        let trouble = ChatEvent::Problem(Trouble { code: "failed".to_owned(), detail });
        if let Err(failure) = end(&object, number, None, vec![trouble]) {
            log::error("chat", &failure.to_string());
            // Nothing can be stored: the stream must not ask again and again.
            object.next_attempt();
        }
    }
}

async fn attempted(object: &Rc<Object>, turn: Turn, attempt: u64) -> Outcome<()> {
    let Some(meta) = tables::meta(&object.sql)? else { return Ok(()) };
    let database = Database::of(&object.env)?;
    let Some(knowledge) = knowledge::current(&database).await? else {
        let detail = "This shop has not told its assistant yet what it sells.".to_owned();
        return end(
            object,
            turn.turn,
            None,
            vec![ChatEvent::Problem(Trouble { code: "not-ready".to_owned(), detail })],
        );
    };
    let language = if turn.language == Tongue::Zh.as_str() { Language::Zh } else { Language::En };
    let mut conversation =
        if meta.state.is_empty() { Conversation::new(language) } else { serde_json::from_str(&meta.state)? };
    let input = input::restored(&turn.input)?;
    let awaited = conversation.awaits_code().is_some();
    let now = u64::try_from(clock::now().milliseconds()).unwrap_or_default();
    let understood = model::hear(object, &database, &mut conversation, (&input, now), &knowledge).await;
    let found = lookup::look_up(&database, &understood.needs).await?;
    let mut failed = None;
    let mut token = || {
        Token(random::bytes().unwrap_or_else(|failure| {
            failed = Some(failure);
            [0; 16]
        }))
    };
    let reply = conversation.say(&understood, &found, now, &knowledge, &mut token);
    if let Some(failure) = failed {
        return Err(failure);
    }
    // Erased or superseded while it was being looked up: then nothing may be done any more.
    if object.attempt.get() != attempt {
        return Ok(());
    }
    act(&database, &reply).await?;
    // A code that was right, or guessed at too often, is over.
    if awaited && conversation.awaits_code().is_none() {
        codes::forget(&database, &meta.id).await?;
    }
    send_code(&database, &reply, &meta.id).await?;
    if object.attempt.get() != attempt {
        return Ok(());
    }
    let events = events::of(&reply, conversation.awaits_code(), &knowledge);
    end(object, turn.turn, Some(&conversation), events)
}

/// Does what was confirmed; the key makes sure that it is done once.
async fn act(database: &Database, reply: &Reply) -> Outcome<()> {
    let Some(act) = &reply.act else { return Ok(()) };
    let Action::StartReturn { number, skus } = &act.action;
    returns::start(database, &act.key, number, skus).await
}

/// Sends a code, where there is such an order; whether there is one is not told.
async fn send_code(database: &Database, reply: &Reply, conversation: &str) -> Outcome<()> {
    let Some(send) = &reply.send_code else { return Ok(()) };
    let Some(order) = orders::id_of(database, &send.number).await? else { return Ok(()) };
    let language = if reply.language == Language::Zh { Tongue::Zh } else { Tongue::En };
    // An earlier one of this conversation holds no longer.
    codes::forget(database, conversation).await?;
    let expires = clock::now().milliseconds() + CODE_HOLDS;
    let letter = Letter { order: &order, code: &send.code, language, conversation, expires };
    if !Console(database).send(&letter).await? {
        log::warn("chat", "a code was not sent: too many of its order are under way");
    }
    Ok(())
}

/// Stores how a turn ended, all of it or nothing.
fn end(object: &Object, turn: i64, conversation: Option<&Conversation>, mut events: Vec<ChatEvent>) -> Outcome<()> {
    events.push(begin::over(turn));
    let state = conversation.map(serde_json::to_string).transpose()?;
    object.sql.transaction(|| {
        if tables::is_over(&object.sql, turn)? {
            return Ok(());
        }
        if let Some(state) = state {
            object.sql.run("UPDATE meta SET state = ?1", vec![state.into()])?;
        }
        tables::add_events(&object.sql, turn, &events)?;
        tables::end_turn(&object.sql, turn)
    })
}
