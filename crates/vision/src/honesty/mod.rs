//! Whether a picture will do for trying something on: what was measured, and what follows from it.

mod facts;
mod verdict;

pub use facts::Facts;
pub use verdict::{Refusal, Verdict};
