//! Takes a feed's bytes apart into rows and objects, whatever its format.

use serde_json::Value;

use super::json_items::JsonItems;
use super::lines::Lines;
use super::row::Row;
use super::table::Table;
use super::xml_items::XmlItems;
use super::{FeedError, FeedFormat, FeedProblem};

/// Longest record, in bytes.
pub(super) const MOST_BYTES: usize = 4 << 20;

/// What was found in the feed.
pub(super) enum Found {
    Row(Row),
    Object { line: u64, value: Value },
    Bad(FeedProblem),
}

/// The feed's bytes in its format.
pub(super) enum Source {
    Table(Table),
    Lines(Lines),
    Json(JsonItems),
    Xml(XmlItems),
}

impl Source {
    /// A source for `format`; `start` is how the feed begins.
    pub(super) fn new(format: FeedFormat, start: &[u8]) -> Self {
        match format {
            FeedFormat::GoogleTsv | FeedFormat::Csv => Self::Table(Table::new(start)),
            FeedFormat::Jsonl => Self::Lines(Lines::default()),
            FeedFormat::ShopifyJson => Self::Json(JsonItems::default()),
            FeedFormat::GoogleXml => Self::Xml(XmlItems::default()),
        }
    }

    /// Reads a piece that is not empty.
    pub(super) fn push(&mut self, piece: &[u8], found: &mut dyn FnMut(Found)) -> Result<(), FeedError> {
        match self {
            Self::Table(table) => table.push(piece, found),
            Self::Lines(lines) => lines.push(piece, found),
            Self::Json(items) => items.push(piece, found),
            Self::Xml(items) => items.push(piece, found),
        }
    }

    /// Reads what the end completes.
    pub(super) fn finish(&mut self, found: &mut dyn FnMut(Found)) -> Result<(), FeedError> {
        match self {
            Self::Table(table) => {
                table.push(&[], found)?;
                if table.has_header() { Ok(()) } else { Err(FeedError::Empty) }
            }
            Self::Lines(lines) => {
                lines.finish(found);
                Ok(())
            }
            Self::Json(items) => items.finish(),
            Self::Xml(items) => items.finish(),
        }
    }
}
