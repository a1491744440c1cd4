//! The storefront in the page: the face of the storefront crate to JavaScript.
//!
//! Nothing is decided here: every function converts its input, calls one function of `vitrine-storefront`, and
//! converts what comes back. The TypeScript types beside it (`types.ts`) are held to the Rust ones by a test.

mod answer;
mod convert;
mod engine;
mod failure;
mod feed_import;
mod types;

pub use engine::Engine;
pub use feed_import::FeedImport;
