//! How much devices, the shop and conversations may send; the variable `LIMITS` may say otherwise.

use serde::Deserialize;
use worker::Env;

use crate::failure::{Failure, Outcome};

/// Events each second and at once; turns and conversations.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Limits {
    pub(crate) device_per_second: u32,
    pub(crate) device_burst: u32,
    pub(crate) shop_per_second: u32,
    pub(crate) shop_burst: u32,
    /// Turns of one conversation.
    pub(crate) chat_per_minute: u32,
    pub(crate) chat_burst: u32,
    /// Conversations that begin from one address.
    pub(crate) chats_per_minute: u32,
    pub(crate) chats_burst: u32,
    /// How long a conversation is kept after its last turn.
    pub(crate) chat_kept_seconds: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            device_per_second: 50,
            device_burst: 1000,
            shop_per_second: 5000,
            shop_burst: 50_000,
            chat_per_minute: 20,
            chat_burst: 20,
            chats_per_minute: 10,
            chats_burst: 30,
            chat_kept_seconds: 30 * 86_400,
        }
    }
}

impl Limits {
    /// Those of this deployment.
    ///
    /// # Errors
    /// Where `LIMITS` is there but is no JSON object with these numbers, none of them 0.
    pub(crate) fn of(env: &Env) -> Outcome<Self> {
        let Ok(text) = env.var("LIMITS") else { return Ok(Self::default()) };
        let limits: Self = serde_json::from_str(&text.to_string())
            .map_err(|error| Failure::Fault(format!("the variable LIMITS is wrong: {error}")))?;
        let things = [limits.device_per_second, limits.device_burst, limits.shop_per_second, limits.shop_burst];
        let chats = [limits.chat_per_minute, limits.chat_burst, limits.chats_per_minute, limits.chats_burst];
        if things.contains(&0) || chats.contains(&0) || limits.chat_kept_seconds == 0 {
            return Err(Failure::Fault("the variable LIMITS is wrong: a limit must be 1 or more".to_owned()));
        }
        Ok(limits)
    }
}
