//! Beginning a turn: once for each name that the page gives it, not too many at once, the later in place of the earlier.

use std::rc::Rc;

use vitrine_api::{
    chat::{Begun, ChatEvent, Over, Say, Trouble},
    problem::{Problem, ProblemKind},
};

use super::{
    Object, erase, input,
    tables::{self, Meta, Turn},
};
use crate::{
    clock,
    failure::{Failure, Outcome},
    limits::Limits,
};

/// A turn that is asked for.
pub(super) struct Wanted {
    pub(super) conversation: String,
    pub(super) begins: bool,
    pub(super) caller: String,
    pub(super) say: Say,
    pub(super) after: Option<i64>,
}

/// A turn that is under way, or over already.
pub(super) struct Started {
    pub(super) turn: Turn,
    /// The event after which to tell.
    pub(super) after: i64,
    pub(super) attempt: u64,
}

/// Begins the turn, or finds it where it began before.
///
/// # Errors
/// 404 for a conversation that is none of the caller's, 409 where the name stands for another turn, 429 where too many
/// came.
pub(super) async fn begin(object: &Rc<Object>, wanted: &Wanted) -> Outcome<Started> {
    let limits = Limits::of(&object.env)?;
    let now = clock::now().milliseconds();
    let meta = match tables::meta(&object.sql)? {
        None if wanted.begins => None,
        Some(meta) if meta.caller == wanted.caller => Some(meta),
        _ => return Err(Failure::nothing("conversation")),
    };
    let input = input::stored(&wanted.say)?;
    if meta.is_some()
        && let Some(turn) = tables::turn_named(&object.sql, &wanted.say.message)?
    {
        if turn.input != input {
            let detail = "A turn with this name was something else: choose a new name for each turn.";
            return Err(Problem::field(ProblemKind::Conflict, "/message", detail).into());
        }
        let after = wanted.after.unwrap_or(turn.first - 1);
        return Ok(Started { turn, after, attempt: object.next_attempt() });
    }
    let tokens = take(meta.as_ref(), &limits, now)?;
    let turn = object.sql.transaction(|| store(object, wanted, meta.as_ref(), input, (tokens, now)))?;
    let after = wanted.after.unwrap_or(turn.first - 1);
    let attempt = object.next_attempt();
    if meta.is_none() {
        // Later turns need not set it: when it rings, it looks at the last of them.
        erase::set_alarm(object, now, &limits).await?;
    }
    Ok(Started { turn, after, attempt })
}

/// Takes the last turn up again after an event; `None` where everything has been told.
pub(super) fn again(object: &Rc<Object>, after: i64) -> Outcome<Option<Started>> {
    let Some(turn) = tables::last_turn(&object.sql)? else { return Ok(None) };
    if turn.over == 1 && tables::newest(&object.sql)? <= after {
        return Ok(None);
    }
    Ok(Some(Started { turn, after, attempt: object.next_attempt() }))
}

/// What is left of the bucket of turns after this one.
fn take(meta: Option<&Meta>, limits: &Limits, now: i64) -> Outcome<f64> {
    let most = f64::from(limits.chat_burst);
    let rate = f64::from(limits.chat_per_minute) / 60_000.0;
    let tokens = meta.map_or(most, |meta| ((now - meta.filled).max(0) as f64).mul_add(rate, meta.tokens).min(most));
    if tokens >= 1.0 {
        return Ok(tokens - 1.0);
    }
    let seconds = ((1.0 - tokens) / rate / 1000.0).ceil().clamp(1.0, 3600.0) as u32;
    let mut problem =
        Problem::new(ProblemKind::TooMany, format!("This conversation is too fast: wait {seconds} s, and go on."));
    problem.retry_after = Some(seconds);
    Err(problem.into())
}

fn store(
    object: &Object,
    wanted: &Wanted,
    meta: Option<&Meta>,
    input: String,
    (tokens, now): (f64, i64),
) -> Outcome<Turn> {
    let sql = &object.sql;
    let language = wanted.say.language.map_or_else(
        || meta.map_or_else(|| "en".to_owned(), |meta| meta.language.clone()),
        |language| language.as_str().to_owned(),
    );
    if meta.is_none() {
        tables::create(sql)?;
        sql.run(
            "INSERT INTO meta(one, id, caller, language, state, touched, spent, tokens, filled) \
             VALUES (1, ?1, ?2, ?3, '', ?4, 0, ?5, ?4)",
            vec![
                wanted.conversation.clone().into(),
                wanted.caller.clone().into(),
                language.clone().into(),
                now.into(),
                tokens.into(),
            ],
        )?;
    } else {
        sql.run("UPDATE meta SET touched = ?1, tokens = ?2, filled = ?1", vec![now.into(), tokens.into()])?;
    }
    let last = tables::last_turn(sql)?;
    if let Some(last) = last.as_ref().filter(|last| last.over == 0) {
        let detail = "A later turn took the place of this one before it was over.".to_owned();
        let trouble = ChatEvent::Problem(Trouble { code: "superseded".to_owned(), detail });
        tables::add_events(sql, last.turn, &[trouble, over(last.turn)])?;
        tables::end_turn(sql, last.turn)?;
    }
    let turn = Turn {
        turn: last.map_or(1, |last| last.turn + 1),
        message: wanted.say.message.clone(),
        input,
        language,
        first: tables::newest(sql)? + 1,
        over: 0,
    };
    sql.run(
        "INSERT INTO turns(turn, message, input, language, first, over) VALUES (?1, ?2, ?3, ?4, ?5, 0)",
        vec![
            turn.turn.into(),
            turn.message.clone().into(),
            turn.input.clone().into(),
            turn.language.clone().into(),
            turn.first.into(),
        ],
    )?;
    let begun = Begun {
        conversation: wanted.conversation.clone(),
        turn: u64::try_from(turn.turn).unwrap_or_default(),
        message: turn.message.clone(),
        text: wanted.say.text.clone(),
    };
    tables::add_events(sql, turn.turn, &[ChatEvent::Turn(begun)])?;
    Ok(turn)
}

/// The event that ends a turn.
pub(super) fn over(turn: i64) -> ChatEvent {
    ChatEvent::Done(Over { turn: u64::try_from(turn).unwrap_or_default() })
}
