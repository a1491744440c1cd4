//! Orders as Shopify's webhooks send them.
#![allow(clippy::unwrap_used, reason = "a failure in a helper is a failed test")]

use proptest::prelude::*;
use serde_json::{Value, json};
use vitrine_operations::order::{Decision, OrderStatus};
use vitrine_operations::shopify::{ShopifyError, Topic, order, verify};

/// The fields of Shopify's order resource as its documentation shows them, with numbers of our own.
fn payload() -> Value {
    serde_json::from_str(include_str!("shopify/order.json")).unwrap()
}

fn read(topic: Topic, payload: &Value) -> (vitrine_operations::order::Order, usize) {
    order(topic, payload.to_string().as_bytes()).unwrap()
}

#[test]
fn the_signature_is_hmac_sha256_of_the_body_in_base64() {
    // python3 -c "import base64,hashlib,hmac;print(base64.b64encode(hmac.new(b'hush',b'{\"id\":1}',hashlib.sha256).digest()).decode())"
    let signature = "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY=";
    assert!(verify("hush", signature, br#"{"id":1}"#));
    assert!(!verify("hush", signature, br#"{"id":2}"#));
    assert!(!verify("hush!", signature, br#"{"id":1}"#));
    for wrong in ["", "AAAA", "v1,", &signature[1..], &format!("{signature}A")] {
        assert!(!verify("hush", wrong, br#"{"id":1}"#), "{wrong}");
    }
    // A secret that was never set opens nothing.
    let empty = "OH4HrEMyI2Gyl0Nx9AtqhHOTI11vM8Vi/iDRBFu925g=";
    assert!(!verify("", empty, br#"{"id":1}"#));
}

#[test]
fn an_order_becomes_ours() {
    let (order, without_sku) = read(Topic::Create, &payload());
    assert_eq!(order.id, "shopify-820982911946154508");
    assert_eq!(order.status, OrderStatus::Placed);
    assert_eq!(order.placed_at.to_string(), "2026-05-04T07:31:02.000Z");
    assert_eq!(order.updated_at.unwrap().to_string(), "2026-05-04T07:31:04.000Z");
    let lines: Vec<_> = order.lines.iter().map(|line| (line.sku.as_str(), line.units)).collect();
    assert_eq!(lines, [("tee-white-m", 2), ("denim-jacket-light-blue", 1)]);
    let price = order.lines[0].price.clone().unwrap();
    assert_eq!((price.amount.as_str(), price.currency.as_str()), ("19.90", "EUR"));
    // The gift card has no SKU.
    assert_eq!(without_sku, 1);
    assert_eq!(order.problems(), []);
}

#[test]
fn the_same_webhook_again_is_a_duplicate_and_a_later_one_replaces() {
    let (first, _) = read(Topic::Create, &payload());
    assert_eq!(first.decide(None), Decision::New);
    // Shopify sends orders/updated with the same time right after orders/create.
    assert_eq!(read(Topic::Updated, &payload()).0.decide(Some(&first)), Decision::Duplicate);
    let mut later = payload();
    later["updated_at"] = json!("2026-05-04T09:40:00+02:00");
    later["cancelled_at"] = json!("2026-05-04T09:40:00+02:00");
    let (cancelled, _) = read(Topic::Cancelled, &later);
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    assert_eq!(cancelled.decide(Some(&first)), Decision::Replaces);
    assert_eq!(first.decide(Some(&cancelled)), Decision::Outdated);
    let mut other = payload();
    other["line_items"][0]["quantity"] = json!(3);
    assert_eq!(read(Topic::Updated, &other).0.decide(Some(&first)), Decision::Conflict);
}

#[test]
fn what_was_refunded_and_put_back_does_not_count() {
    let mut some = payload();
    let refund = |quantity: u32, restock: &str| json!({ "refund_line_items": [{ "line_item_id": 466157049, "quantity": quantity, "restock_type": restock }] });
    some["refunds"] = json!([refund(1, "return")]);
    assert_eq!(read(Topic::Updated, &some).0.lines[0].units, 1);
    some["refunds"] = json!([refund(1, "no_restock")]);
    assert_eq!(read(Topic::Updated, &some).0.lines[0].units, 2);
    let mut all = payload();
    let back = |id: u64, quantity: u32| json!({ "line_item_id": id, "quantity": quantity, "restock_type": "return" });
    all["refunds"] = json!([{ "refund_line_items": [back(466157049, 2), back(518995019, 1)] }]);
    let (order, _) = read(Topic::Updated, &all);
    assert_eq!(order.status, OrderStatus::Returned);
    assert_eq!(order.lines.len(), 2);
    assert_eq!(order.problems(), []);
}

#[test]
fn what_is_no_order_is_said() {
    assert!(matches!(order(Topic::Create, b"{"), Err(ShopifyError::Form(_))));
    assert!(matches!(order(Topic::Create, b"{}"), Err(ShopifyError::Form(said)) if said.contains("id")));
    let mut none = payload();
    for item in none["line_items"].as_array_mut().unwrap() {
        item["sku"] = json!("");
    }
    let said = order(Topic::Create, none.to_string().as_bytes()).unwrap_err();
    assert_eq!(said, ShopifyError::NoSku("shopify-820982911946154508".into()));
    assert_eq!(Topic::named("orders/paid"), None);
}

proptest! {
    #[test]
    fn any_bytes_are_an_order_or_an_error(body: Vec<u8>, signature in ".{0,60}") {
        let _ = order(Topic::Updated, &body);
        let _ = verify("hush", &signature, &body);
    }
}
