//! A clean series: one value for each period, and a mark that says where it comes from.

use serde::Serialize;

use crate::frequency::Frequency;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// It was observed.
    Seen,
    /// Nothing was observed; the value is what its neighbours and the season suggest.
    Missing,
    /// Stock had run out, so demand was at least what was sold; the value is what its neighbours and the season suggest,
    /// or what was sold if that is more.
    Censored,
    /// What was observed stands alone far out; the value is the most that its neighbours and the season suggest.
    Outlier,
}

/// What cleaning found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Notes {
    /// Rows that were read.
    pub rows: usize,
    /// Rows with the very time of an earlier one, which they replaced.
    pub repeated: usize,
    /// Rows that were added to an earlier one of the same period.
    pub added: usize,
    /// Whether the rows were in order of time.
    pub sorted: bool,
    /// Periods without a row.
    pub missing: usize,
    /// Whether periods without a row were taken for zeros: where no row says zero, silence means that nothing was sold.
    pub silence_is_zero: bool,
    /// Periods in which stock had run out.
    pub censored: usize,
    /// Periods whose value stood alone far out.
    pub outliers: usize,
}

/// A clean series.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub(crate) frequency: Frequency,
    /// The number of the first period.
    pub(crate) first: i64,
    /// The weekday that weeks begin on, as the number of a day.
    pub(crate) anchor: i64,
    pub(crate) values: Vec<f64>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) notes: Notes,
}

impl Series {
    /// The length of its periods.
    #[must_use]
    pub fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// One value per period, oldest first.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// One mark per value.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// What cleaning found.
    #[must_use]
    pub fn notes(&self) -> &Notes {
        &self.notes
    }

    /// The date on which a period begins, ISO 8601; periods after the last value are those to come.
    #[must_use]
    pub fn date(&self, place: usize) -> String {
        self.frequency.write(self.first.saturating_add(i64::try_from(place).unwrap_or(i64::MAX)), self.anchor)
    }

    /// The seasons that fit at least twice.
    #[must_use]
    pub fn seasons(&self) -> &'static [usize] {
        let all = self.frequency.seasons();
        let fitting = all.iter().take_while(|&&season| 2 * season < self.values.len()).count();
        // The shortest stays even where it does not fit: methods that need it leave it out by themselves.
        all.get(..fitting.max(1).min(all.len())).unwrap_or_default()
    }
}
