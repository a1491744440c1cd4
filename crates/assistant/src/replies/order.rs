//! How a proven order is, and how its proof went.

use crate::command::ProofOutcome;
use crate::facts::{day, line};
use crate::found::{OrderFact, OrderState};
use crate::reply::Source;
use crate::slots::OrderNumber;
use crate::teller::Teller;

/// Tells of an order.
pub(crate) fn order(teller: &mut Teller<'_>, number: &OrderNumber) {
    let Some(order) = found(teller, number) else { return unknown(teller, number) };
    let sources = || vec![Source::Order { number: number.clone() }];
    let named = [("number", number.as_str())];
    teller.say("order.placed", &[("number", number.as_str()), ("date", day(&order.placed_at))], sources());
    let state = match order.state {
        OrderState::Placed => "order.state.placed",
        OrderState::Cancelled => "order.state.cancelled",
        OrderState::Returned => "order.state.returned",
    };
    teller.say(state, &named, sources());
    if let Some(changed) = order.updated_at.as_deref().filter(|changed| day(changed) != day(&order.placed_at)) {
        teller.say("order.changed", &[("date", day(changed))], sources());
    }
    let lines = lines(teller, order, |_| true);
    if !lines.is_empty() {
        teller.say("order.lines", &[("lines", &lines)], sources());
    }
    let returning = self::lines(teller, order, |sku| order.returning.iter().any(|it| it == sku));
    if !returning.is_empty() {
        teller.say("order.returning", &[("lines", &returning)], sources());
    }
    let products = order.lines.iter().filter_map(|line| teller.knowledge.product_of_sku(&line.sku));
    let products: Vec<_> = products.map(|product| product.id.clone()).take(6).collect();
    for id in products {
        if !teller.reply.products.contains(&id) {
            teller.reply.products.push(id);
        }
    }
}

/// How a proof went that was not right.
pub(crate) fn proof(teller: &mut Teller<'_>, outcome: ProofOutcome) {
    teller.plain(match outcome {
        ProofOutcome::Wrong => "order.codeWrong",
        ProofOutcome::Over => "order.codeOver",
        ProofOutcome::None | ProofOutcome::Right => "order.codeNone",
    });
}

/// The order, if it was found.
pub(crate) fn found<'a>(teller: &Teller<'a>, number: &OrderNumber) -> Option<&'a OrderFact> {
    teller.found.orders.iter().find(|order| order.number == *number)
}

pub(crate) fn unknown(teller: &mut Teller<'_>, number: &OrderNumber) {
    let said = Source::Shopper { said: number.to_string() };
    teller.say("order.unknown", &[("number", number.as_str())], vec![said]);
}

/// The lines of an order whose SKU is wanted.
pub(crate) fn lines(teller: &Teller<'_>, order: &OrderFact, wanted: impl Fn(&str) -> bool) -> String {
    let kept = order.lines.iter().filter(|line| wanted(&line.sku));
    let kept: Vec<String> = kept.take(20).map(|it| line(it, teller.knowledge, teller.language)).collect();
    teller.list(&kept)
}
