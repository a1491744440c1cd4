//! Text in the languages shops speak, with a fallback that never shows an empty string where the other language has one.

use serde::{Deserialize, Serialize};

/// A language of the shop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese, simplified.
    Zh,
}

/// A text in English, Chinese or both; a missing language is the empty string.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Localized {
    /// English.
    pub en: String,
    /// Chinese, simplified.
    pub zh: String,
}

impl Localized {
    /// A text known in one language only; the other falls back to it.
    pub fn only(language: Language, text: impl Into<String>) -> Self {
        let text = text.into();
        match language {
            Language::En => Self { en: text, zh: String::new() },
            Language::Zh => Self { en: String::new(), zh: text },
        }
    }

    /// The text in `language`, or in the other one where it is missing.
    ///
    /// ```
    /// use vitrine_catalog::{Language, Localized};
    /// let name = Localized::only(Language::En, "Shirt");
    /// assert_eq!(name.get(Language::Zh), "Shirt");
    /// ```
    pub fn get(&self, language: Language) -> &str {
        let (wanted, other) = match language {
            Language::En => (&self.en, &self.zh),
            Language::Zh => (&self.zh, &self.en),
        };
        if wanted.is_empty() { other } else { wanted }
    }

    /// Whether there is a text in `language` itself.
    pub fn speaks(&self, language: Language) -> bool {
        match language {
            Language::En => !self.en.is_empty(),
            Language::Zh => !self.zh.is_empty(),
        }
    }

    /// Whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.zh.is_empty()
    }
}
