//! A Durable Object's own database (SQLite): statements with bound values, rows as types, transactions.

use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use worker::{SqlStorageValue, State};

use crate::failure::{Failure, Outcome};

#[wasm_bindgen]
extern "C" {
    /// The part of `DurableObjectStorage` that the `worker` crate does not have.
    type Storage;

    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(this: &Storage, work: &mut dyn FnMut() -> Result<JsValue, JsValue>)
    -> Result<JsValue, JsValue>;
}

/// The database of one object.
#[derive(Clone)]
pub(crate) struct Sql {
    sql: worker::SqlStorage,
    storage: std::rc::Rc<Storage>,
}

/// A value to be bound.
pub(crate) type Value = SqlStorageValue;

impl Sql {
    /// The database of the object that `state` belongs to.
    pub(crate) fn of(state: &State) -> Self {
        let storage = state.storage();
        let raw: &JsValue = storage.as_raw().as_ref();
        Self { sql: storage.sql(), storage: std::rc::Rc::new(raw.clone().unchecked_into()) }
    }

    /// Runs a statement and tells how many rows it wrote, those of indices included.
    pub(crate) fn run(&self, query: &str, values: Vec<Value>) -> Outcome<usize> {
        Ok(self.sql.exec(query, values)?.rows_written())
    }

    /// All rows of a query.
    pub(crate) fn rows<T: DeserializeOwned>(&self, query: &str, values: Vec<Value>) -> Outcome<Vec<T>> {
        Ok(self.sql.exec(query, values)?.to_array()?)
    }

    /// The first row of a query.
    pub(crate) fn row<T: DeserializeOwned>(&self, query: &str, values: Vec<Value>) -> Outcome<Option<T>> {
        Ok(self.rows(query, values)?.into_iter().next())
    }

    /// Runs `work` so that all of what it writes is written, or, where it fails, nothing.
    pub(crate) fn transaction<T>(&self, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        let mut work = Some(work);
        let mut outcome = None;
        let done = self.storage.transaction_sync(&mut || {
            let Some(work) = work.take() else { return Ok(JsValue::UNDEFINED) };
            let result = work();
            let failed = result.is_err();
            outcome = Some(result);
            // Throwing is how the runtime is told to take everything back.
            if failed { Err(JsValue::from_str("taken back")) } else { Ok(JsValue::UNDEFINED) }
        });
        match (outcome, done) {
            (Some(Ok(value)), Ok(_)) => Ok(value),
            (Some(Err(failure)), _) => Err(failure),
            (_, Err(error)) => Err(worker::Error::from(error).into()),
            (None, Ok(_)) => Err(Failure::Fault("the transaction was not run".to_owned())),
        }
    }
}
