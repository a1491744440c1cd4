//! Any endpoint that speaks OpenAI's chat completions, streamed: vLLM, llama.cpp, Ollama, OpenAI itself and many others.

use futures_util::{FutureExt as _, StreamExt as _, future::LocalBoxFuture};
use serde::Deserialize;
use serde_json::json;
use worker::{AbortController, AbortSignal, Env, Fetch, Headers, Method, Request, RequestInit, Response};

use super::{
    Completion, LanguageModel, ModelFailure, Prompt,
    server_sent::{Reader, TooLong},
};

/// The longest answer, in bytes.
const LONGEST: usize = 64 * 1024;

/// The endpoint.
pub(super) struct Endpoint {
    url: String,
    name: String,
    key: Option<String>,
}

impl Endpoint {
    pub(super) fn new(url: String, name: String, env: &Env) -> Self {
        let key = env.secret("MODEL_KEY").ok().map(|key| key.to_string());
        Self { url: format!("{}/chat/completions", url.trim_end_matches('/')), name, key }
    }

    fn request(&self, prompt: &Prompt) -> worker::Result<Request> {
        let body = json!({
            "model": self.name,
            "messages": prompt.messages,
            "temperature": 0,
            "max_tokens": prompt.most,
            "stream": true,
            "stream_options": { "include_usage": true },
            "response_format": {
                "type": "json_schema",
                "json_schema": { "name": prompt.name, "strict": false, "schema": prompt.schema }
            }
        });
        let headers = Headers::new();
        headers.set("content-type", "application/json")?;
        headers.set("accept", "text/event-stream")?;
        if let Some(key) = &self.key {
            headers.set("authorization", &format!("Bearer {key}"))?;
        }
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_headers(headers).with_body(Some(body.to_string().into()));
        Request::new_with_init(&self.url, &init)
    }

    async fn ask(&self, prompt: &Prompt) -> Result<Completion, ModelFailure> {
        let passing = |error: worker::Error| ModelFailure::Passing(error.to_string());
        let request = self.request(prompt).map_err(|error| ModelFailure::Lasting(error.to_string()))?;
        let (_call, signal) = Call::new();
        let mut response = Fetch::Request(request).send_with_signal(&signal).await.map_err(passing)?;
        match response.status_code() {
            200 => read(&mut response).await,
            status @ (408 | 409 | 425 | 429 | 500..=599) => {
                Err(ModelFailure::Passing(format!("the endpoint answered {status}")))
            }
            status => Err(ModelFailure::Lasting(format!("the endpoint answered {status}"))),
        }
    }
}

impl LanguageModel for Endpoint {
    fn complete<'a>(&'a self, prompt: &'a Prompt) -> LocalBoxFuture<'a, Result<Completion, ModelFailure>> {
        self.ask(prompt).boxed_local()
    }
}

/// A call that ends when nobody waits for it any more.
struct Call(Option<AbortController>);

impl Call {
    /// A call, and the signal that ends it.
    fn new() -> (Self, AbortSignal) {
        let controller = AbortController::default();
        let signal = controller.signal();
        (Self(Some(controller)), signal)
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if let Some(controller) = self.0.take() {
            controller.abort();
        }
    }
}

#[derive(Deserialize)]
struct Piece {
    #[serde(default)]
    choices: Vec<Choice>,
    #[serde(default)]
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    delta: Delta,
}

#[derive(Default, Deserialize)]
struct Delta {
    #[serde(default)]
    content: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    prompt_tokens: u64,
    completion_tokens: u64,
}

async fn read(response: &mut Response) -> Result<Completion, ModelFailure> {
    let passing = |error: worker::Error| ModelFailure::Passing(error.to_string());
    let mut stream = response.stream().map_err(passing)?;
    let mut reader = Reader::default();
    let (mut text, mut usage) = (String::new(), None);
    while let Some(chunk) = stream.next().await {
        let events = reader.push(&chunk.map_err(passing)?);
        let events = events.map_err(|TooLong| ModelFailure::Lasting("a line without an end".to_owned()))?;
        for event in events {
            if event == "[DONE]" {
                return Ok(Completion { text, usage });
            }
            let piece: Piece = serde_json::from_str(&event)
                .map_err(|error| ModelFailure::Passing(format!("an event that is none: {error}")))?;
            if let Some(counted) = piece.usage {
                usage = Some((counted.prompt_tokens, counted.completion_tokens));
            }
            if let Some(content) = piece.choices.into_iter().next().and_then(|choice| choice.delta.content) {
                text.push_str(&content);
            }
            if text.len() > LONGEST {
                return Err(ModelFailure::Lasting("an answer without an end".to_owned()));
            }
        }
    }
    Err(ModelFailure::Passing("the answer was cut".to_owned()))
}
