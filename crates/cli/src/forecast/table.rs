//! Reading series from CSV: one observation per row, or one series per row.

use std::collections::BTreeMap;
use std::path::Path;

use csv_core::{ReadRecordResult, Reader};
use vitrine_forecast::{ForecastError, Observation, Reading, Series};

use super::columns::{Columns, Places, WHOLE};
use crate::failure::Failure;

/// A series of the file, or why it cannot be used.
pub(crate) struct Loaded {
    pub(crate) id: String,
    pub(crate) on_hand: Option<f64>,
    pub(crate) series: Result<Series, ForecastError>,
}

/// A row with the line it begins on.
struct Row {
    line: u64,
    cells: Vec<String>,
}

pub(crate) fn load(path: &Path, columns: &Columns, reading: Reading) -> Result<Vec<Loaded>, Failure> {
    let bytes = std::fs::read(path).map_err(Failure::file(path))?;
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let line = 1 + bytes.iter().take(error.valid_up_to()).filter(|&&byte| byte == b'\n').count();
        unusable(path, &format!("line {line}: this is not UTF-8: save the file as UTF-8"))
    })?;
    let rows = read(text.trim_start_matches('\u{feff}'));
    let Some(heading) = rows.first() else { return Err(unusable(path, "the file is empty")) };
    let trimmed: Vec<String> = heading.cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let places = columns.places(&trimmed).map_err(|problem| unusable(path, &format!("line 1: {problem}")))?;
    let loaded = match places {
        Some(places) => long(rows.get(1..).unwrap_or_default(), places, reading),
        None => wide(&rows, &trimmed, reading),
    };
    let loaded = loaded.map_err(|problem| unusable(path, &problem))?;
    if loaded.is_empty() { Err(unusable(path, "there is a heading but no row below it")) } else { Ok(loaded) }
}

fn unusable(path: &Path, problem: &str) -> Failure {
    Failure::Usage(format!("{}: {problem}", path.display()))
}

fn read(text: &str) -> Vec<Row> {
    let mut reader = Reader::new();
    let (mut input, mut rows) = (text.as_bytes(), Vec::new());
    let (mut output, mut ends) = (vec![0; 4096], vec![0; 64]);
    let (mut written, mut ended) = (0, 0);
    let mut line = 1;
    loop {
        let free = output.get_mut(written..).unwrap_or_default();
        let free_ends = ends.get_mut(ended..).unwrap_or_default();
        let (result, taken, wrote, fields) = reader.read_record(input, free, free_ends);
        input = input.get(taken..).unwrap_or_default();
        (written, ended) = (written + wrote, ended + fields);
        match result {
            ReadRecordResult::OutputFull => output.resize(2 * output.len(), 0),
            ReadRecordResult::OutputEndsFull => ends.resize(2 * ends.len(), 0),
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::End => return rows,
            ReadRecordResult::Record => {
                let mut from = 0;
                let cells: Vec<String> = ends
                    .iter()
                    .take(ended)
                    .map(|&end| {
                        let cell = output.get(from..end).unwrap_or_default();
                        from = end;
                        String::from_utf8_lossy(cell).into_owned()
                    })
                    .collect();
                rows.push(Row { line, cells });
                line = reader.line();
                (written, ended) = (0, 0);
            }
        }
    }
}

/// A number, or none where the cell is empty or says that it is not known.
fn number(cell: &str, line: u64) -> Result<Option<f64>, String> {
    let cell = cell.trim();
    if ["", "na", "nan", "null", "none"].iter().any(|unknown| cell.eq_ignore_ascii_case(unknown)) {
        return Ok(None);
    }
    let shown: String = cell.chars().take(40).collect();
    cell.parse()
        .map(Some)
        .map_err(|_| format!("line {line}: `{shown}` is not a number: write 12.5, or nothing where it is not known"))
}

/// One series as it is gathered: rows of line, date, value and whether stock had run out.
#[derive(Default)]
struct Gathered<'a> {
    observations: Vec<Observation<'a>>,
    on_hand: Option<f64>,
}

fn long(rows: &[Row], places: Places, reading: Reading) -> Result<Vec<Loaded>, String> {
    let mut gathered: BTreeMap<&str, Gathered<'_>> = BTreeMap::new();
    for Row { line, cells } in rows {
        let line = *line;
        let cell = |place: usize| cells.get(place).map_or("", |cell| cell.trim());
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let on_hand = places.on_hand.map(|place| number(cell(place), line)).transpose()?.flatten();
        let stockout = places.stockout.map(cell).unwrap_or_default();
        let ran_out = ["1", "true", "yes"].iter().any(|yes| stockout.eq_ignore_ascii_case(yes));
        let value = number(cell(places.value), line)?;
        let one = gathered.entry(places.id.map_or("", cell)).or_default();
        one.on_hand = on_hand.or(one.on_hand);
        one.observations.push(Observation {
            line,
            date: cell(places.date),
            value,
            out_of_stock: ran_out || on_hand.is_some_and(|left| left <= 0.0),
        });
    }
    let finish = |(id, one): (&str, Gathered<'_>)| Loaded {
        id: if id.is_empty() { "series".to_owned() } else { id.to_owned() },
        on_hand: one.on_hand,
        series: Series::from_observations(&one.observations, reading),
    };
    Ok(gathered.into_iter().map(finish).collect())
}

/// One series per row. The heading is made of dates, or of anything with `--every`; a file without a heading begins with
/// numbers. A column `train` or `values` holds a whole series, its values between spaces.
fn wide(rows: &[Row], heading: &[String], reading: Reading) -> Result<Vec<Loaded>, String> {
    let bare = heading.iter().all(|cell| cell.is_empty() || cell.parse::<f64>().is_ok());
    let dated = !bare && heading.len() > 1 && heading.iter().skip(1).all(|cell| looks_like_date(cell));
    let whole = heading.iter().position(|name| WHOLE.iter().any(|whole| name.eq_ignore_ascii_case(whole)));
    let mut loaded = Vec::new();
    for Row { line, cells } in rows.iter().skip(usize::from(!bare)) {
        let id = if bare { line.to_string() } else { cells.first().cloned().unwrap_or_default() };
        let mut values = Vec::with_capacity(cells.len());
        match whole {
            Some(place) => {
                for word in cells.get(place).map_or("", String::as_str).split_whitespace() {
                    values.push(number(word, *line)?);
                }
            }
            None => {
                for cell in cells.iter().skip(usize::from(!bare)) {
                    values.push(number(cell, *line)?);
                }
            }
        }
        let series = if dated {
            let observation =
                |(date, value): (&String, &Option<f64>)| -> Option<(String, f64)> { Some((date.clone(), (*value)?)) };
            let known: Vec<(String, f64)> = heading.iter().skip(1).zip(&values).filter_map(observation).collect();
            let observations: Vec<Observation<'_>> = known
                .iter()
                .map(|(date, value)| Observation { line: *line, date, value: Some(*value), out_of_stock: false })
                .collect();
            Series::from_observations(&observations, reading)
        } else {
            let frequency = reading.frequency.ok_or_else(|| {
                "the file has no dates: say how long a period is, such as --every month, or name columns with --date-column and --value-column".to_owned()
            })?;
            // What lies after the last known value is not part of the history.
            while values.last().is_some_and(Option::is_none) {
                values.pop();
            }
            Series::from_values(&values, frequency, "2000-01-01")
        };
        loaded.push(Loaded { id, on_hand: None, series });
    }
    Ok(loaded)
}

fn looks_like_date(cell: &str) -> bool {
    let digits = cell.bytes().take(4).filter(u8::is_ascii_digit).count();
    digits == 4 && cell.get(4..5) == Some("-")
}
