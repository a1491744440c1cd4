//! The shop's rules, from Markdown: paragraphs with their headings, and the size guide's table.

use serde::{Deserialize, Serialize};
use vitrine_catalog::Language;

use crate::quotable::is_quotable;

/// A policy as the shop wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyText {
    /// Its name, such as `returns`; the same in both languages.
    pub name: String,
    /// Its language.
    pub language: Language,
    /// Markdown: headings, paragraphs, lists, tables.
    pub markdown: String,
}

/// A paragraph, list item or table row of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// The document's name.
    pub document: String,
    /// Its language.
    pub language: Language,
    /// Its number in the document, from 1.
    pub number: u32,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// Its text without marks.
    pub text: String,
}

/// A row of the size guide: who a size is for, in whole centimetres, both bounds inclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizeHint {
    /// The size's label.
    pub label: String,
    /// Body heights.
    pub height: Option<(u16, u16)>,
    /// Girths of the chest.
    pub chest: Option<(u16, u16)>,
    /// The paragraph that says so.
    pub paragraph: Paragraph,
}

/// Which column of the size guide holds what.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Size,
    Height,
    Chest,
    Other,
}

/// Reads a policy. What could be meant for a machine rather than a reader is left out.
pub(crate) fn read(policy: &PolicyText) -> (Vec<Paragraph>, Vec<SizeHint>) {
    let mut reader = Reader { policy, headings: Vec::new(), open: String::new(), found: Vec::new() };
    let mut hints = Vec::new();
    let mut columns: Vec<(Column, String)> = Vec::new();
    for line in policy.markdown.lines() {
        let line = line.trim();
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        if level > 0 && line.get(level..).is_some_and(|rest| rest.starts_with(' ')) {
            reader.close();
            reader.headings.truncate(level.min(6) - 1);
            reader.headings.push(plain(line.get(level..).unwrap_or_default()));
        } else if line.starts_with('|') {
            reader.close();
            let cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| plain(cell.trim())).collect();
            if cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':' | ' '))) {
                continue;
            }
            if columns.is_empty() {
                columns = cells.into_iter().map(|name| (column(&name), name)).collect();
                continue;
            }
            let row: Vec<String> =
                columns.iter().zip(&cells).map(|((_, name), cell)| format!("{name}: {cell}")).collect();
            let joiner = if policy.language == Language::Zh { "，" } else { ", " };
            if let Some(paragraph) = reader.add(row.join(joiner)) {
                hints.extend(hint(&columns, &cells, paragraph));
            }
        } else if line.is_empty() {
            reader.close();
            columns.clear();
        } else if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
            reader.close();
            reader.open.push_str(item);
        } else {
            if !reader.open.is_empty() && policy.language == Language::En {
                reader.open.push(' ');
            }
            reader.open.push_str(line);
        }
    }
    reader.close();
    (reader.found, hints)
}

struct Reader<'a> {
    policy: &'a PolicyText,
    headings: Vec<String>,
    open: String,
    found: Vec<Paragraph>,
}

impl Reader<'_> {
    fn close(&mut self) {
        let text = plain(&std::mem::take(&mut self.open));
        self.add(text);
    }

    fn add(&mut self, text: String) -> Option<Paragraph> {
        if text.is_empty() || !is_quotable(&text) {
            return None;
        }
        let paragraph = Paragraph {
            document: self.policy.name.clone(),
            language: self.policy.language,
            number: self.found.len() as u32 + 1,
            headings: self.headings.clone(),
            text,
        };
        self.found.push(paragraph.clone());
        Some(paragraph)
    }
}

fn column(name: &str) -> Column {
    let name = name.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match () {
        () if any(&["height", "身高"]) => Column::Height,
        () if any(&["chest", "bust", "胸围"]) => Column::Chest,
        () if any(&["size", "尺码", "尺寸"]) => Column::Size,
        () => Column::Other,
    }
}

fn hint(columns: &[(Column, String)], cells: &[String], paragraph: Paragraph) -> Option<SizeHint> {
    let cell = |wanted| columns.iter().zip(cells).find(|((column, _), _)| *column == wanted).map(|(_, cell)| cell);
    let label = cell(Column::Size)?.to_uppercase();
    let height = cell(Column::Height).and_then(|text| range(text));
    let chest = cell(Column::Chest).and_then(|text| range(text));
    (height.is_some() || chest.is_some()).then_some(SizeHint { label, height, chest, paragraph })
}

/// `170–178` and the like; a lone number is both bounds.
fn range(text: &str) -> Option<(u16, u16)> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter_map(|run| run.parse::<u16>().ok());
    let least = numbers.next()?;
    let most = numbers.next().unwrap_or(least);
    (least <= most).then_some((least, most))
}

/// Text without Markdown's marks; of a link the words remain.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '*' | '`' | '[' => {}
            ']' if chars.peek() == Some(&'(') => {
                let _address = chars.by_ref().take_while(|c| *c != ')').count();
            }
            ']' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}
