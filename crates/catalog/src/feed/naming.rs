//! Names in a feed: the language they are in, the keys made of them for addresses, and category paths.

use crate::{Category, Identifier, Language, Localized};

/// A text in the language it is in: Chinese characters decide, else what the feed was said to be in.
pub(super) fn localized(language: Language, text: String) -> Localized {
    let chinese = text.chars().any(|c| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'));
    Localized::only(if chinese { Language::Zh } else { language }, text)
}

/// A category path from its names.
pub(super) fn path<'a>(names: impl Iterator<Item = &'a str>, language: Language) -> Vec<Category> {
    let steps = names.map(str::trim).filter(|name| !name.is_empty());
    let step = |name: &str| {
        let key = Identifier::new(slug(name)).ok()?;
        Some(Category { key, name: localized(language, name.to_owned()) })
    };
    steps.filter_map(step).collect()
}

/// A key for addresses: letters and digits of any script, else hyphens; at most 64 characters.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase).take(64) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    while slug.len() > 120 {
        slug.pop();
    }
    slug.trim_end_matches('-').to_owned()
}
