//! JSON lines: one object a line.

use super::source::{Found, MOST_BYTES};
use super::{Expected, FeedError, FeedProblem};

/// Lines, read piece by piece.
#[derive(Default)]
pub(super) struct Lines {
    rest: Vec<u8>,
    line: u64,
}

impl Lines {
    /// Reads a piece.
    pub(super) fn push(&mut self, piece: &[u8], found: &mut dyn FnMut(Found)) -> Result<(), FeedError> {
        let mut pieces = piece.split(|&byte| byte == b'\n');
        let last = pieces.next_back().unwrap_or_default();
        for end in pieces {
            self.rest.extend_from_slice(end);
            self.take(found);
        }
        self.rest.extend_from_slice(last);
        if self.rest.len() > MOST_BYTES { Err(FeedError::TooLong { line: self.line + 1 }) } else { Ok(()) }
    }

    /// Reads the last line, which may lack its end.
    pub(super) fn finish(&mut self, found: &mut dyn FnMut(Found)) {
        self.take(found);
    }

    fn take(&mut self, found: &mut dyn FnMut(Found)) {
        self.line += 1;
        let line = std::mem::take(&mut self.rest);
        let text = line.trim_ascii();
        if text.is_empty() {
            return;
        }
        found(match serde_json::from_slice(text) {
            Ok(value @ serde_json::Value::Object(_)) => Found::Object { line: self.line, value },
            _ => Found::Bad(FeedProblem::new(self.line, "", &String::from_utf8_lossy(text), Expected::Object)),
        });
    }
}
