//! The past of an invented shop, sent to a worker: orders day by day, stocktakes, and what a scale would have said.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering as Atomic},
    thread,
};

use serde_json::json;
use vitrine_api::{
    device::{Config, Kind, RegisterDevice},
    order::{Order, OrderLine, OrderStatus},
    stock::Count,
};

use crate::{
    behaviour::Reading,
    clock::rfc3339,
    demand::{DAY, Product, date},
    error::SimulatorError,
    event::Event,
    fleet::now,
    shop::Shop,
    signer::Signer,
    transport::Request,
};

const HOUR: i64 = 3_600_000;
/// Pieces that a shelf holds.
const SHELF: i64 = 60;
/// The shelf is filled in the morning where fewer are left.
const FILL_BELOW: i64 = 25;
/// Grams of a piece, and of the empty shelf.
const PIECE: f64 = 180.0;
const TARE: f64 = 2000.0;
/// Events of one delivery.
const BATCH: usize = 100;
/// Days of demand that stocktakes find, in turn: some will not last.
const LASTS: [f64; 6] = [16.0, 5.0, 30.0, 60.0, 9.0, 21.0];

/// The orders of the days from `since` up to and without `until`: one for each site and day, with a line for each product
/// that was wanted. Ids name seed, site and day, so that sending them again changes nothing.
#[must_use]
pub fn orders(products: &[Product], seed: u64, since: Option<i64>, until: i64) -> Vec<Order> {
    let mut lines: BTreeMap<(i64, &str), Vec<OrderLine>> = BTreeMap::new();
    for product in products {
        let first = (until - product.days).max(since.unwrap_or(i64::MIN));
        for day in first..until {
            let units = product.wanted(day);
            if units > 0 {
                let line = OrderLine { sku: product.sku.clone(), units, price: None };
                lines.entry((day, product.site.as_str())).or_default().push(line);
            }
        }
    }
    lines
        .into_iter()
        .map(|((day, site), lines)| Order {
            id: format!("invented-{seed}-{site}-{}", date(day)),
            // Some time of the working day, the same each time.
            placed_at: rfc3339(day * DAY + 9 * HOUR + day.rem_euclid(9) * HOUR),
            site: Some(site.to_owned()),
            lines,
            status: OrderStatus::Placed,
            updated_at: None,
        })
        .collect()
}

/// Sends orders over so many connections; tells how many are there after each.
///
/// # Errors
/// Where the worker cannot be reached or refuses one.
pub fn send(
    shop: &Shop<'_>,
    orders: &[Order],
    connections: usize,
    told: &(impl Fn(usize) + Sync),
) -> Result<(), SimulatorError> {
    let (next, sent) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        while let Some(order) = orders.get(next.fetch_add(1, Atomic::Relaxed)) {
            shop.order(order)?;
            told(sent.fetch_add(1, Atomic::Relaxed) + 1);
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..connections.max(1)).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Counts what is there: enough for some days, for others of the products fewer or more.
///
/// # Errors
/// Where the worker cannot be reached or refuses.
pub fn count(shop: &Shop<'_>, products: &[Product], until: i64) -> Result<(), SimulatorError> {
    for (product, lasts) in products.iter().zip(LASTS.iter().cycle()) {
        let week: f64 = (until..until + 7).map(|day| product.expected(day)).sum();
        let units = (week / 7.0 * lasts).round().max(1.0) as u64;
        shop.count(&product.sku, &Count { site: product.site.clone(), units, counted_at: None })?;
    }
    Ok(())
}

/// Registers a scale under a product that is never ordered, and sends what it would have said until now. Does nothing,
/// and says so by `false`, where the scale is there already.
///
/// # Errors
/// Where the worker cannot be reached or refuses.
pub fn weigh(shop: &Shop<'_>, product: &Product, id: &str, days: i64, until: i64) -> Result<bool, SimulatorError> {
    let config = Config {
        unit_grams: Some(PIECE),
        tare_grams: Some(TARE),
        noise_grams: Some(5.0),
        settle_seconds: Some(0),
        ..Config::default()
    };
    let device = RegisterDevice {
        id: Some(id.to_owned()),
        kind: Some(Kind::Scale),
        site: Some(product.site.clone()),
        name: None,
        sku: Some(product.sku.clone()),
        config: Some(config),
        ordering: None,
        limits: None,
        key: None,
    };
    let Some(registered) = shop.register(&device)? else { return Ok(false) };
    let signer = Signer::from_secret(registered.key.secret.as_deref().unwrap_or_default())?;
    for (number, events) in weights(product, days, until).chunks(BATCH).enumerate() {
        let source = crate::plan::source(id);
        let events: Vec<_> = events.iter().map(|event| event.cloud_event(&source, true)).collect();
        let body = serde_json::Value::from(events).to_string().into_bytes();
        let signed = signer.sign(&format!("past_{id}_{number}"), now().div_euclid(1000), &body);
        let headers = vec![
            ("content-type", "application/cloudevents-batch+json".to_owned()),
            ("webhook-id", signed.id),
            ("webhook-timestamp", signed.timestamp),
            ("webhook-signature", signed.signature),
        ];
        let request = Request { method: "POST", path: format!("/v1/devices/{id}/events"), headers, body };
        shop.deliver(&format!("the past of {id}"), &request)?;
    }
    Ok(true)
}

/// A shelf over its last days: filled in the morning, then less after each few buyers.
fn weights(product: &Product, days: i64, until: i64) -> Vec<Event> {
    let mut events = Vec::new();
    let mut left = SHELF;
    let mut say = |at: i64, left: i64| {
        let data = json!({ "grams": TARE + PIECE * left as f64, "stable": true });
        let reading = Reading { kind: "vitrine.scale.weight.v1", data, after: 0 };
        events.push(Event::new(0, events.len() as u64 + 1, at, reading, 0));
    };
    for day in until - days..until {
        if left < FILL_BELOW {
            left = SHELF;
        }
        say(day * DAY + 7 * HOUR, left);
        let wanted = i64::from(product.wanted(day));
        // Four readings a day; what does not divide is taken first.
        for (turn, hour) in (0..4).zip([10, 13, 16, 19]) {
            left -= (wanted / 4 + i64::from(turn < wanted % 4)).min(left);
            say(day * DAY + hour * HOUR, left);
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demand::invent;

    #[test]
    fn orders_hold_what_was_wanted_once_and_a_later_run_goes_on() {
        let skus: Vec<String> = (0..7).map(|at| format!("sku-{at}")).collect();
        let products = invent(&skus, &["online".to_owned(), "main".to_owned()], 3, 20_781, 60);
        let all = orders(&products, 3, None, 20_781);
        let units = |orders: &[Order], sku: &str| -> u32 {
            orders.iter().flat_map(|order| &order.lines).filter(|line| line.sku == sku).map(|line| line.units).sum()
        };
        for product in &products {
            let wanted: u32 = (20_781 - product.days..20_781).map(|day| product.wanted(day)).sum();
            assert_eq!(units(&all, &product.sku), wanted);
        }
        let mut ids: Vec<&str> = all.iter().map(|order| order.id.as_str()).collect();
        ids.dedup();
        assert_eq!(ids.len(), all.len());
        let later = orders(&products, 3, Some(20_771), 20_781);
        assert!(later.len() <= 20 && later.iter().all(|order| all.contains(order)));
    }

    #[test]
    fn a_shelf_loses_what_was_wanted_and_is_filled_at_morning() {
        let products = invent(&["tea".to_owned()], &["main".to_owned()], 3, 20_781, 60);
        let said = weights(&products[0], 30, 20_781);
        assert_eq!(said.len(), 150);
        let pieces: Vec<i64> =
            said.iter().map(|event| ((event.data["grams"].as_f64().unwrap() - TARE) / PIECE).round() as i64).collect();
        for (day, turns) in (20_751..).zip(pieces.chunks(5)) {
            assert_eq!(turns[0] - turns[4], i64::from(products[0].wanted(day)), "{turns:?}");
        }
        assert!(said.iter().zip(1..).all(|(event, sequence)| event.sequence == sequence));
    }
}
