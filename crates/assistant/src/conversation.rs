//! What a conversation remembers: bounded, serializable, and never more than the shopper and the shop have said in it.

use serde::{Deserialize, Serialize};
use vitrine_catalog::{Identifier, Language};

use crate::command::{Action, Kind};
use crate::slots::{Body, OrderNumber, Wanted};

/// The most turns that are remembered.
pub(crate) const MAX_TURNS: usize = 12;
/// The most products of a list, of orders named and of actions done that are remembered.
pub(crate) const MAX_REMEMBERED: usize = 16;

/// One shopper's conversation. Keep it as JSON between turns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Conversation {
    pub(crate) language: Language,
    /// What was heard last, oldest first.
    pub(crate) turns: Vec<Heard>,
    /// The list shown last, in its order.
    pub(crate) shown: Vec<Identifier>,
    /// What is being spoken of.
    pub(crate) focus: Option<Identifier>,
    /// What was searched for last.
    pub(crate) wanted: Option<Wanted>,
    /// What is known of the wearer.
    pub(crate) body: Body,
    /// What was asked back, so that a bare name or number answers it.
    pub(crate) asked: Option<Kind>,
    /// Orders that the shopper has named, newest last.
    pub(crate) orders: Vec<OrderNumber>,
    /// The proof under way.
    pub(crate) proof: Option<Proof>,
    /// How many codes were asked for in this conversation.
    pub(crate) codes_sent: u8,
    /// Orders that were proven, and until when, in milliseconds.
    pub(crate) proven: Vec<(OrderNumber, u64)>,
    /// The question that waits for its button.
    pub(crate) pending: Option<Pending>,
    /// Tokens that were pressed, and what was done.
    pub(crate) done: Vec<(String, Action)>,
    /// How often in a row it was not understood.
    pub(crate) misses: u8,
}

/// What was heard in one turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heard {
    /// What it was taken for.
    pub kind: Option<Kind>,
    /// The first 200 characters of what was said, normalised; codes and tokens are never kept.
    pub said: String,
}

/// A code that was sent and is waited for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Proof {
    pub(crate) number: OrderNumber,
    pub(crate) code: String,
    /// Until when it counts, in milliseconds.
    pub(crate) until: u64,
    pub(crate) tries: u8,
    /// What the shopper wanted with the order.
    pub(crate) purpose: Purpose,
}

/// What an order was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Purpose {
    Status,
    Return(Vec<Identifier>),
}

/// A question that waits for its button.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) token: String,
    pub(crate) action: Action,
    /// Until when it may be pressed, in milliseconds.
    pub(crate) until: u64,
}

impl Conversation {
    /// A conversation that begins in `language`; it follows the shopper's.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, ..Self::default() }
    }

    /// The language of the next answer.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// What was heard last, oldest first.
    #[must_use]
    pub fn turns(&self) -> &[Heard] {
        &self.turns
    }

    /// The order whose code is waited for.
    #[must_use]
    pub fn awaits_code(&self) -> Option<&OrderNumber> {
        self.proof.as_ref().map(|proof| &proof.number)
    }

    /// Whether a proof of the order was given and still counts.
    #[must_use]
    pub fn has_proven(&self, number: &OrderNumber, now: u64) -> bool {
        self.proven.iter().any(|(proven, until)| proven == number && *until > now)
    }

    pub(crate) fn remember(&mut self, kind: Option<Kind>, said: &str) {
        self.turns.push(Heard { kind, said: said.chars().take(200).collect() });
        keep_last(&mut self.turns, MAX_TURNS);
    }

    /// Makes a list what "the second one" means, and its only product what "it" means.
    pub(crate) fn show(&mut self, products: &[Identifier]) {
        self.shown = products.iter().take(MAX_REMEMBERED).cloned().collect();
        match self.shown.as_slice() {
            [] => {}
            [only] => self.focus = Some(only.clone()),
            _ => self.focus = None,
        }
    }
}

/// Drops the oldest beyond `most`.
pub(crate) fn keep_last<T>(list: &mut Vec<T>, most: usize) {
    let over = list.len().saturating_sub(most);
    list.drain(..over);
}
