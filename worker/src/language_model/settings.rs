//! Which model is bound and how much it may cost: the variable `MODEL`, and the secret `MODEL_KEY`.

use serde::Deserialize;
use worker::{Env, Url};

use crate::failure::{Failure, Outcome};

/// The model of this deployment.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Settings {
    /// Its name at the endpoint, or in Workers AI.
    pub(super) name: String,
    /// Address of the endpoint up to and with `/v1`; Workers AI where it is left out.
    #[serde(default)]
    pub(super) url: Option<String>,
    /// How long a turn waits for it, with the second attempt.
    #[serde(default = "eight_seconds")]
    pub(super) timeout_milliseconds: u32,
    /// Price of a million tokens that it is sent.
    #[serde(default)]
    pub(super) input_price: f64,
    /// Price of a million tokens that it answers.
    #[serde(default)]
    pub(super) output_price: f64,
    /// What it may cost in one conversation, in the currency of the prices.
    #[serde(default = "tenth")]
    pub(super) per_conversation: f64,
    /// What it may cost in a day.
    #[serde(default = "five")]
    pub(super) per_day: f64,
}

const fn eight_seconds() -> u32 {
    8000
}

const fn tenth() -> f64 {
    0.1
}

const fn five() -> f64 {
    5.0
}

impl Settings {
    /// Reads them; `None` where no model is bound.
    ///
    /// # Errors
    /// A fault that names what is wrong with the variable.
    pub(super) fn of(env: &Env) -> Outcome<Option<Self>> {
        let Ok(text) = env.var("MODEL") else { return Ok(None) };
        let wrong = |what: String| Failure::Fault(format!("the variable MODEL is wrong: {what}"));
        let settings: Self = serde_json::from_str(&text.to_string()).map_err(|error| wrong(error.to_string()))?;
        if let Some(url) = &settings.url
            && !Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
        {
            return Err(wrong(format!("{url:?} is no address; give one such as https://models.example/v1")));
        }
        let amounts = [settings.input_price, settings.output_price, settings.per_conversation, settings.per_day];
        if amounts.iter().any(|amount| !amount.is_finite() || !(0.0..=1e6).contains(amount)) {
            return Err(wrong("prices and limits must be 0 to 1000000".to_owned()));
        }
        if !(100..=60_000).contains(&settings.timeout_milliseconds) {
            return Err(wrong("timeoutMilliseconds must be 100 to 60000".to_owned()));
        }
        Ok(Some(settings))
    }
}
