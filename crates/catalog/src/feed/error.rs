//! Why a feed as a whole cannot be read.

use std::fmt;

use super::{FeedProblem, text};
use crate::Language;

/// Why reading a feed had to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedError {
    /// It holds nothing.
    Empty,
    /// It holds no product that can be used, though rows were read.
    NoProducts {
        /// Rows read.
        rows: u64,
        /// The first of the problems.
        first: Box<FeedProblem>,
    },
    /// It is a packed or binary file.
    Packed {
        /// The kind of file.
        kind: &'static str,
    },
    /// It is not UTF-8.
    Encoding {
        /// The first line that is not.
        line: u64,
    },
    /// The header lacks a column without which there are no products.
    Header {
        /// Columns found, separated by commas.
        found: String,
        /// The column that is missing.
        missing: &'static str,
    },
    /// JSON without a list of products.
    NoList,
    /// The JSON or XML is broken beyond finding the next product.
    Broken {
        /// The line, or the number of the product, where it broke.
        line: u64,
        /// What was found there.
        problem: String,
    },
    /// A single record is larger than any product is.
    TooLong {
        /// Where it begins.
        line: u64,
    },
}

impl FeedError {
    #[cfg(test)]
    pub(super) const KEYS: [&'static str; 8] = [
        "error.empty",
        "error.noProducts",
        "error.packed",
        "error.encoding",
        "error.header",
        "error.noList",
        "error.broken",
        "error.tooLong",
    ];

    /// The error as a sentence that says what to do.
    pub fn sentence(&self, language: Language) -> String {
        let say = |key, values: &[(&str, &str)]| text::messages().sentence(key, language, values);
        match self {
            Self::Empty => say("error.empty", &[]),
            Self::NoProducts { rows, first } => {
                say("error.noProducts", &[("rows", &rows.to_string()), ("problem", &first.sentence(language))])
            }
            Self::Packed { kind } => say("error.packed", &[("kind", kind)]),
            Self::Encoding { line } => say("error.encoding", &[("line", &line.to_string())]),
            Self::Header { found, missing } => say("error.header", &[("found", found), ("missing", missing)]),
            Self::NoList => say("error.noList", &[]),
            Self::Broken { line, problem } => say("error.broken", &[("line", &line.to_string()), ("problem", problem)]),
            Self::TooLong { line } => say("error.tooLong", &[("line", &line.to_string())]),
        }
    }
}

impl fmt::Display for FeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Language::En))
    }
}

impl std::error::Error for FeedError {}
