//! The grammar of what the assistant can do; understanding, with or without a language model, only chooses from it.

use serde::{Deserialize, Serialize};
use vitrine_catalog::Identifier;

use crate::slots::{Body, OrderNumber, Wanted};

/// The name of a command, as it stands in training files and in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Look for products.
    Find,
    /// Set products side by side.
    Compare,
    /// Something about one product.
    Question,
    /// Which size to take.
    Size,
    /// Whether it is there, and when it comes.
    Stock,
    /// How an order is.
    Order,
    /// Send something back.
    Return,
    /// What the shop's rules are.
    Policy,
    /// Suggest something.
    Recommend,
    /// See it on oneself.
    TryOn,
    /// Speak with a person.
    HandOver,
    /// Too vague to act on.
    Clarify,
    /// Greetings, thanks and the like.
    Chat,
    /// Nothing that a shop does.
    Refuse,
}

impl Kind {
    /// All kinds, in the order of their names in files.
    pub const ALL: [Self; 14] = [
        Self::Find,
        Self::Compare,
        Self::Question,
        Self::Size,
        Self::Stock,
        Self::Order,
        Self::Return,
        Self::Policy,
        Self::Recommend,
        Self::TryOn,
        Self::HandOver,
        Self::Clarify,
        Self::Chat,
        Self::Refuse,
    ];

    /// Its name in files and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Compare => "compare",
            Self::Question => "question",
            Self::Size => "size",
            Self::Stock => "stock",
            Self::Order => "order",
            Self::Return => "return",
            Self::Policy => "policy",
            Self::Recommend => "recommend",
            Self::TryOn => "try_on",
            Self::HandOver => "hand_over",
            Self::Clarify => "clarify",
            Self::Chat => "chat",
            Self::Refuse => "refuse",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One thing to do, with what it needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "command")]
pub enum Command {
    /// Look for products.
    Find {
        /// What is asked for.
        wanted: Wanted,
    },
    /// Set products side by side.
    Compare {
        /// Which, two to four.
        products: Vec<Identifier>,
    },
    /// Something about one product.
    Question {
        /// Which.
        product: Identifier,
        /// The question, only searched with, never shown.
        about: String,
    },
    /// Which size to take.
    Size {
        /// Of what; the shop's size guide alone where nothing is named.
        product: Option<Identifier>,
        /// What is known of the wearer.
        body: Body,
    },
    /// Whether it is there, and when it comes.
    Stock {
        /// Which.
        product: Identifier,
        /// In which size; all where none is named.
        size: Option<String>,
    },
    /// How an order is.
    Order {
        /// Which.
        number: OrderNumber,
    },
    /// Start sending something back.
    Return {
        /// Of which order.
        number: OrderNumber,
        /// Those of its products that are among these; all where none is named.
        products: Vec<Identifier>,
    },
    /// What the shop's rules are.
    Policy {
        /// The question, only searched with, never shown.
        about: String,
    },
    /// Suggest something.
    Recommend {
        /// What it should be.
        wanted: Wanted,
        /// What it should go with.
        like: Option<Identifier>,
    },
    /// See it on oneself.
    TryOn {
        /// Which.
        product: Identifier,
    },
    /// Speak with a person.
    HandOver,
    /// Ask the shopper back.
    Clarify {
        /// What is missing.
        missing: Missing,
    },
    /// Greetings, thanks and the like.
    Chat {
        /// Which.
        talk: Talk,
    },
    /// Nothing that a shop does, or not understood.
    Refuse {
        /// Which of the two.
        why: Refusal,
    },
    /// The shopper has proven to have placed an order, or failed to.
    Proof {
        /// How it went.
        outcome: ProofOutcome,
        /// Which order, where a proof was under way.
        number: Option<OrderNumber>,
    },
    /// The shopper pressed yes under a question.
    Confirmed {
        /// The question's token.
        token: String,
        /// What was asked.
        action: Action,
    },
    /// The shopper pressed no, or it was asked too long ago.
    Declined,
    /// The shopper pressed yes a second time, or under a question that was never asked.
    NothingPending {
        /// What had been done already, if it had.
        done: Option<Action>,
    },
}

impl Command {
    /// The name of the command that a shopper asked for; none for what follows from buttons and codes.
    #[must_use]
    pub const fn kind(&self) -> Option<Kind> {
        Some(match self {
            Self::Find { .. } => Kind::Find,
            Self::Compare { .. } => Kind::Compare,
            Self::Question { .. } => Kind::Question,
            Self::Size { .. } => Kind::Size,
            Self::Stock { .. } => Kind::Stock,
            Self::Order { .. } => Kind::Order,
            Self::Return { .. } => Kind::Return,
            Self::Policy { .. } => Kind::Policy,
            Self::Recommend { .. } => Kind::Recommend,
            Self::TryOn { .. } => Kind::TryOn,
            Self::HandOver => Kind::HandOver,
            Self::Clarify { .. } => Kind::Clarify,
            Self::Chat { .. } => Kind::Chat,
            Self::Refuse { .. } => Kind::Refuse,
            Self::Proof { .. } | Self::Confirmed { .. } | Self::Declined | Self::NothingPending { .. } => return None,
        })
    }
}

/// What the assistant asks back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// What the shopper wants at all.
    Wish,
    /// Which product is meant.
    Product,
    /// Which second product to compare with.
    Second,
    /// The order's number.
    OrderNumber,
    /// Nothing was written.
    Words,
    /// Too much was written.
    Brevity,
    /// The button, since typed words confirm nothing.
    Button,
}

/// Small talk that has an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Talk {
    /// Hello.
    Greeting,
    /// Thank you.
    Thanks,
    /// Good-bye.
    Farewell,
    /// Who are you, what can you do.
    Ability,
    /// Anything else that wants no fact.
    Other,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Understood, but no business of a shop.
    OutOfScope,
    /// Not understood well enough to answer.
    Unsure,
}

/// How the proof of an order went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofOutcome {
    /// The code is right.
    Right,
    /// It is wrong; there are tries left.
    Wrong,
    /// It is wrong or too old, and there are no tries left.
    Over,
    /// No proof is under way.
    None,
}

/// Something that changes the shop's state; only ever after a confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "action")]
pub enum Action {
    /// Register that products of an order come back.
    StartReturn {
        /// The order.
        number: OrderNumber,
        /// The stock keeping units of the lines, in the order's own order; at least one.
        skus: Vec<String>,
    },
}

impl Action {
    /// The same for the same action, whenever and how often it is confirmed: store it under this key, once.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::StartReturn { number, skus } => format!("return/{number}/{}", skus.join(",")),
        }
    }
}
