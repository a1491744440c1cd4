//! How much a device and the shop may send; the variable `LIMITS` may say otherwise.

use serde::Deserialize;
use worker::Env;

use crate::failure::{Failure, Outcome};

/// Events each second and at once.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Limits {
    pub(crate) device_per_second: u32,
    pub(crate) device_burst: u32,
    pub(crate) shop_per_second: u32,
    pub(crate) shop_burst: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { device_per_second: 50, device_burst: 1000, shop_per_second: 5000, shop_burst: 50_000 }
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
        let all = [limits.device_per_second, limits.device_burst, limits.shop_per_second, limits.shop_burst];
        if all.contains(&0) {
            return Err(Failure::Fault("the variable LIMITS is wrong: a limit must be 1 or more".to_owned()));
        }
        Ok(limits)
    }
}
