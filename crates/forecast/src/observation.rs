//! From rows as they come to a clean series: order, repeats, silence, stock-outs.

use jiff::civil::DateTime;

use crate::error::ForecastError;
use crate::fill::{fill, hold_outliers};
use crate::frequency::{Frequency, day_number, read_time};
use crate::series::{Mark, Notes, Series};

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation<'a> {
    /// Its line, for messages.
    pub line: u64,
    /// When: ISO 8601, with or without a time.
    pub date: &'a str,
    /// How much; `None` where it is not known.
    pub value: Option<f64>,
    /// Whether stock had run out in this period, so that more may have been wanted than was sold.
    pub out_of_stock: bool,
}

/// What a period without a row means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Silence {
    /// What the data say: zero where no row says zero and a tenth of the periods or more have no row, else unknown.
    #[default]
    FromData,
    /// Nothing was sold.
    Zero,
    /// Not known.
    Unknown,
}

/// How rows are read.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The length of a period; `None` takes it from the dates.
    pub frequency: Option<Frequency>,
    /// What a period without a row means.
    pub silence: Silence,
    /// Most periods from the first to the last, at most [`LONGEST`]: each takes some tens of bytes.
    pub longest: usize,
}

impl Default for Reading {
    fn default() -> Self {
        Self { frequency: None, silence: Silence::default(), longest: LONGEST }
    }
}

/// One in so many rows may repeat a time before repeats count as lines of their own.
const LINES: usize = 10;

/// Most periods from the first to the last.
pub const LONGEST: usize = 2_000_000;

struct Row {
    time: DateTime,
    value: Option<f64>,
    out_of_stock: bool,
}

#[derive(Clone, Copy, Default)]
struct Cell {
    value: Option<f64>,
    out_of_stock: bool,
    seen: bool,
}

impl Series {
    /// Cleans rows, in any order.
    ///
    /// Where a few rows have the very time of an earlier one, they replace it; where more than a tenth do, they are lines of
    /// what was sold, and add up, as rows of other times in the same period always do. Unknown periods, and those in which stock had run out, get what neighbours and season suggest.
    ///
    /// # Errors
    /// Dates that cannot be read and values that are not finite, by line; no known value; a span of more periods than
    /// `reading` allows.
    pub fn from_observations(observations: &[Observation<'_>], reading: Reading) -> Result<Self, ForecastError> {
        let mut rows = Vec::with_capacity(observations.len());
        for observation in observations {
            rows.push(read(observation)?);
        }
        let mut notes = Notes { rows: rows.len(), ..Notes::default() };
        notes.sorted = rows.is_sorted_by_key(|row| row.time);
        rows.sort_by_key(|row| row.time);
        let repeats = rows.windows(2).filter(|pair| matches!(pair, [a, b] if a.time == b.time)).count();
        // A few rows of a time that was there before correct it; many are the lines of what was sold then.
        let lines = repeats * LINES > rows.len();
        let mut unique: Vec<Row> = Vec::with_capacity(rows.len());
        for row in rows {
            match unique.last_mut() {
                Some(last) if last.time == row.time && !lines => {
                    *last = row;
                    notes.repeated += 1;
                }
                _ => unique.push(row),
            }
        }
        let mut times: Vec<DateTime> = unique.iter().map(|row| row.time).collect();
        times.dedup();
        let frequency = reading.frequency.or_else(|| Frequency::detect(&times)).unwrap_or(Frequency::Day);
        let (Some(start), Some(end)) = (times.first(), times.last()) else { return Err(ForecastError::Empty) };
        let anchor = day_number(start.date());
        let first = frequency.period(*start, anchor);
        let span = usize::try_from(frequency.period(*end, anchor) - first).unwrap_or(usize::MAX);
        let most = reading.longest.min(LONGEST);
        if span >= most {
            return Err(ForecastError::TooLong { periods: span.saturating_add(1), unit: frequency.unit(), most });
        }
        let mut cells = vec![Cell::default(); span + 1];
        for row in &unique {
            let place = usize::try_from(frequency.period(row.time, anchor) - first).unwrap_or(0);
            let Some(cell) = cells.get_mut(place) else { continue };
            notes.added += usize::from(cell.seen);
            cell.seen = true;
            cell.out_of_stock |= row.out_of_stock;
            if let Some(value) = row.value {
                cell.value = Some(cell.value.unwrap_or(0.0) + value);
            }
        }
        Self::from_cells(frequency, first, anchor, cells, reading.silence, notes)
    }

    /// A series without dates: one value per period, `None` where it is not known. It is dated from `start`, ISO 8601.
    ///
    /// # Errors
    /// As for [`Series::from_observations`]; lines are numbered by the values' places, from 1.
    pub fn from_values(values: &[Option<f64>], frequency: Frequency, start: &str) -> Result<Self, ForecastError> {
        let time = read_time(start).ok_or_else(|| ForecastError::Line { line: 1, problem: unreadable(start) })?;
        if values.len() > LONGEST {
            return Err(ForecastError::TooLong { periods: values.len(), unit: frequency.unit(), most: LONGEST });
        }
        for (place, value) in values.iter().enumerate() {
            finite(*value, place as u64 + 1)?;
        }
        let anchor = day_number(time.date());
        let cells = values.iter().map(|&value| Cell { value, out_of_stock: false, seen: true }).collect();
        let notes = Notes { rows: values.len(), sorted: true, ..Notes::default() };
        Self::from_cells(frequency, frequency.period(time, anchor), anchor, cells, Silence::Unknown, notes)
    }

    fn from_cells(
        frequency: Frequency,
        first: i64,
        anchor: i64,
        mut cells: Vec<Cell>,
        silence: Silence,
        mut notes: Notes,
    ) -> Result<Self, ForecastError> {
        let unseen = cells.iter().filter(|cell| !cell.seen).count();
        let zeros = cells.iter().any(|cell| cell.value == Some(0.0));
        notes.silence_is_zero = match silence {
            Silence::Zero => unseen > 0,
            Silence::Unknown => false,
            Silence::FromData => !zeros && unseen > 0 && 10 * unseen >= cells.len(),
        };
        if notes.silence_is_zero {
            for cell in cells.iter_mut().filter(|cell| !cell.seen) {
                cell.value = Some(0.0);
            }
        }
        // What lies before the first known value says nothing.
        let known = |cell: &Cell| cell.value.is_some() && !cell.out_of_stock;
        let leading = cells.iter().position(known).ok_or(ForecastError::Empty)?;
        let cells = cells.split_off(leading);
        let mut series = Self {
            frequency,
            first: first + i64::try_from(leading).unwrap_or(0),
            anchor,
            values: Vec::new(),
            marks: Vec::new(),
            notes,
        };
        for cell in &cells {
            let mark = match (cell.value, cell.out_of_stock) {
                (_, true) => Mark::Censored,
                (Some(_), false) => Mark::Seen,
                (None, false) => Mark::Missing,
            };
            series.marks.push(mark);
            series.values.push(cell.value.unwrap_or(0.0));
        }
        series.notes.missing = series.marks.iter().filter(|&&mark| mark == Mark::Missing).count();
        series.notes.censored = series.marks.iter().filter(|&&mark| mark == Mark::Censored).count();
        let season = series.frequency.seasons().first().copied().unwrap_or(1);
        fill(&mut series.values, &series.marks, season);
        series.notes.outliers = hold_outliers(&mut series.values, &mut series.marks, season);
        Ok(series)
    }
}

fn unreadable(date: &str) -> String {
    let shown: String = date.chars().take(40).collect();
    format!("`{shown}` is not a date: write 2026-03-01, 2026-03 or 2026-03-01T14:00")
}

fn finite(value: Option<f64>, line: u64) -> Result<(), ForecastError> {
    match value {
        Some(value) if !value.is_finite() => {
            let problem = format!("the value {value} is not a number: leave it empty where it is not known");
            Err(ForecastError::Line { line, problem })
        }
        Some(value) if value.abs() > 1e100 => Err(ForecastError::TooLarge),
        _ => Ok(()),
    }
}

fn read(observation: &Observation<'_>) -> Result<Row, ForecastError> {
    let Observation { line, date, value, out_of_stock } = *observation;
    let time = read_time(date).ok_or_else(|| ForecastError::Line { line, problem: unreadable(date) })?;
    finite(value, line)?;
    Ok(Row { time, value, out_of_stock })
}
