//! Language models behind one trait: none, any endpoint that speaks OpenAI's chat completions, or Workers AI. A model only
//! proposes; whatever it does not do in time, within its costs and in the asked form is as if there were none.

mod costs;
mod openai;
mod server_sent;
mod settings;
mod workers_ai;

use std::time::Duration;

use futures_util::{
    future::{Either, LocalBoxFuture, select},
    pin_mut,
};
use serde::Serialize;
use serde_json::Value;
use worker::{Delay, Env};

pub(crate) use costs::Spender;
use settings::Settings;

use crate::{database::Database, failure::Outcome, log};

/// One message of a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Message {
    /// `system`, `user` or `assistant`.
    pub(crate) role: &'static str,
    pub(crate) content: String,
}

/// What a model is asked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Prompt {
    pub(crate) messages: Vec<Message>,
    /// A name for what is wanted.
    pub(crate) name: &'static str,
    /// JSON Schema of the answer.
    pub(crate) schema: Value,
    /// Most tokens of the answer.
    pub(crate) most: u32,
}

/// What a model answered.
#[derive(Debug)]
pub(crate) struct Completion {
    pub(crate) text: String,
    /// Tokens in and out, where the model counts them.
    pub(crate) usage: Option<(u64, u64)>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum ModelFailure {
    /// Another attempt may go better: busy, cut, broken.
    Passing(String),
    /// It would not.
    Lasting(String),
}

/// A language model.
pub(crate) trait LanguageModel {
    /// Asks it once. Whoever drops the future ends the call.
    fn complete<'a>(&'a self, prompt: &'a Prompt) -> LocalBoxFuture<'a, Result<Completion, ModelFailure>>;
}

/// The model that is bound, with its limits.
pub(crate) struct Bound {
    model: Box<dyn LanguageModel>,
    settings: Settings,
}

/// The model of this deployment; `None` where there is none.
///
/// # Errors
/// A fault where the variable `MODEL` cannot be read.
pub(crate) fn bound(env: &Env) -> Outcome<Option<Bound>> {
    let Some(settings) = Settings::of(env)? else { return Ok(None) };
    let model: Box<dyn LanguageModel> = match &settings.url {
        Some(url) => Box::new(openai::Endpoint::new(url.clone(), settings.name.clone(), env)),
        None => Box::new(workers_ai::Binding::new(env, settings.name.clone())?),
    };
    Ok(Some(Bound { model, settings }))
}

impl Bound {
    /// Asks the model, once more where the first attempt fails in passing; `None` where nothing came of it in time or the
    /// costs allow no more. Why goes to the log.
    pub(crate) async fn ask(&self, database: &Database, spender: &mut dyn Spender, prompt: &Prompt) -> Option<String> {
        let attempts = self.attempts(database, spender, prompt);
        let time = Delay::from(Duration::from_millis(u64::from(self.settings.timeout_milliseconds)));
        pin_mut!(attempts);
        match select(attempts, time).await {
            Either::Left((text, _)) => text,
            Either::Right(_) => {
                log::warn("model", "no answer in time");
                None
            }
        }
    }

    async fn attempts(&self, database: &Database, spender: &mut dyn Spender, prompt: &Prompt) -> Option<String> {
        for attempt in 0..2 {
            let reserved = match costs::reserve(database, spender, &self.settings, prompt).await {
                Ok(Some(reserved)) => reserved,
                Ok(None) => {
                    log::warn("model", "not asked: the limit of costs is reached");
                    return None;
                }
                Err(failure) => {
                    log::error("model", &failure.to_string());
                    return None;
                }
            };
            let outcome = self.model.complete(prompt).await;
            let usage = outcome.as_ref().ok().and_then(|completion| completion.usage);
            if let Some((input, output)) = usage
                && let Err(failure) = costs::settle(database, spender, &self.settings, reserved, input, output).await
            {
                log::warn("model", &failure.to_string());
            }
            match outcome {
                Ok(completion) => return Some(completion.text),
                Err(ModelFailure::Lasting(why)) => {
                    log::warn("model", &why);
                    return None;
                }
                Err(ModelFailure::Passing(why)) => log::warn("model", &format!("attempt {}: {why}", attempt + 1)),
            }
        }
        None
    }
}
