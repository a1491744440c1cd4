//! The `<item>` (RSS) and `<entry>` (Atom) elements of an XML text as rows. Holds one element at a time.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::names::Column;
use super::row::{Field, Row};
use super::source::{Found, MOST_BYTES};
use super::{Expected, FeedError, FeedProblem};

/// Elements that hold one product.
const ITEMS: [&str; 2] = ["item", "entry"];

/// An XML text, read piece by piece.
#[derive(Default)]
pub(super) struct XmlItems {
    /// What was not taken yet.
    text: Vec<u8>,
    /// How much of it was searched for an end tag in vain.
    searched: usize,
    newlines: u64,
    any: bool,
}

/// What came of parsing up to an end tag.
enum Parsed {
    Row(Row),
    /// The end tag was none: it stands in a comment or CDATA.
    Unfinished,
    Bad(FeedProblem),
}

impl XmlItems {
    /// Reads a piece.
    pub(super) fn push(&mut self, piece: &[u8], found: &mut dyn FnMut(Found)) -> Result<(), FeedError> {
        self.text.extend_from_slice(piece);
        let mut taken = 0;
        while let Some(end) = end_of_item(&self.text, self.searched.max(taken)) {
            let element = self.text.get(taken..end).unwrap_or_default();
            self.searched = end;
            match parse(element, self.newlines + 1) {
                Parsed::Row(row) => found(Found::Row(row)),
                Parsed::Bad(problem) => found(Found::Bad(problem)),
                Parsed::Unfinished => continue,
            }
            self.newlines += element.iter().filter(|&&byte| byte == b'\n').count() as u64;
            self.any = true;
            taken = end;
        }
        self.text.drain(..taken);
        // An end tag may be cut in two by the pieces.
        self.searched = self.text.len().saturating_sub(16);
        if self.text.len() > MOST_BYTES { Err(FeedError::TooLong { line: self.newlines + 1 }) } else { Ok(()) }
    }

    /// Ends the text.
    pub(super) fn finish(&mut self) -> Result<(), FeedError> {
        let rest = std::str::from_utf8(&self.text).unwrap_or_default();
        let opens = ["<item>", "<item ", "<entry>", "<entry "].iter().any(|tag| rest.contains(tag));
        let ends = rest.trim_end().ends_with('>');
        if self.any && !opens && ends {
            return Ok(());
        }
        let problem = if self.any || opens { "the last product does not end" } else { "there is no <item> or <entry>" };
        Err(FeedError::Broken { line: self.newlines + 1, problem: problem.to_owned() })
    }
}

/// Where the next end tag of an item ends, searching from `from`.
fn end_of_item(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let open = rest.windows(2).position(|pair| pair == b"</")?;
        let tag = rest.get(open + 2..)?;
        let length = tag.iter().position(|&byte| byte == b'>')?;
        let end = at + open + 2 + length + 1;
        if tag.get(..length).is_some_and(|name| ITEMS.iter().any(|item| item.as_bytes() == name.trim_ascii_end())) {
            return Some(end);
        }
        at = at + open + 2;
    }
}

/// Reads the one item in `element`, which ends with its end tag; other elements may stand before it.
fn parse(element: &[u8], line: u64) -> Parsed {
    let Ok(text) = std::str::from_utf8(element) else {
        return Parsed::Bad(FeedProblem::new(line, "", &String::from_utf8_lossy(element), Expected::Utf8));
    };
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let line_at = |position: u64| {
        let before = element.iter().take(position as usize);
        line + before.filter(|&&byte| byte == b'\n').count() as u64
    };
    let mut item = Item::default();
    let mut row: Option<Row> = None;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            // A comment or CDATA that is cut off by what looks like the item's end.
            Err(quick_xml::Error::Syntax(_)) => return Parsed::Unfinished,
            Err(error) => {
                let line = line_at(reader.error_position());
                return Parsed::Bad(FeedProblem::new(line, "", &error.to_string(), Expected::Xml));
            }
        };
        if matches!(event, Event::Eof) {
            return match row {
                // Nothing but end tags: an end without a beginning.
                None => Parsed::Bad(FeedProblem::new(line, "", "</item>", Expected::Xml)),
                Some(_) => Parsed::Unfinished,
            };
        }
        let Some(known) = &mut row else {
            if let Event::Start(tag) = event
                && ITEMS.contains(&tag.local_name().as_ref())
            {
                row = Some(Row { line: line_at(reader.buffer_position()), fields: Vec::new() });
            }
            continue;
        };
        if item.take(event, known) {
            return row.map_or(Parsed::Unfinished, Parsed::Row);
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

/// Atom's `<link href="…">`; empty for other elements.
fn href(tag: &BytesStart<'_>) -> String {
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
