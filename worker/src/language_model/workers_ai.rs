//! Workers AI, where `wrangler.toml` binds it as `AI`.

use futures_util::{FutureExt as _, future::LocalBoxFuture};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use worker::{Ai, Env};

use super::{Completion, LanguageModel, Message, ModelFailure, Prompt};
use crate::failure::{Failure, Outcome};

/// The binding, and the model that it is asked for.
pub(super) struct Binding {
    ai: Ai,
    name: String,
}

#[derive(Serialize)]
struct Input<'a> {
    messages: &'a [Message],
    max_tokens: u32,
    temperature: f64,
}

#[derive(Deserialize)]
struct Output {
    /// Text, or JSON where the model was asked for it.
    response: Value,
    #[serde(default)]
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Usage {
    prompt_tokens: u64,
    completion_tokens: u64,
}

impl Binding {
    /// # Errors
    /// A fault where `MODEL` names no address and Workers AI is not bound.
    pub(super) fn new(env: &Env, name: String) -> Outcome<Self> {
        let unbound = "the variable MODEL has no `url`, and wrangler.toml binds no Workers AI as AI";
        let ai = env.ai("AI").map_err(|_| Failure::Fault(unbound.to_owned()))?;
        Ok(Self { ai, name })
    }
}

impl LanguageModel for Binding {
    fn complete<'a>(&'a self, prompt: &'a Prompt) -> LocalBoxFuture<'a, Result<Completion, ModelFailure>> {
        async move {
            let mut messages = prompt.messages.clone();
            // The binding takes no nested JSON from here, so that the form is asked for in words.
            let content = format!("Answer with JSON of this schema and nothing else: {}", prompt.schema);
            messages.push(Message { role: "system", content });
            let input = Input { messages: &messages, max_tokens: prompt.most, temperature: 0.0 };
            let output: Output =
                self.ai.run(&self.name, input).await.map_err(|error| ModelFailure::Passing(error.to_string()))?;
            let text = match output.response {
                Value::String(text) => text,
                other => other.to_string(),
            };
            let usage = output.usage.map(|usage| (usage.prompt_tokens, usage.completion_tokens));
            Ok(Completion { text, usage })
        }
        .boxed_local()
    }
}
