//! The shop's database (D1): statements with bound values, rows as types.

use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use worker::{D1Database, D1PreparedStatement, Env};

use crate::failure::Outcome;

/// The database.
pub(crate) struct Database(D1Database);

/// A statement with its values.
pub(crate) type Statement = D1PreparedStatement;

/// A value to be bound.
pub(crate) enum Bound<'a> {
    Null,
    Integer(i64),
    Text(&'a str),
}

impl From<i64> for Bound<'_> {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl<'a> From<&'a str> for Bound<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a String> for Bound<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}

impl<'a, T: Into<Bound<'a>>> From<Option<T>> for Bound<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl Bound<'_> {
    fn js(&self) -> JsValue {
        match self {
            Self::Null => JsValue::NULL,
            // Times and counts stay far below 2^53, up to which JavaScript's numbers are exact.
            Self::Integer(value) => JsValue::from_f64(*value as f64),
            Self::Text(text) => JsValue::from_str(text),
        }
    }
}

impl Database {
    /// The database that `wrangler.toml` binds.
    pub(crate) fn of(env: &Env) -> Outcome<Self> {
        Ok(Self(env.d1("DB")?))
    }

    /// A statement for [`Self::batch`].
    pub(crate) fn statement(&self, sql: &str, values: &[Bound<'_>]) -> Outcome<Statement> {
        let values: Vec<JsValue> = values.iter().map(Bound::js).collect();
        Ok(self.0.prepare(sql).bind(&values)?)
    }

    /// All rows of a query.
    pub(crate) async fn rows<T: DeserializeOwned>(&self, sql: &str, values: &[Bound<'_>]) -> Outcome<Vec<T>> {
        Ok(self.statement(sql, values)?.all().await?.results()?)
    }

    /// The first row of a query.
    pub(crate) async fn row<T: DeserializeOwned>(&self, sql: &str, values: &[Bound<'_>]) -> Outcome<Option<T>> {
        Ok(self.statement(sql, values)?.first(None).await?)
    }

    /// Runs a statement and tells how many rows it changed.
    pub(crate) async fn run(&self, sql: &str, values: &[Bound<'_>]) -> Outcome<usize> {
        let done = self.statement(sql, values)?.run().await?;
        Ok(done.meta()?.and_then(|meta| meta.changes).unwrap_or_default())
    }

    /// Runs statements as one transaction.
    pub(crate) async fn batch(&self, statements: Vec<Statement>) -> Outcome<()> {
        if !statements.is_empty() {
            self.0.batch(statements).await?;
        }
        Ok(())
    }
}
