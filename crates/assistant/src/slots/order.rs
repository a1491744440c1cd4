//! Order numbers: `#1042`, "order 1042", "订单 A-1042", and bare numbers where one is waited for.

use super::OrderNumber;
use super::price::ends_with_any;

const BEFORE: [&str; 20] = [
    "#",
    "№",
    "order",
    "order number",
    "order no",
    "order no.",
    "order nr",
    "order id",
    "order number is",
    "number",
    "number is",
    "order:",
    "orders",
    "purchase",
    "订单",
    "订单号",
    "单号",
    "订单号是",
    "单号是",
    "订单编号",
];
/// What a number measures when it is no order.
const UNITS: [&str; 17] =
    ["cm", "m", "kg", "€", "$", "£", "eur", "euro", "euros", "usd", "dollars", "yuan", "元", "块", "厘米", "公分", "%"];

/// Order numbers that are named as such, and numbers that may be one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Orders {
    pub(crate) named: Vec<OrderNumber>,
    pub(crate) possible: Vec<OrderNumber>,
}

/// Reads a normalised text.
pub(crate) fn read(text: &str) -> Orders {
    let mut orders = Orders::default();
    for (start, word) in words(text) {
        let end = start + word.len();
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let before = text.get(..start).unwrap_or_default().trim_end().trim_end_matches([':', ' ', '是']);
        let after = text.get(end..).unwrap_or_default().trim_start();
        let Ok(number) = OrderNumber::new(word) else { continue };
        let named = ends_with_any(before, &BEFORE) || text.get(..start).unwrap_or_default().ends_with('#');
        let measured = super::price::starts_with_any(after, &UNITS) || before.ends_with(['€', '$', '£', '¥']);
        let mixed = digits >= 3 && word.contains('-') && word.bytes().any(|byte| byte.is_ascii_alphabetic());
        if digits < 3 || measured {
            continue;
        }
        let list = if named || mixed { &mut orders.named } else { &mut orders.possible };
        if (named || mixed || digits >= 4) && !list.contains(&number) {
            list.push(number);
        }
    }
    orders
}

/// Runs of ASCII letters, digits and inner hyphens with where they start.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(part)?;
        let length = text.get(start..)?.find(|c| !part(c)).unwrap_or(text.len() - start);
        at = start + length;
        let word = text.get(start..at)?;
        let bare = word.trim_matches('-');
        Some((start + (word.len() - word.trim_start_matches('-').len()), bare))
    })
}
