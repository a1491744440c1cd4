//! Understanding a turn: what a language model proposes, where one is bound, and by the assistant's own means where there
//! is none or what it proposes does not hold.

use std::rc::Rc;

use vitrine_assistant::{Conversation, Input, Knowledge, Model, Turn, proposal_prompt};

use super::{Object, tables};
use crate::{
    database::Database,
    failure::Outcome,
    language_model::{self, Message, Prompt, Spender},
    log,
    sql::Sql,
};

/// Most tokens of a proposal.
const MOST: u32 = 300;

thread_local! {
    /// The trained weights, read once in each isolate.
    static MODEL: Model = Model::default();
}

/// Hears a turn.
pub(super) async fn hear(
    object: &Rc<Object>,
    database: &Database,
    conversation: &mut Conversation,
    (input, now): (&Input, u64),
    knowledge: &Knowledge,
) -> Turn {
    let proposal = match input {
        // While a code is waited for, what is written may be that code, which is no business of a model.
        Input::Text { text, looking_at } if conversation.awaits_code().is_none() => {
            let prompt = proposal_prompt(conversation, knowledge, text, looking_at.as_ref());
            propose(object, database, &prompt).await
        }
        // Buttons and codes need no understanding.
        _ => None,
    };
    MODEL.with(|model| match proposal {
        Some(proposal) => {
            let (turn, dropped) = conversation.hear_proposed(input, &proposal, now, knowledge, model);
            if !dropped.is_empty() {
                log::warn("model", &format!("dropped of a proposal: {dropped:?}"));
            }
            turn
        }
        None => conversation.hear(input, now, knowledge, model),
    })
}

/// What a model proposes; `None` where none is bound or nothing came of it.
async fn propose(object: &Rc<Object>, database: &Database, prompt: &vitrine_assistant::Prompt) -> Option<String> {
    let bound = match language_model::bound(&object.env) {
        Ok(bound) => bound?,
        Err(failure) => {
            log::error("model", &failure.to_string());
            return None;
        }
    };
    let messages = prompt
        .messages
        .iter()
        .map(|message| Message { role: message.role, content: message.content.clone() })
        .collect();
    let prompt = Prompt { messages, name: "commands", schema: prompt.schema.clone(), most: MOST };
    let mut spender = OfConversation(&object.sql);
    bound.ask(database, &mut spender, &prompt).await
}

/// What the conversation has cost, in its own table.
struct OfConversation<'a>(&'a Sql);

impl Spender for OfConversation<'_> {
    fn spent(&self) -> Outcome<i64> {
        Ok(tables::meta(self.0)?.map_or(0, |meta| meta.spent))
    }

    fn spend(&mut self, millionths: i64) -> Outcome<()> {
        if tables::meta(self.0)?.is_some() {
            self.0.run("UPDATE meta SET spent = spent + ?1", vec![millionths.into()])?;
        }
        Ok(())
    }
}
