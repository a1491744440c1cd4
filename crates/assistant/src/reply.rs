//! An answer: sentences with their sources, products, choices, and what is asked of the shopper or of the worker.

use serde::{Deserialize, Serialize};
use vitrine_catalog::{Identifier, Language};

use crate::command::Action;
use crate::slots::OrderNumber;

/// An answer to one turn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Reply {
    /// The language of its sentences.
    pub language: Language,
    /// What is said, in order.
    pub sentences: Vec<Sentence>,
    /// Products to show as cards, in order.
    pub products: Vec<Identifier>,
    /// What the shopper may answer by a press.
    pub choices: Vec<Choice>,
    /// A question that only a press on its button answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirm: Option<Confirmation>,
    /// What the worker has to do now; store it under its key, once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
    /// A code that the worker has to send to where the order was placed from, if there is such an order. Never shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send_code: Option<SendCode>,
    /// A product that the page may open its fitting room with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub try_on: Option<Identifier>,
    /// Whether a person should take over.
    pub hand_over: bool,
}

/// One sentence; what it says that could be true or false stands in its sources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sentence {
    /// The key of the message that it was made from, in `messages/assistant.json`.
    pub key: String,
    /// What is shown.
    pub text: String,
    /// Where its facts come from; empty where it has none.
    pub sources: Vec<Source>,
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "source")]
pub enum Source {
    /// The catalogue's entry of a product.
    Product {
        /// Which.
        id: Identifier,
    },
    /// The catalogue as a whole: that nothing in it is so.
    Catalogue,
    /// The policies as a whole: that nothing in them says so.
    Policies,
    /// A paragraph of the shop's policies.
    Policy {
        /// The document's name.
        document: String,
        /// Its language.
        language: Language,
        /// The paragraph's number in it, from 1.
        paragraph: u32,
    },
    /// What the shop's things say about stock.
    Stock {
        /// Of what.
        sku: String,
        /// Where.
        site: String,
        /// When it was seen, RFC 3339.
        observed_at: String,
    },
    /// A forecast.
    Forecast {
        /// Of what.
        sku: String,
        /// When it was made, RFC 3339.
        made_at: String,
    },
    /// An order whose proof was given.
    Order {
        /// Which.
        number: OrderNumber,
    },
    /// What the shopper has said in this conversation.
    Shopper {
        /// The words that count, such as a height.
        said: String,
    },
}

/// Something to press; what it says is then taken as if it had been typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What stands on it and is said by it.
    pub label: String,
}

/// A question before acting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// To be sent back with yes or no.
    pub token: String,
    /// What happens on yes.
    pub action: Action,
}

/// What the worker has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Under which it is stored: a second time changes nothing.
    pub key: String,
    /// What.
    pub action: Action,
}

/// A code on its way to the owner of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendCode {
    /// Of which order.
    pub number: OrderNumber,
    /// Six digits.
    pub code: String,
}
