//! What the assistant knows, indexed once for each version in each isolate.

use std::{cell::RefCell, rc::Rc};

use serde::Deserialize;
use vitrine_api::knowledge::Tongue;
use vitrine_assistant::{Knowledge, PolicyText};
use vitrine_catalog::{Language, Product};

use super::{catalogue, policies};
use crate::{
    database::Database,
    failure::{Failure, Outcome},
};

thread_local! {
    /// The version that was indexed last in this isolate: a cache, nothing more.
    static KNOWN: RefCell<Option<(i64, Rc<Knowledge>)>> = const { RefCell::new(None) };
}

/// The row of `knowledge`.
#[derive(Deserialize)]
pub(super) struct Versions {
    pub(super) version: u64,
    catalogue: i64,
}

/// The version of what is known.
pub(super) async fn versions(database: &Database) -> Outcome<Versions> {
    let row: Option<Versions> = database.row("SELECT version, catalogue FROM knowledge", &[]).await?;
    row.ok_or_else(|| Failure::Fault("the table `knowledge` is empty: apply the migrations".to_owned()))
}

/// What is known now; `None` where the shop has given no catalogue yet.
pub(crate) async fn current(database: &Database) -> Outcome<Option<Rc<Knowledge>>> {
    let versions = versions(database).await?;
    if versions.catalogue == 0 {
        return Ok(None);
    }
    let version = i64::try_from(versions.version).unwrap_or(i64::MAX);
    let cached = KNOWN.with_borrow(|known| match known {
        Some((cached, knowledge)) if *cached == version => Some(Rc::clone(knowledge)),
        _ => None,
    });
    if cached.is_some() {
        return Ok(cached);
    }
    let text = catalogue::text(database).await?;
    let products: Vec<Product> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let texts: Vec<PolicyText> = policies::all(database)
        .await?
        .into_iter()
        .map(|stored| PolicyText { name: stored.name, language: language(stored.language), markdown: stored.body })
        .collect();
    let knowledge = Rc::new(Knowledge::new(products, &texts));
    KNOWN.with_borrow_mut(|known| *known = Some((version, Rc::clone(&knowledge))));
    Ok(Some(knowledge))
}

/// The language of the catalogue's crate.
pub(crate) const fn language(tongue: Tongue) -> Language {
    match tongue {
        Tongue::En => Language::En,
        Tongue::Zh => Language::Zh,
    }
}
