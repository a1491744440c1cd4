//! Who changed what: written with every change, listed for owners.

use serde::Deserialize;
use vitrine_api::{access::AuditEntry, list::Page, routes::Operation};

use crate::{
    access::Caller,
    clock,
    database::{Database, Statement},
    failure::Outcome,
    request::Query,
};

/// A change that is being made.
pub(crate) struct Change<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) operation: Operation,
    pub(crate) request: &'a str,
}

impl Change<'_> {
    /// The entry, to be written with what it tells of.
    pub(crate) fn entry(&self, database: &Database, target: &str) -> Outcome<Statement> {
        let by = self.caller.name();
        let action = self.operation.route().id;
        database.statement(
            "INSERT INTO audit(at, by, action, target, request) VALUES (?1, ?2, ?3, ?4, ?5)",
            &[clock::now().milliseconds().into(), (&by).into(), action.into(), target.into(), self.request.into()],
        )
    }
}

/// `GET /v1/audit`.
pub(crate) async fn list(database: &Database, query: &Query) -> Outcome<Page<AuditEntry>> {
    #[derive(Deserialize)]
    struct Row {
        id: i64,
        at: i64,
        by: String,
        action: String,
        target: String,
        request: String,
    }
    let limit = query.limit()?;
    let before = query.number("cursor")?.unwrap_or(i64::MAX >> 10);
    let sql = "SELECT id, at, by, action, target, request FROM audit WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
    let mut rows: Vec<Row> = database.rows(sql, &[before.into(), (limit + 1).into()]).await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let items = rows.into_iter().map(|row| AuditEntry {
        id: u64::try_from(row.id).unwrap_or_default(),
        at: clock::text(row.at),
        by: row.by,
        action: row.action,
        target: row.target,
        request: row.request,
    });
    Ok(Page { items: items.collect(), next })
}
