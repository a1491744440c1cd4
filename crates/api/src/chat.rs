//! Conversations with the assistant: what a page sends, and the events that it is answered with.

use serde::{Deserialize, Serialize};

use crate::knowledge::Tongue;

/// Body of `POST /v1/chat`: exactly one of `text`, `confirm` and `code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Say {
    /// The conversation that it goes on with; a new one where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// Chosen by the page, new for each turn: a turn that comes again under the same name is not done again.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[A-Za-z0-9_.:-]{1,64}$")))]
    pub message: String,
    /// The language of the page; the conversation's first one where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Tongue>,
    /// What the shopper wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The product whose page the shopper looks at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// What the shopper confirmed or declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm: Option<Confirm>,
    /// The code that the shopper was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// The answer to a `confirm` event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Confirm {
    /// The token of the event.
    pub token: String,
    /// Whether it shall be done.
    pub yes: bool,
}

/// The events of a turn by name. Each has an id that grows by one within its conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", content = "data", rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ChatEvent {
    /// The turn has begun.
    Turn(Begun),
    /// One sentence of the answer.
    Sentence(Sentence),
    /// Products that it speaks of.
    Products(Cards),
    /// Ways to go on.
    Choices(Choices),
    /// Something that is done only once the shopper says yes.
    Confirm(Question),
    /// A code was sent; the shopper shall enter it.
    Code(CodeWanted),
    /// A person of the shop should take over.
    HandOver(HandOver),
    /// The page may open its fitting room.
    TryOn(TryOn),
    /// The turn could not be finished.
    Problem(Trouble),
    /// The turn is over.
    Done(Over),
}

/// Data of `turn`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Begun {
    /// The conversation; whoever knows it can go on with it and erase it.
    pub conversation: String,
    /// From 1.
    pub turn: u64,
    /// The page's own name of the turn.
    pub message: String,
    /// What the shopper wrote, so that a page that comes back can show the whole conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Data of `sentence`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sentence {
    /// Plain text.
    pub text: String,
    /// What it rests on; empty where it claims nothing.
    pub sources: Vec<Source>,
    /// Whether the card of a product says the same.
    #[serde(default)]
    pub on_card: bool,
}

/// What a sentence rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// `product`, `policy`, `stock`, `forecast`, `order`; `catalogue` and `policies` where all of it was searched;
    /// `shopper` for what was said in the conversation itself.
    pub kind: String,
    /// The product, the policy's name, the SKU, the order's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name: of a product, or of the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The site of stock, the number of a policy's paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What stands there, word for word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// When it was seen or made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// Data of `products`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cards {
    /// The products, the best first.
    pub items: Vec<Card>,
}

/// A product, as a card shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Card {
    /// Its id.
    pub id: String,
    /// Its name in the language of the turn.
    pub title: String,
    /// What it costs now.
    pub price: CardPrice,
    /// What it cost before a reduction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare_at: Option<CardPrice>,
    /// Address of its main picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// Its page, if the catalogue names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Whether the catalogue says that it can be bought now.
    pub buyable: bool,
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CardPrice {
    /// In the currency's smallest unit.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
}

/// Data of `choices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choices {
    /// In the order in which they are shown.
    pub items: Vec<Choice>,
}

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choice {
    /// What the shopper reads, and what is sent as `text` where it is chosen.
    pub label: String,
}

/// Data of `confirm`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Question {
    /// To be sent with the answer; good for one.
    pub token: String,
    /// What would be done.
    pub action: ActionName,
    /// The order that it is about.
    pub order: String,
    /// What of it: stock keeping units.
    pub skus: Vec<String>,
}

/// What can be done once the shopper says yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ActionName {
    /// Start a return.
    StartReturn,
}

/// Data of `code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodeWanted {
    /// The order, as the shopper named it. Whether there is such an order is not told before the code is right.
    pub order: String,
    /// How many digits it has.
    pub digits: u8,
}

/// Data of `hand-over`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HandOver {}

/// Data of `try-on`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TryOn {
    /// With this product.
    pub product: String,
}

/// Data of `problem`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Trouble {
    /// `superseded`: a later turn took its place. `not-ready`: the shop has no catalogue yet. `failed`: try again.
    pub code: String,
    /// What happened, and what to do.
    pub detail: String,
}

/// Data of `done`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Over {
    /// The turn.
    pub turn: u64,
}

/// A code that waits for being told to the customer: where no other way of sending is set up, a person does it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderCode {
    /// Its id.
    pub id: String,
    /// The order whose customer shall have it.
    pub order: String,
    /// The code.
    pub code: String,
    /// The language of the conversation.
    pub language: Tongue,
    /// When it was asked for.
    pub created_at: String,
    /// When it ends to hold.
    pub expires_at: String,
}

/// A return that a customer started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Return {
    /// Its id, which the customer was told.
    pub id: String,
    /// The order.
    pub order: String,
    /// What comes back: stock keeping units.
    pub skus: Vec<String>,
    /// When it was confirmed.
    pub created_at: String,
}
