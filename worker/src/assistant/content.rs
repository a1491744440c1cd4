//! `POST /v1/content`: texts about a product, and a language model's only as far as the facts bear them out.

use vitrine_api::{
    content::{Content, DroppedSentence, TextKind, WriteContent, WrittenText},
    problem::ProblemKind,
};
use vitrine_assistant::{self as assistant, Checked, ContentError, ContentRequest, ContentText, Knowledge};
use vitrine_catalog::Identifier;
use worker::Env;

use super::{
    knowledge::{self, language},
    sources,
};
use crate::{
    database::Database,
    failure::{Failure, Outcome},
    language_model::{self, Message, Prompt, Spender},
};

/// Most tokens of a model's text.
const MOST: u32 = 600;

/// Writes.
///
/// # Errors
/// 422 where the shop has given no catalogue, or it says too little; 400 for another wrong wish; 404 for a product that
/// is not in it.
pub(super) async fn write(env: &Env, database: &Database, wanted: WriteContent) -> Outcome<Content> {
    let product =
        Identifier::new(wanted.product.clone()).map_err(|error| Failure::field("/product", error.to_string()))?;
    let request = ContentRequest {
        product,
        kind: match wanted.kind {
            TextKind::Description => assistant::TextKind::Description,
            TextKind::Headline => assistant::TextKind::Headline,
            TextKind::Advertisement => assistant::TextKind::Advertisement,
        },
        language: language(wanted.language),
        seed: wanted.seed,
        count: usize::from(wanted.count),
    };
    let knowledge = knowledge::current(database).await?.ok_or_else(|| {
        Failure::refused(ProblemKind::Unprocessable, "There is no catalogue yet: put one at /v1/catalogue.")
    })?;
    let own = assistant::write(&knowledge, &request).map_err(refused)?;
    let told = |text: &ContentText, by_model: bool| WrittenText {
        text: text.text.clone(),
        sources: text.sources.iter().map(|rests| sources::of(rests, request.language, &knowledge)).collect(),
        by_model,
    };
    let mut content = Content { texts: own.iter().map(|text| told(text, false)).collect(), dropped: Vec::new() };
    if let Some(checked) = by_model(env, database, &knowledge, &request, wanted.model).await? {
        if let Some(text) = joined(&checked, &request) {
            content.texts.insert(0, told(&text, true));
            content.texts.truncate(request.count);
        }
        content.dropped = checked
            .dropped
            .into_iter()
            .map(|dropped| DroppedSentence {
                sentence: dropped.sentence,
                why: serde_json::to_value(dropped.why)
                    .ok()
                    .and_then(|why| Some(why.as_str()?.to_owned()))
                    .unwrap_or_default(),
            })
            .collect();
    }
    Ok(content)
}

fn refused(error: ContentError) -> Failure {
    match error {
        ContentError::Product(_) => Failure::refused(ProblemKind::NotFound, format!("{error}.")),
        ContentError::Count(_) => Failure::field("/count", format!("{error}.")),
        ContentError::Facts(_) => Failure::refused(ProblemKind::Unprocessable, format!("{error}.")),
    }
}

/// What a bound model wrote, sentence by sentence held against the facts; `None` where it is not wanted or wrote nothing.
async fn by_model(
    env: &Env,
    database: &Database,
    knowledge: &Knowledge,
    request: &ContentRequest,
    wanted: bool,
) -> Outcome<Option<Checked>> {
    if !wanted {
        return Ok(None);
    }
    let Some(bound) = language_model::bound(env)? else {
        let detail = "No language model is bound to this worker: leave `model` out, or bind one by the variable MODEL.";
        return Err(Failure::refused(ProblemKind::Unprocessable, detail));
    };
    let prompt = assistant::content_prompt(knowledge, request).map_err(refused)?;
    let messages = prompt
        .messages
        .iter()
        .map(|message| Message { role: message.role, content: message.content.clone() })
        .collect();
    let prompt = Prompt { messages, name: "text", schema: prompt.schema, most: MOST };
    let Some(answer) = bound.ask(database, &mut OneCall(0), &prompt).await else { return Ok(None) };
    let text = serde_json::from_str::<serde_json::Value>(&answer)
        .ok()
        .and_then(|answer| Some(answer.get("text")?.as_str()?.to_owned()));
    let Some(text) = text else { return Ok(None) };
    assistant::check(&text, &request.product, request.language, knowledge).map(Some).map_err(refused)
}

/// What holds of a model's text, as one.
fn joined(checked: &Checked, request: &ContentRequest) -> Option<ContentText> {
    let between = if request.language == vitrine_catalog::Language::Zh { "" } else { " " };
    let first = checked.kept.first()?;
    let text = checked.kept.iter().map(|text| text.text.as_str()).collect::<Vec<_>>().join(between);
    Some(ContentText { text, sources: first.sources.clone() })
}

/// A call that belongs to no conversation: the limit of one conversation holds for it.
struct OneCall(i64);

impl Spender for OneCall {
    fn spent(&self) -> Outcome<i64> {
        Ok(self.0)
    }

    fn spend(&mut self, millionths: i64) -> Outcome<()> {
        self.0 += millionths;
        Ok(())
    }
}
