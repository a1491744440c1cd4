//! Labelled texts from JSON lines or CSV.

use std::io::BufRead;

use serde_json::Value;

use crate::TrainError;

/// A text and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextExample {
    /// The text.
    pub text: String,
    /// What it is.
    pub label: String,
    /// Texts of one group are alike, such as those made from one pattern: they are held out together. Each text is its own
    /// group where none is named.
    pub group: Option<String>,
}

/// Names of the field or column that holds the label.
const LABELS: [&str; 5] = ["label", "command", "intent", "category", "class"];

/// Reads `{"text": …, "command": …}` lines, which may name a `group`, or CSV whose heading has `text` and one of `label`, `command`, `intent`, `category`, `class`.
pub fn read_examples(input: impl BufRead) -> Result<Vec<TextExample>, TrainError> {
    let mut text = String::new();
    let mut input = input;
    input.read_to_string(&mut text)?;
    let text = text.trim_start_matches('\u{feff}');
    let rows = if text.trim_start().starts_with('{') { json_rows(text)? } else { csv_rows(text)? };
    if rows.is_empty() {
        return Err(TrainError::Line { line: 1, problem: "there are no examples; give texts with labels".to_owned() });
    }
    Ok(rows)
}

fn json_rows(text: &str) -> Result<Vec<TextExample>, TrainError> {
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let problem = |problem: String| TrainError::Line { line: at as u64 + 1, problem };
        let value: Value = serde_json::from_str(line).map_err(|error| problem(format!("no JSON: {error}")))?;
        let field = |name: &str| value.get(name).and_then(Value::as_str);
        let (Some(text), Some(label)) = (field("text"), LABELS.iter().find_map(|name| field(name))) else {
            return Err(problem(format!("expected \"text\" and one of {LABELS:?}, both texts")));
        };
        let group = value.get("group").map(Value::to_string);
        rows.push(TextExample { text: text.to_owned(), label: label.to_owned(), group });
    }
    Ok(rows)
}

fn csv_rows(text: &str) -> Result<Vec<TextExample>, TrainError> {
    let mut lines = records(text).into_iter();
    let problem = |line: u64, problem: String| TrainError::Line { line, problem };
    let (_, heading) = lines.next().unwrap_or_default();
    let place = |names: &[&str]| heading.iter().position(|name| names.contains(&name.trim().to_lowercase().as_str()));
    let (Some(text_at), Some(label_at)) = (place(&["text"]), place(&LABELS)) else {
        return Err(problem(1, format!("expected a heading with `text` and one of {LABELS:?}")));
    };
    lines
        .map(|(line, cells)| match (cells.get(text_at), cells.get(label_at)) {
            (Some(text), Some(label)) if !label.trim().is_empty() => {
                Ok(TextExample { text: text.clone(), label: label.trim().to_owned(), group: None })
            }
            _ => Err(problem(line, format!("expected {} cells as in the heading, with a label", heading.len()))),
        })
        .collect()
}

/// Records of RFC 4180 with the line on which each begins; empty lines are left out.
fn records(text: &str) -> Vec<(u64, Vec<String>)> {
    let (mut found, mut record, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut line, mut begun) = (false, 1, 1);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        line += u64::from(c == '\n');
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                if !record.is_empty() || !cell.is_empty() {
                    record.push(std::mem::take(&mut cell));
                    found.push((begun, std::mem::take(&mut record)));
                }
                begun = line;
            }
            c => cell.push(c),
        }
    }
    if !record.is_empty() || !cell.is_empty() {
        record.push(cell);
        found.push((begun, record));
    }
    found
}
