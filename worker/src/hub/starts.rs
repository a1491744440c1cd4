//! How many conversations may begin from one address: a bucket for each, in memory. A restart forgives; no more is promised.

use std::collections::BTreeMap;

use crate::limits::Limits;

/// Addresses that are remembered; past that all are forgiven, so that memory has an end.
const MOST: usize = 20_000;

/// A bucket for each address.
#[derive(Default)]
pub(super) struct Starts(BTreeMap<String, (f64, i64)>);

impl Starts {
    /// Takes one; gives the seconds to wait where there is none.
    pub(super) fn take(&mut self, limits: &Limits, address: &str, now: i64) -> u32 {
        let (most, rate) = (f64::from(limits.chats_burst), f64::from(limits.chats_per_minute) / 60_000.0);
        if self.0.len() >= MOST {
            self.0.retain(|_, (tokens, filled)| ((now - *filled) as f64).mul_add(rate, *tokens) < most);
            if self.0.len() >= MOST {
                self.0.clear();
            }
        }
        let (tokens, filled) = self.0.entry(address.to_owned()).or_insert((most, now));
        *tokens = ((now - *filled).max(0) as f64).mul_add(rate, *tokens).min(most);
        *filled = now;
        if *tokens >= 1.0 {
            *tokens -= 1.0;
            return 0;
        }
        ((1.0 - *tokens) / rate / 1000.0).ceil().clamp(1.0, 3600.0) as u32
    }
}
