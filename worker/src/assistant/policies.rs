//! The shop's policies: Markdown by language and name.

use serde::Deserialize;
use vitrine_api::{
    knowledge::{PolicyEntry, Tongue},
    list::Page,
    problem::{Problem, ProblemKind},
};
use worker::Request;

use crate::{
    audit::Change,
    clock,
    database::{Database, Statement},
    failure::{Failure, Outcome},
    request,
};

/// The longest policy, in bytes.
const LONGEST: usize = 64 * 1024;
/// Most policies: all of them lie in the memory of each isolate.
const MOST: i64 = 100;
const KINDS: [&str; 2] = ["text/markdown", "text/plain"];

/// A policy as it is stored.
#[derive(Deserialize)]
pub(crate) struct Stored {
    pub(crate) language: Tongue,
    pub(crate) name: String,
    pub(crate) body: String,
}

/// `PUT /v1/policies/{language}/{name}`.
pub(super) async fn put(
    database: &Database,
    (language, name): (&str, &str),
    request: &mut Request,
    change: &Change<'_>,
) -> Outcome<PolicyEntry> {
    let language = tongue(language)?;
    check_name(name)?;
    super::check_kind(request, &KINDS)?;
    let body = String::from_utf8(request::body(request, LONGEST).await?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::refused(ProblemKind::BadRequest, format!("The policy is not UTF-8 at byte {at}."))
    })?;
    if body.trim().is_empty() {
        return Err(Failure::refused(ProblemKind::BadRequest, "A policy must say something; DELETE takes one away."));
    }
    #[derive(Deserialize)]
    struct Row {
        others: i64,
    }
    let sql = "SELECT count(*) AS others FROM policies WHERE NOT (language = ?1 AND name = ?2)";
    let row: Option<Row> = database.row(sql, &[language.as_str().into(), name.into()]).await?;
    if row.is_some_and(|row| row.others >= MOST) {
        return Err(Failure::refused(ProblemKind::TooLarge, format!("There may be {MOST} policies.")));
    }
    let now = clock::now().milliseconds();
    let insert = database.statement(
        "INSERT INTO policies(language, name, body, updated) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT(language, name) DO UPDATE SET body = excluded.body, updated = excluded.updated",
        &[language.as_str().into(), name.into(), (&body).into(), now.into()],
    )?;
    let entry = change.entry(database, &format!("policy {}/{name}", language.as_str()))?;
    database.batch(vec![insert, grow(database)?, entry]).await?;
    Ok(PolicyEntry { language, name: name.to_owned(), bytes: body.len() as u64, updated_at: clock::text(now) })
}

/// The version of what is known grows.
fn grow(database: &Database) -> Outcome<Statement> {
    database.statement("UPDATE knowledge SET version = version + 1", &[])
}

/// `GET /v1/policies/{language}/{name}`.
pub(super) async fn text(database: &Database, (language, name): (&str, &str)) -> Outcome<String> {
    let sql = "SELECT language, name, body FROM policies WHERE language = ?1 AND name = ?2";
    let row: Option<Stored> = database.row(sql, &[tongue(language)?.as_str().into(), name.into()]).await?;
    row.map(|row| row.body).ok_or_else(|| Failure::nothing("policy"))
}

/// `DELETE /v1/policies/{language}/{name}`.
pub(super) async fn remove(database: &Database, (language, name): (&str, &str), change: &Change<'_>) -> Outcome<()> {
    let language = tongue(language)?;
    let sql = "DELETE FROM policies WHERE language = ?1 AND name = ?2";
    if database.run(sql, &[language.as_str().into(), name.into()]).await? == 0 {
        return Err(Failure::nothing("policy"));
    }
    let entry = change.entry(database, &format!("policy {}/{name}", language.as_str()))?;
    database.batch(vec![grow(database)?, entry]).await
}

/// `GET /v1/policies`.
pub(super) async fn list(database: &Database) -> Outcome<Page<PolicyEntry>> {
    #[derive(Deserialize)]
    struct Row {
        language: Tongue,
        name: String,
        bytes: u64,
        updated: i64,
    }
    let sql =
        "SELECT language, name, length(CAST(body AS BLOB)) AS bytes, updated FROM policies ORDER BY language, name";
    let rows: Vec<Row> = database.rows(sql, &[]).await?;
    let items = rows.into_iter().map(|row| PolicyEntry {
        language: row.language,
        name: row.name,
        bytes: row.bytes,
        updated_at: clock::text(row.updated),
    });
    Ok(Page { items: items.collect(), next: None })
}

/// All of them.
pub(super) async fn all(database: &Database) -> Outcome<Vec<Stored>> {
    database.rows("SELECT language, name, body FROM policies ORDER BY language, name", &[]).await
}

fn tongue(word: &str) -> Outcome<Tongue> {
    match word {
        "en" => Ok(Tongue::En),
        "zh" => Ok(Tongue::Zh),
        _ => Err(Problem::new(ProblemKind::NotFound, "Policies are written in `en` or `zh`.").into()),
    }
}

fn check_name(name: &str) -> Outcome<()> {
    let fits = (1..=63).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !name.starts_with('-');
    if fits {
        return Ok(());
    }
    let detail = "A policy's name has 1 to 63 lower-case letters, digits and hyphens, such as `returns`.";
    Err(Failure::refused(ProblemKind::BadRequest, detail))
}
