//! What a shopper can do in a turn, and what was made of it.

use serde::{Deserialize, Serialize};
use vitrine_catalog::Identifier;

use crate::command::{Command, Kind};
use crate::found::Need;

/// What a shopper does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "kind")]
pub enum Input {
    /// Writes.
    Text {
        /// What.
        text: String,
        /// The product whose page is open, if one is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        looking_at: Option<Identifier>,
    },
    /// Presses a button under a question.
    Confirmation {
        /// The question's token.
        token: String,
        /// Which button.
        yes: bool,
    },
    /// Gives the code that was sent for an order; a text of six digits does the same while one is waited for.
    Code {
        /// The code.
        code: String,
    },
}

/// What was made of an input, before anything is looked up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// What to do, in order; at least one.
    pub commands: Vec<Command>,
    /// What to look up first. Orders appear here only once they are proven.
    pub needs: Vec<Need>,
    /// What it was taken for and how surely.
    pub understood: Understood,
}

/// What an utterance was taken for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Understood {
    /// The kind of command; none for buttons and codes.
    pub kind: Option<Kind>,
    /// Calibrated probability that this kind is right, 0 to 1.
    pub confidence: f64,
    /// How surely it is something that this shop can answer, 0 to 1.
    pub in_scope: f64,
}
