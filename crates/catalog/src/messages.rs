//! Sentences for people in both languages, read from the files of `messages/`.

use std::collections::BTreeMap;

use crate::{Language, Localized};

/// Sentences by key.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    sentences: BTreeMap<String, Localized>,
}

impl Messages {
    /// The sentences of a message file, `{"key": {"en": …, "zh": …}}`, which the program was built with.
    pub fn embedded(source: &str) -> Self {
        Self { sentences: serde_json::from_slice(source.as_bytes()).unwrap_or_default() }
    }

    /// The text of `key` in both languages.
    pub fn text(&self, key: &str) -> Localized {
        self.sentences.get(key).cloned().unwrap_or_default()
    }

    /// The sentence `key` in `language`, each `{name}` replaced by its value.
    pub fn sentence(&self, key: &str, language: Language, values: &[(&str, &str)]) -> String {
        self.sentences.get(key).map(|text| fill(text.get(language), values)).unwrap_or_default()
    }
}

/// `template` with each `{name}` replaced; what stands in a value is left as it is.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests;
