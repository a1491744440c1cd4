//! The objects of one list in a JSON text: `{"products": […]}`, or a bare list. Holds one object at a time.

use super::source::{Found, MOST_BYTES};
use super::{Expected, FeedError, FeedProblem};

/// Name of the list in the outer object.
const LIST: &[u8] = b"products";

/// A JSON text, read byte by byte.
#[derive(Default)]
pub(super) struct JsonItems {
    /// Open brackets.
    depth: usize,
    /// Depth within the list, once it was found.
    list: Option<usize>,
    /// Whether this document had its list, and whether any had.
    was_list: bool,
    any_list: bool,
    in_string: bool,
    escaped: bool,
    /// The last string of the outer object.
    name: Vec<u8>,
    /// The element so far.
    item: Vec<u8>,
    in_item: bool,
    number: u64,
}

impl JsonItems {
    /// Reads a piece.
    pub(super) fn push(&mut self, piece: &[u8], found: &mut dyn FnMut(Found)) -> Result<(), FeedError> {
        for &byte in piece {
            if self.in_string {
                self.string(byte);
            } else {
                self.structure(byte, found)?;
            }
            if self.item.len() > MOST_BYTES {
                return Err(FeedError::TooLong { line: self.number + 1 });
            }
        }
        Ok(())
    }

    /// Ends the text.
    pub(super) fn finish(&mut self) -> Result<(), FeedError> {
        if self.depth > 0 || self.in_string {
            let problem = "the list of products does not end".to_owned();
            return Err(FeedError::Broken { line: self.number + 1, problem });
        }
        if self.any_list { Ok(()) } else { Err(FeedError::NoList) }
    }

    fn string(&mut self, byte: u8) {
        if self.in_item {
            self.item.push(byte);
        } else if self.depth == 1 && self.list.is_none() && byte != b'"' && self.name.len() <= LIST.len() {
            self.name.push(byte);
        }
        match (self.escaped, byte) {
            (true, _) => self.escaped = false,
            (false, b'\\') => self.escaped = true,
            (false, b'"') => self.in_string = false,
            (false, _) => {}
        }
    }

    fn structure(&mut self, byte: u8, found: &mut dyn FnMut(Found)) -> Result<(), FeedError> {
        if self.depth == 0 {
            // Several pages of a shop, one after the other, are several documents.
            (self.was_list, self.list) = (false, None);
            self.name.clear();
            if !matches!(byte, b'{' | b'[') && !byte.is_ascii_whitespace() {
                let problem = format!("{:?} stands where a list should begin", char::from(byte));
                return Err(FeedError::Broken { line: self.number + 1, problem });
            }
        }
        let in_list = self.list == Some(self.depth);
        if in_list && matches!(byte, b',' | b']') {
            self.end_item(found);
        } else if in_list && !byte.is_ascii_whitespace() {
            self.in_item = true;
        }
        match byte {
            b'"' => {
                self.in_string = true;
                if self.depth == 1 && self.list.is_none() {
                    self.name.clear();
                }
            }
            b'{' | b'[' => {
                self.depth += 1;
                let named = self.depth == 2 && self.name == LIST;
                if byte == b'[' && !self.was_list && (self.depth == 1 || named) {
                    (self.list, self.was_list, self.any_list) = (Some(self.depth), true, true);
                    return Ok(());
                }
            }
            b'}' | b']' => {
                if in_list {
                    self.list = None;
                }
                let above = self.depth.checked_sub(1);
                let problem = || "a bracket closes that was never opened".to_owned();
                self.depth = above.ok_or_else(|| FeedError::Broken { line: self.number + 1, problem: problem() })?;
            }
            _ => {}
        }
        if self.in_item {
            self.item.push(byte);
        }
        Ok(())
    }

    /// Gives the element that a comma or the list's end completes.
    fn end_item(&mut self, found: &mut dyn FnMut(Found)) {
        if !std::mem::take(&mut self.in_item) {
            return;
        }
        self.number += 1;
        let item = std::mem::take(&mut self.item);
        found(match serde_json::from_slice(&item) {
            Ok(value @ serde_json::Value::Object(_)) => Found::Object { line: self.number, value },
            _ => Found::Bad(FeedProblem::new(self.number, "", &String::from_utf8_lossy(&item), Expected::Object)),
        });
    }
}
