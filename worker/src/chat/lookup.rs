//! Looking up what an answer needs: stock, and orders that are proven.

use std::collections::BTreeSet;

use vitrine_assistant::{Found, Need, StockFact};

use crate::{assistant::orders, database::Database, failure::Outcome, stock};

/// What was found; what could not be looked up fails the turn, so that nothing is taken for missing that is only away.
pub(super) async fn look_up(database: &Database, needs: &[Need]) -> Outcome<Found> {
    let mut found = Found::default();
    let mut wanted = BTreeSet::new();
    for need in needs {
        match need {
            Need::Stock { skus, .. } => wanted.extend(skus.iter().cloned()),
            Need::Forecast { .. } => {}
            Need::Order { number } => found.orders.extend(orders::fact(database, number).await?),
        }
    }
    if !wanted.is_empty() {
        found.stock = stock::of(database, &wanted)
            .await?
            .into_iter()
            .filter_map(|entry| {
                let observed_at = entry.sources.first()?.observed_at.clone();
                Some(StockFact { sku: entry.sku, site: entry.site, units: entry.units?, observed_at })
            })
            .collect();
    }
    Ok(found)
}
