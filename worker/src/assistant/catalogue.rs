//! The catalogue that the assistant knows: JSON Lines in the database, all of it or none.

use serde::Deserialize;
use vitrine_api::{
    knowledge::CatalogueKept,
    problem::{FieldError, Problem, ProblemKind},
};
use vitrine_catalog::{FeedFormat, FeedOptions, FeedProblem, FeedReader, Language, Product};
use worker::Request;

use crate::{
    audit::Change,
    database::Database,
    failure::{Failure, Outcome},
    request,
};

/// The longest catalogue, in bytes.
const LONGEST: usize = 8 * 1024 * 1024;
/// Most products: an index of them lies in the memory of each isolate.
const MOST_PRODUCTS: usize = 10_000;
/// The longest part, in bytes: a row of the database may have 2 MB.
const PART: usize = 1024 * 1024;
/// Wrong rows that are told at most.
const MOST_TOLD: usize = 20;
/// What JSON Lines are called.
const KINDS: [&str; 3] = ["application/jsonl", "application/x-ndjson", "application/x-jsonlines"];

/// `PUT /v1/catalogue`.
///
/// # Errors
/// 415 for another kind of body, 413 for a longer one, 422 where a row cannot be used, naming line and field.
pub(super) async fn put(database: &Database, request: &mut Request, change: &Change<'_>) -> Outcome<CatalogueKept> {
    super::check_kind(request, &KINDS)?;
    let body = request::body(request, LONGEST).await?;
    let products = read(&body)?;
    let mut statements = vec![database.statement(
        "UPDATE knowledge SET version = version + 1, catalogue = version + 1, products = ?1",
        &[i64::try_from(products.len()).unwrap_or(i64::MAX).into()],
    )?];
    for (number, part) in (0_i64..).zip(parts(&products)?) {
        statements.push(database.statement(
            "INSERT INTO catalogue_parts(version, part, body) SELECT catalogue, ?1, ?2 FROM knowledge",
            &[number.into(), (&part).into()],
        )?);
    }
    let sql = "DELETE FROM catalogue_parts WHERE version < (SELECT catalogue FROM knowledge)";
    statements.push(database.statement(sql, &[])?);
    statements.push(change.entry(database, "catalogue")?);
    database.batch(statements).await?;
    let version = super::knowledge::versions(database).await?.version;
    Ok(CatalogueKept { products: products.len() as u64, version })
}

/// Reads all rows.
fn read(body: &[u8]) -> Outcome<Vec<Product>> {
    let options = FeedOptions { format: Some(FeedFormat::Jsonl), ..FeedOptions::default() };
    let mut reader = FeedReader::new(options);
    let batch = reader.push(body).and_then(|mut batch| {
        batch.append(reader.finish()?);
        Ok(batch)
    });
    let batch = batch.map_err(|error| {
        Failure::refused(ProblemKind::Unprocessable, format!("The catalogue: {}", error.sentence(Language::En)))
    })?;
    if !batch.problems.is_empty() {
        return Err(wrong_rows(&batch.problems).into());
    }
    if batch.products.len() > MOST_PRODUCTS {
        let detail = format!("The catalogue has {} products; it may have {MOST_PRODUCTS}.", batch.products.len());
        return Err(Failure::refused(ProblemKind::TooLarge, detail));
    }
    Ok(batch.products)
}

fn wrong_rows(problems: &[FeedProblem]) -> Problem {
    let count = problems.len();
    let first = problems.first().map(|problem| problem.sentence(Language::En)).unwrap_or_default();
    let mut problem = Problem::new(
        ProblemKind::Unprocessable,
        format!("{count} rows cannot be used, so nothing was changed. The first: {first}"),
    );
    problem.errors = problems
        .iter()
        .take(MOST_TOLD)
        .map(|problem| FieldError {
            pointer: format!("/{}/{}", problem.line.saturating_sub(1), problem.field.replace('.', "/")),
            detail: problem.sentence(Language::En),
        })
        .collect();
    problem
}

/// The products as lines, in parts of whole lines.
fn parts(products: &[Product]) -> Outcome<Vec<String>> {
    let mut parts = Vec::new();
    let mut part = String::new();
    for product in products {
        let line = serde_json::to_string(product)?;
        if line.len() > PART {
            let detail = format!("The product {} has {} bytes; it may have {PART}.", product.id, line.len());
            return Err(Failure::refused(ProblemKind::TooLarge, detail));
        }
        if part.len() + line.len() > PART {
            parts.push(std::mem::take(&mut part));
        }
        part.push_str(&line);
        part.push('\n');
    }
    parts.push(part);
    Ok(parts)
}

/// `GET /v1/catalogue`.
pub(super) async fn text(database: &Database) -> Outcome<String> {
    #[derive(Deserialize)]
    struct Row {
        body: String,
    }
    let sql = "SELECT body FROM catalogue_parts JOIN knowledge ON catalogue_parts.version = catalogue ORDER BY part";
    let rows: Vec<Row> = database.rows(sql, &[]).await?;
    if rows.is_empty() {
        return Err(Failure::nothing("catalogue: put one here first"));
    }
    Ok(rows.into_iter().map(|row| row.body).collect())
}
