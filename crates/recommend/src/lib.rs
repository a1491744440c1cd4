//! Next-item recommendation whose every score is an exact sum of named parts.
//!
//! Three sources are added up: sequential rules learned from an event log ([`rules`]), similarity of
//! content for what the rules do not know ([`content`]), and a prior (popularity, or the shop's own order).
//! Scores are integers ([`Score`]), so the parts add up exactly, in any order, natively and in WebAssembly.

mod best;
pub mod content;
mod diversity;
mod exhaustive;
pub mod features;
mod likely;
mod mask;
mod model;
mod postings;
pub mod prior;
mod query;
mod rank;
pub mod rules;
mod rules_section;
mod score;
mod scratch;
mod settings;
mod text;

pub use content::Content;
pub use mask::Mask;
pub use model::{Model, ModelError};
pub use prior::Prior;
pub use query::{Boost, Cause, Event, Part, Query, Resemblance, Scored, Source, Telling};
pub use rank::{ANCHORS, HISTORY};
pub use rules::Rules;
pub use score::Score;
pub use scratch::Scratch;
pub use settings::{Settings, SettingsError};
