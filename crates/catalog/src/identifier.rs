//! Identifiers of products, variants, categories and events: short, printable, never empty.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Longest identifier, in bytes of UTF-8.
const MAX_BYTES: usize = 128;

/// A product id, SKU, category key or event id: 1 to 128 bytes of UTF-8 without control characters
/// and without white space at either end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identifier(String);

/// Why a text cannot be an identifier.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum IdentifierError {
    /// The text is empty or only white space.
    #[error("an identifier is empty; give it 1 to {MAX_BYTES} bytes")]
    Empty,
    /// The text is longer than the limit.
    #[error("the identifier {start:?}… has {bytes} bytes; at most {MAX_BYTES} are allowed")]
    TooLong {
        /// The first characters, to find it by.
        start: String,
        /// Its length in bytes.
        bytes: usize,
    },
    /// The text holds a control character or begins or ends with white space.
    #[error("the identifier {text:?} holds a control character or outer white space; remove it")]
    Unprintable {
        /// The text as given.
        text: String,
    },
}

impl Identifier {
    /// Checks `text` and wraps it.
    ///
    /// ```
    /// use vitrine_catalog::Identifier;
    /// assert_eq!(Identifier::new("jacket-denim")?.as_str(), "jacket-denim");
    /// assert!(Identifier::new("").is_err());
    /// # Ok::<(), vitrine_catalog::IdentifierError>(())
    /// ```
    pub fn new(text: impl Into<String>) -> Result<Self, IdentifierError> {
        let text = text.into();
        if text.trim().is_empty() {
            return Err(IdentifierError::Empty);
        }
        if text.len() > MAX_BYTES {
            let start = text.chars().take(16).collect();
            return Err(IdentifierError::TooLong { start, bytes: text.len() });
        }
        if text.trim() != text || text.chars().any(char::is_control) {
            return Err(IdentifierError::Unprintable { text });
        }
        Ok(Self(text))
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Identifier {
    type Error = IdentifierError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

impl From<Identifier> for String {
    fn from(identifier: Identifier) -> Self {
        identifier.0
    }
}

impl std::borrow::Borrow<str> for Identifier {
    fn borrow(&self) -> &str {
        &self.0
    }
}
