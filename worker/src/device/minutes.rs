//! Readings per minute: added up in memory, written with the next flush. After a restart they are added up again from the
//! events that came since the last one.

use vitrine_devices::{Config, Milli, Reading, Timestamp};
use vitrine_operations::{
    Metric, metrics,
    rollup::{self, Resolution, Row, Rows},
};

use super::tables::number;
use crate::{failure::Outcome, news::Minute, sql::Sql};

/// What came since the last flush, by metric and start.
#[derive(Default)]
pub(super) struct Minutes(Rows);

impl Minutes {
    /// Adds what one event says.
    pub(super) fn add(&mut self, reading: &Reading, config: &Config, at: Timestamp) {
        metrics::observe(reading, config, |metric, value| {
            rollup::add(&mut self.0, Resolution::Minute, metric, value, at);
        });
    }

    /// Adds them to the table's rows, and forgets them; as part of a transaction.
    pub(super) fn write(&mut self, sql: &Sql, version: u64) -> Outcome<()> {
        for ((metric, start), row) in &self.0 {
            let known = find(sql, *metric, *start)?;
            let all = minute(*metric, *start, known.map_or(*row, |known| known.merged(*row)));
            sql.run(
                "INSERT INTO minutes(metric, start, count, sum, min, max, last, last_at, version) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(metric, start) DO UPDATE SET \
                 count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max, \
                 last = excluded.last, last_at = excluded.last_at, version = excluded.version",
                vec![
                    all.metric.into(),
                    all.start.into(),
                    all.count.into(),
                    all.sum.into(),
                    all.min.into(),
                    all.max.into(),
                    all.last.into(),
                    all.last_at.into(),
                    number(version),
                ],
            )?;
        }
        self.0.clear();
        Ok(())
    }
}

/// A row as it is stored and sent.
pub(super) fn minute(metric: Metric, start: Timestamp, row: Row) -> Minute {
    Minute {
        metric: metric.as_str().to_owned(),
        start: start.milliseconds(),
        count: i64::try_from(row.count).unwrap_or(i64::MAX),
        sum: row.sum.parts(),
        min: row.min.parts(),
        max: row.max.parts(),
        last: row.last.parts(),
        last_at: row.last_at.milliseconds(),
    }
}

fn find(sql: &Sql, metric: Metric, start: Timestamp) -> Outcome<Option<Row>> {
    let query =
        "SELECT metric, start, count, sum, min, max, last, last_at FROM minutes WHERE metric = ?1 AND start = ?2";
    let known: Option<Minute> = sql.row(query, vec![metric.as_str().into(), start.milliseconds().into()])?;
    Ok(known.map(|known| Row {
        count: u64::try_from(known.count).unwrap_or_default(),
        sum: Milli::from_parts(known.sum),
        min: Milli::from_parts(known.min),
        max: Milli::from_parts(known.max),
        last: Milli::from_parts(known.last),
        last_at: Timestamp::from_milliseconds(known.last_at),
    }))
}

/// Rows that changed after a version.
pub(super) fn since(sql: &Sql, version: u64) -> Outcome<Vec<Minute>> {
    sql.rows(
        "SELECT metric, start, count, sum, min, max, last, last_at FROM minutes WHERE version > ?1 ORDER BY start, metric",
        vec![number(version)],
    )
}
