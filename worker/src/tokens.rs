//! Tokens: made, listed, withdrawn. Only their hash is kept.

use serde::Deserialize;
use vitrine_api::{
    access::{AddToken, NewToken, Role, Token},
    list::Page,
};
use vitrine_devices::timestamp::Timestamp;

use crate::{
    access::TOKEN,
    audit::Change,
    clock,
    database::Database,
    failure::{Failure, Outcome},
    random,
    request::Query,
};

/// The longest label, in characters.
const LONGEST_LABEL: usize = 200;

/// `POST /v1/tokens`.
pub(crate) async fn add(database: &Database, wanted: AddToken, change: &Change<'_>) -> Outcome<NewToken> {
    check_label(&wanted.label)?;
    let now = clock::now();
    let expires = expiry(wanted.expires_at.as_deref(), now)?;
    let token = random::token(TOKEN)?;
    let id = random::id()?;
    let insert = database.statement(
        "INSERT INTO tokens(id, hash, role, label, created, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        &[
            (&id).into(),
            (&random::sha256(&token)).into(),
            role_word(wanted.role).into(),
            (&wanted.label).into(),
            now.milliseconds().into(),
            expires.map(Timestamp::milliseconds).into(),
        ],
    )?;
    let entry = change.entry(database, &format!("token {id}"))?;
    database.batch(vec![insert, entry]).await?;
    let about = Token {
        id,
        role: wanted.role,
        label: wanted.label,
        created_at: now.to_string(),
        expires_at: expires.map(|time| time.to_string()),
    };
    Ok(NewToken { token, about })
}

/// `GET /v1/tokens`.
pub(crate) async fn list(database: &Database, query: &Query) -> Outcome<Page<Token>> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
        role: Role,
        label: String,
        created: i64,
        expires: Option<i64>,
    }
    let limit = query.limit()?;
    let sql = "SELECT id, role, label, created, expires FROM tokens WHERE id > ?1 ORDER BY id LIMIT ?2";
    let rows: Vec<Row> =
        database.rows(sql, &[query.get("cursor").unwrap_or_default().into(), (limit + 1).into()]).await?;
    let tokens = rows.into_iter().map(|row| Token {
        id: row.id,
        role: row.role,
        label: row.label,
        created_at: clock::text(row.created),
        expires_at: row.expires.map(clock::text),
    });
    Ok(crate::page::cut(tokens.collect(), limit, |token| token.id.clone()))
}

/// `DELETE /v1/tokens/{id}`.
pub(crate) async fn remove(database: &Database, id: &str, change: &Change<'_>) -> Outcome<()> {
    if database.run("DELETE FROM tokens WHERE id = ?1", &[id.into()]).await? == 0 {
        return Err(Failure::nothing("token"));
    }
    database.batch(vec![change.entry(database, &format!("token {id}"))?]).await
}

/// A label that people can tell apart.
pub(crate) fn check_label(label: &str) -> Outcome<()> {
    if label.trim().is_empty() || label.chars().count() > LONGEST_LABEL {
        return Err(Failure::field("/label", format!("A label has 1 to {LONGEST_LABEL} characters.")));
    }
    Ok(())
}

/// A time in the future, where one is given.
pub(crate) fn expiry(text: Option<&str>, now: Timestamp) -> Outcome<Option<Timestamp>> {
    let Some(text) = text else { return Ok(None) };
    let time = Timestamp::parse(text).map_err(|error| Failure::field("/expiresAt", error.to_string()))?;
    if time <= now {
        return Err(Failure::field("/expiresAt", "This time is over already."));
    }
    Ok(Some(time))
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Viewer => "viewer",
        Role::Operator => "operator",
        Role::Owner => "owner",
    }
}
