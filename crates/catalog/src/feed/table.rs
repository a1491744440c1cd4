//! Tables with a header line, separated by tabs, commas or semicolons.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::names::Column;
use super::row::{Field, Row};
use super::source::{Found, MOST_BYTES};
use super::{Expected, FeedError, FeedProblem};

/// A table, read piece by piece.
pub(super) struct Table {
    reader: Box<Reader>,
    quoting: bool,
    header: Option<Vec<(Column, String)>>,
    /// The record so far: its bytes and where its fields end.
    record: Vec<u8>,
    length: usize,
    ends: Vec<usize>,
    fields: usize,
    newlines: u64,
    /// Line where the record begins.
    line: u64,
}

impl Table {
    /// A table whose header is the first line of `start`, which tells the separator.
    pub(super) fn new(start: &[u8]) -> Self {
        let mut lines = start.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end).filter(|line| !line.is_empty());
        let header = lines.next().unwrap_or_default();
        let count = |sign: u8| header.iter().filter(|&&byte| byte == sign).count();
        let separator = match header {
            [b's', b'e', b'p', b'=', sign] => *sign, // as spreadsheets write it
            _ => [b'\t', b',', b';'].into_iter().max_by_key(|&sign| (count(sign), sign == b',')).unwrap_or(b','),
        };
        // Between tabs a quotation mark may be an inch: it quotes only a whole field.
        let quoting = separator != b'\t';
        Self {
            reader: Box::new(ReaderBuilder::new().delimiter(separator).quoting(quoting).build()),
            quoting,
            header: None,
            record: vec![0; 4096],
            length: 0,
            ends: vec![0; 64],
            fields: 0,
            newlines: 0,
            line: 1,
        }
    }

    /// Reads a piece of the table; an empty one ends it.
    pub(super) fn push(&mut self, mut piece: &[u8], found: &mut dyn FnMut(Found)) -> Result<(), FeedError> {
        let last = piece.is_empty();
        loop {
            if self.length == 0 && self.fields == 0 {
                while let [b'\n' | b'\r', rest @ ..] = piece {
                    self.newlines += u64::from(piece.first() == Some(&b'\n'));
                    piece = rest;
                }
                self.line = self.newlines + 1;
            }
            if piece.is_empty() && !last {
                return Ok(());
            }
            let output = self.record.get_mut(self.length..).unwrap_or_default();
            let ends = self.ends.get_mut(self.fields..).unwrap_or_default();
            let (result, read, written, ended) = self.reader.read_record(piece, output, ends);
            let (done, rest) = piece.split_at(read);
            self.newlines += done.iter().filter(|&&byte| byte == b'\n').count() as u64;
            piece = rest;
            self.length += written;
            self.fields += ended;
            match result {
                ReadRecordResult::InputEmpty if last => {}
                ReadRecordResult::InputEmpty => return Ok(()),
                ReadRecordResult::OutputFull if self.record.len() >= MOST_BYTES => {
                    return Err(FeedError::TooLong { line: self.line });
                }
                ReadRecordResult::OutputFull => self.record.resize(self.record.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => {
                    self.take(found)?;
                    (self.length, self.fields) = (0, 0);
                }
                ReadRecordResult::End => return Ok(()),
            }
        }
    }

    /// Whether the header was seen.
    pub(super) fn has_header(&self) -> bool {
        self.header.is_some()
    }

    /// Takes a complete record: the header, or a row.
    fn take(&mut self, found: &mut dyn FnMut(Found)) -> Result<(), FeedError> {
        let mut start = 0;
        let mut values = Vec::with_capacity(self.fields);
        for &end in self.ends.iter().take(self.fields) {
            values.push(std::str::from_utf8(self.record.get(start..end).unwrap_or_default()));
            start = end;
        }
        let Some(header) = &self.header else {
            let names = values.into_iter().collect::<Result<Vec<_>, _>>();
            let names = names.map_err(|_| FeedError::Encoding { line: self.line })?;
            if matches!(names.first(), Some(first) if first.starts_with("sep=")) {
                return Ok(());
            }
            self.header = Some(columns(&names)?);
            return Ok(());
        };
        let Ok(values) = values.into_iter().collect::<Result<Vec<&str>, _>>() else {
            let start = self.record.get(..self.length.min(400)).map(String::from_utf8_lossy).unwrap_or_default();
            found(Found::Bad(FeedProblem::new(self.line, "", &start, Expected::Utf8)));
            return Ok(());
        };
        if values.iter().all(|value| value.trim().is_empty()) {
            return Ok(());
        }
        if let Some(extra) =
            values.get(header.len()..).and_then(|more| more.iter().find(|value| !value.trim().is_empty()))
        {
            found(Found::Bad(FeedProblem::new(self.line, &format!("#{}", header.len() + 1), extra, Expected::Columns)));
            return Ok(());
        }
        let known = header.iter().zip(values).filter(|((column, _), _)| *column != Column::Unknown);
        let fields = known.map(|((column, name), value)| Field {
            column: column.clone(),
            name: name.clone(),
            value: if self.quoting { value.to_owned() } else { unquoted(value) },
        });
        found(Found::Row(Row { line: self.line, fields: fields.collect() }));
        Ok(())
    }
}

/// A field without the quotation marks around the whole of it.
fn unquoted(value: &str) -> String {
    let inner = value.trim().strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    inner.map_or_else(|| value.to_owned(), |inner| inner.replace("\"\"", "\""))
}

/// The meaning of the header's columns; without a name and a price there are no products.
fn columns(names: &[&str]) -> Result<Vec<(Column, String)>, FeedError> {
    let columns: Vec<(Column, String)> = names
        .iter()
        .map(|name| unquoted(name.trim().trim_start_matches('\u{feff}')))
        .map(|name| (Column::named(&name), name))
        .collect();
    let has = |wanted: fn(&Column) -> bool| columns.iter().any(|(column, _)| wanted(column));
    let missing = if !has(|column| matches!(column, Column::Title(_))) {
        "title"
    } else if !has(|column| matches!(column, Column::Price | Column::SalePrice)) {
        "price"
    } else {
        return Ok(columns);
    };
    let mut found: String = names.join(", ").chars().take(200).collect();
    if found.trim().is_empty() {
        found = "–".to_owned();
    }
    Err(FeedError::Header { found, missing })
}
