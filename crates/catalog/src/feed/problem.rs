//! A row of a feed that cannot be used: where, which field, what was found and what was expected.

use super::text;
use crate::Language;

/// Longest part of a value that a problem repeats, in characters.
const MOST_SHOWN: usize = 80;

/// Why a row was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedProblem {
    /// Line in the feed, or number of the product where the format has no lines; from 1.
    pub line: u64,
    /// The product's id, if the row has one.
    pub item: Option<String>,
    /// The field at fault, named as in the feed; empty if it is the row as a whole.
    pub field: String,
    /// What stands there, cut to 80 characters; empty if nothing does.
    pub found: String,
    /// What would be right.
    pub expected: Expected,
}

/// What a field should hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// Any text.
    Text,
    /// 1 to 128 bytes without control characters.
    Identifier,
    /// An identifier that no earlier product has.
    Unique,
    /// An amount such as `1299.00 EUR`.
    Price,
    /// A currency beside the amount, or one given for the whole feed.
    Currency,
    /// The currency of the product's other prices.
    SameCurrency,
    /// `in_stock`, `out_of_stock`, `preorder` or `backorder`.
    Availability,
    /// A whole number.
    Count,
    /// An address that begins with `https://` or `http://`, or a path.
    Address,
    /// A product that the shop shows, no draft.
    Published,
    /// As many fields as the header has.
    Columns,
    /// UTF-8.
    Utf8,
    /// A JSON object.
    Object,
    /// A product as `vitrine import` writes it.
    Product,
    /// Well-formed XML.
    Xml,
    /// A row beside the other rows of its group.
    Together,
}

impl Expected {
    #[cfg(test)]
    pub(super) const ALL: [Self; 16] = [
        Self::Text,
        Self::Identifier,
        Self::Unique,
        Self::Price,
        Self::Currency,
        Self::SameCurrency,
        Self::Availability,
        Self::Count,
        Self::Address,
        Self::Published,
        Self::Columns,
        Self::Utf8,
        Self::Object,
        Self::Product,
        Self::Xml,
        Self::Together,
    ];

    /// Its key in the message file, below `expected.`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Text => "expected.text",
            Self::Identifier => "expected.identifier",
            Self::Unique => "expected.unique",
            Self::Price => "expected.price",
            Self::Currency => "expected.currency",
            Self::SameCurrency => "expected.sameCurrency",
            Self::Availability => "expected.availability",
            Self::Count => "expected.count",
            Self::Address => "expected.address",
            Self::Published => "expected.published",
            Self::Columns => "expected.columns",
            Self::Utf8 => "expected.utf8",
            Self::Object => "expected.object",
            Self::Product => "expected.product",
            Self::Xml => "expected.xml",
            Self::Together => "expected.together",
        }
    }

    /// What is expected, in words.
    pub fn text(self, language: Language) -> String {
        text::messages().text(self.key()).get(language).to_owned()
    }
}

impl FeedProblem {
    pub(super) fn new(line: u64, field: &str, found: &str, expected: Expected) -> Self {
        let mut shown: String = found.chars().take(MOST_SHOWN).collect();
        if shown.len() < found.len() {
            shown.push('…');
        }
        Self { line, item: None, field: field.to_owned(), found: shown, expected }
    }

    /// The problem as a sentence.
    pub fn sentence(&self, language: Language) -> String {
        let key = match (&self.item, self.field.is_empty(), self.found.is_empty()) {
            (_, true, _) => "problem.whole",
            (Some(_), false, false) => "problem.item",
            (Some(_), false, true) => "problem.itemMissing",
            (None, false, false) => "problem.row",
            (None, false, true) => "problem.rowMissing",
        };
        let (line, expected) = (self.line.to_string(), self.expected.text(language));
        let values = [
            ("line", line.as_str()),
            ("item", self.item.as_deref().unwrap_or_default()),
            ("field", &self.field),
            ("found", &self.found),
            ("expected", &expected),
        ];
        text::messages().sentence(key, language, &values)
    }
}
