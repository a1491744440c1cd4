//! Conversations with a shopper, without a clock, randomness, input or output of their own.
//!
//! What is said becomes [`Command`]s of a fixed grammar; commands become sentences rendered from catalogue, stock,
//! forecasts, orders and policies, each with its [`Source`]s. A turn has two halves, so that the caller can look things up
//! in between: [`Conversation::hear`] gives a [`Turn`] with its [`Need`]s, [`Conversation::say`] an answer from what was
//! [`Found`].
//!
//! ```
//! use vitrine_assistant::{Conversation, Found, Input, Knowledge, Model, Token};
//! use vitrine_catalog::Language;
//!
//! let (knowledge, model) = (Knowledge::new(Vec::new(), &[]), Model::default());
//! let mut conversation = Conversation::new(Language::En);
//! let input = Input::Text { text: "Hello!".into(), looking_at: None };
//! let turn = conversation.hear(&input, 0, &knowledge, &model);
//! assert!(turn.needs.is_empty());
//! let reply = conversation.say(&turn, &Found::default(), 0, &knowledge, &mut || Token([7; 16]));
//! assert!(reply.sentences[0].text.starts_with("Hello"));
//! ```

mod alike;
mod bm25;
mod command;
mod content;
mod conversation;
pub mod facts;
mod features;
mod found;
mod hear;
mod input;
mod knowledge;
mod lexicon;
mod linear;
mod model;
mod policy;
mod proposal;
mod prove;
mod quotable;
mod replies;
mod reply;
mod resolve;
mod say;
mod slots;
mod talk;
mod teller;
mod token;
mod trace;
pub mod words;

pub use command::{Action, Command, Kind, Missing, ProofOutcome, Refusal, Talk};
pub use content::{
    Checked, ContentError, ContentRequest, ContentText, DroppedClaim, MAX_TEXTS, TextKind, WhyDropped, check,
    content_prompt, write,
};
pub use conversation::{Conversation, Heard};
pub use features::{features, utterance_features};
pub use found::{ForecastFact, Found, Need, OrderFact, OrderLineFact, OrderState, StockFact};
pub use input::{Input, Turn, Understood};
pub use knowledge::Knowledge;
pub use linear::{Linear, LinearError, softmax};
pub use model::Model;
pub use policy::{Paragraph, PolicyText, SizeHint};
pub use proposal::{Dropped, Prompt, PromptMessage, proposal_prompt, proposal_schema};
pub use quotable::is_quotable;
pub use reply::{Act, Choice, Confirmation, Reply, SendCode, Sentence, Source};
pub use slots::{Body, OrderNumber, OrderNumberError, PriceBounds, Property, Wanted};
pub use token::Token;
pub use trace::{Trace, Untraced, trace};
