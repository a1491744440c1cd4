//! The `<item>` (RSS) and `<entry>` (Atom) elements of an XML text as rows. Holds one element at a time.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::names::Column;
use super::row::{Field, Row};
use super::source::{Found, MOST_BYTES};
use super::{Expected, FeedError, FeedProblem};

/// Elements that hold one product.
const ITEMS: [&str; 2] = ["item", "entry"];

/// What end tags do not count in.
const COMMENT: (&[u8], &[u8]) = (b"<!--", b"-->");
const CDATA: (&[u8], &[u8]) = (b"<![CDATA[", b"]]>");
/// Longest end tag.
const LONGEST_TAG: usize = 64;

/// An XML text, read piece by piece.
#[derive(Default)]
pub(super) struct XmlItems {
    /// What was not taken yet.
    text: Vec<u8>,
    /// How much of it was searched.
    searched: usize,
    /// What ends the comment or CDATA that the search is in.
    inside: Option<&'static [u8]>,
    newlines: u64,
    any: bool,
}

impl XmlItems {
    /// Reads a piece.
    pub(super) fn push(&mut self, piece: &[u8], found: &mut dyn FnMut(Found)) -> Result<(), FeedError> {
        self.text.extend_from_slice(piece);
        let mut taken = 0;
        while let Some(end) = self.end_of_item() {
            let element = self.text.get(taken..end).unwrap_or_default();
            found(match parse(element, self.newlines + 1) {
                Ok(row) => Found::Row(row),
                Err(problem) => Found::Bad(problem),
            });
            self.newlines += element.iter().filter(|&&byte| byte == b'\n').count() as u64;
            self.any = true;
            taken = end;
        }
        self.text.drain(..taken);
        self.searched -= taken;
        if self.text.len() > MOST_BYTES { Err(FeedError::TooLong { line: self.newlines + 1 }) } else { Ok(()) }
    }

    /// Ends the text.
    pub(super) fn finish(&mut self) -> Result<(), FeedError> {
        let rest = std::str::from_utf8(&self.text).unwrap_or_default();
        let opens = ["<item>", "<item ", "<entry>", "<entry "].iter().any(|tag| rest.contains(tag));
        if self.any && !opens && rest.trim_end().ends_with('>') {
            return Ok(());
        }
        let problem = if self.any || opens { "the last product does not end" } else { "there is no <item> or <entry>" };
        Err(FeedError::Broken { line: self.newlines + 1, problem: problem.to_owned() })
    }

    /// Where the next end tag of an item ends; goes on where the last search stopped.
    fn end_of_item(&mut self) -> Option<usize> {
        loop {
            let rest = self.text.get(self.searched..)?;
            if let Some(closing) = self.inside {
                let Some(at) = rest.windows(closing.len()).position(|bytes| bytes == closing) else {
                    // The closing may be cut in two by the pieces.
                    self.searched += rest.len().saturating_sub(closing.len());
                    return None;
                };
                self.searched += at + closing.len();
                self.inside = None;
                continue;
            }
            let Some(at) = rest.iter().position(|&byte| byte == b'<') else {
                self.searched = self.text.len();
                return None;
            };
            self.searched += at;
            let tag = rest.get(at..)?;
            if let Some((opening, closing)) = [COMMENT, CDATA].into_iter().find(|(opening, _)| tag.starts_with(opening))
            {
                self.inside = Some(closing);
                self.searched += opening.len();
            } else if [COMMENT.0, CDATA.0, b"</"].iter().any(|opening| opening.starts_with(tag)) {
                return None; // cut in two
            } else if let Some(name) = tag.strip_prefix(b"</") {
                let length = name.iter().take(LONGEST_TAG).position(|&byte| byte == b'>');
                match length {
                    None if name.len() < LONGEST_TAG => return None,
                    None => self.searched += 2,
                    Some(length) => {
                        self.searched += 2 + length + 1;
                        let name = name.get(..length)?.trim_ascii_end();
                        if ITEMS.iter().any(|item| item.as_bytes() == name) {
                            return Some(self.searched);
                        }
                    }
                }
            } else {
                self.searched += 1;
            }
        }
    }
}

/// Reads the one item in `element`, which ends with its end tag; other elements may stand before it.
fn parse(element: &[u8], line: u64) -> Result<Row, FeedProblem> {
    let utf8 = |_| FeedProblem::new(line, "", &String::from_utf8_lossy(element), Expected::Utf8);
    let mut reader = Reader::from_str(std::str::from_utf8(element).map_err(utf8)?);
    reader.config_mut().check_end_names = false;
    let line_at = |position: u64| {
        let before = element.iter().take(position as usize);
        line + before.filter(|&&byte| byte == b'\n').count() as u64
    };
    let mut item = Item::default();
    let mut row: Option<Row> = None;
    loop {
        let event = reader.read_event().map_err(|error| {
            FeedProblem::new(line_at(reader.error_position()), "", &error.to_string(), Expected::Xml)
        })?;
        match (&mut row, event) {
            (None, Event::Eof) => return Err(FeedProblem::new(line, "", "</item>", Expected::Xml)),
            (Some(row), Event::Eof) => {
                // An element within the item took its end tag for its own.
                let open = item.open.first().map(|name| format!("<{name}>")).unwrap_or_default();
                return Err(FeedProblem::new(row.line, "", &open, Expected::Xml));
            }
            (None, Event::Start(tag)) if ITEMS.contains(&tag.local_name().as_ref()) => {
                row = Some(Row { line: line_at(reader.buffer_position()), fields: Vec::new() });
            }
            (None, _) => {}
            (Some(known), event) => {
                if item.take(event, known) {
                    return row.ok_or_else(|| FeedProblem::new(line, "", "", Expected::Xml));
                }
            }
        }
    }
}

/// An item whose elements come in one after the other.
#[derive(Default)]
struct Item {
    /// Names of the open elements; a field is a direct child of the item.
    open: Vec<String>,
    value: String,
}

impl Item {
    /// Takes an event in; whether the item ends.
    fn take(&mut self, event: Event<'_>, row: &mut Row) -> bool {
        let direct = self.open.len() == 1;
        match event {
            Event::Start(tag) => {
                if self.open.is_empty() {
                    self.value = href(&tag);
                }
                self.open.push(tag.name().as_ref().to_owned());
            }
            Event::Empty(tag) if self.open.is_empty() => add(row, tag.name().as_ref(), &href(&tag)),
            Event::Text(text) if direct => self.value.push_str(&text),
            Event::CData(text) if direct => self.value.push_str(&text),
            Event::GeneralRef(reference) if direct => match resolved(&reference) {
                Some(c) => self.value.push(c),
                // Left as it is for the reader of HTML, who knows more names.
                None => self.value.extend(["&", &reference, ";"]),
            },
            Event::End(_) => match self.open.pop() {
                Some(name) if self.open.is_empty() => add(row, &name, &self.value),
                Some(_) => {}
                None => return true,
            },
            _ => {}
        }
        false
    }
}

/// The character of one of XML's own references.
fn resolved(reference: &BytesRef<'_>) -> Option<char> {
    match reference.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

/// Atom's `<link href="…">` to the product's page; empty for other elements and other links.
fn href(tag: &BytesStart<'_>) -> String {
    if tag.try_get_attribute("rel").ok().flatten().is_some_and(|rel| rel.value != "alternate") {
        return String::new();
    }
    tag.try_get_attribute("href").ok().flatten().map(|address| address.value.replace("&amp;", "&")).unwrap_or_default()
}

/// Adds a field; what Google's own namespace says goes before what RSS and Atom say under the same name.
fn add(row: &mut Row, name: &str, value: &str) {
    let column = Column::named(name);
    if column == Column::Unknown || value.trim().is_empty() {
        return;
    }
    let is_google = |name: &str| name.starts_with("g:");
    let first_other = row.fields.iter().position(|known| !is_google(&known.name)).filter(|_| is_google(name));
    let field = Field { column, name: name.to_owned(), value: value.to_owned() };
    row.fields.insert(first_other.unwrap_or(row.fields.len()), field);
}
