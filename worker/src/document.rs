//! `/openapi.json`: the document that `cargo xtask openapi` makes of the types.

/// The document.
pub(crate) const TEXT: &str = include_str!("../openapi.json");
