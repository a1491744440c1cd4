//! Sending something back: asked first, then done once.

use vitrine_catalog::Identifier;

use super::order::{found, lines, unknown};
use super::policy::quote;
use crate::Token;
use crate::command::Action;
use crate::conversation::Pending;
use crate::found::{OrderFact, OrderState};
use crate::reply::{Act, Confirmation, Source};
use crate::slots::OrderNumber;
use crate::teller::{Teller, of};

/// For how long the question may be answered, in milliseconds.
const ASKED_FOR: u64 = 15 * 60 * 1000;

/// Asks whether to register a return; gives what is then pending.
pub(crate) fn ask_return(
    teller: &mut Teller<'_>,
    number: &OrderNumber,
    products: &[Identifier],
    now: u64,
    token: &mut dyn FnMut() -> Token,
) -> Option<Pending> {
    let Some(order) = found(teller, number) else {
        unknown(teller, number);
        return None;
    };
    if refuse(teller, order) {
        return None;
    }
    let of_product = |sku: &str| {
        products.is_empty() || teller.knowledge.product_of_sku(sku).is_some_and(|it| products.contains(&it.id))
    };
    let asked: Vec<String> = order.lines.iter().map(|it| it.sku.clone()).filter(|sku| of_product(sku)).collect();
    if let (Some(product), true) = (products.first().and_then(|id| teller.knowledge.product(id)), asked.is_empty()) {
        let values = [("title", teller.name(product)), ("number", number.as_str())];
        teller.say("return.notInOrder", &values, vec![of(product), Source::Order { number: number.clone() }]);
        return None;
    }
    let skus: Vec<String> = asked.iter().filter(|sku| !order.returning.contains(sku)).cloned().collect();
    if skus.is_empty() {
        tell(teller, "return.already", order, &asked);
        return None;
    }
    tell(teller, "return.confirm", order, &skus);
    let _there = quote(teller, &teller.word("return.search", &[]), 1);
    let action = Action::StartReturn { number: number.clone(), skus };
    let token = token().hex();
    teller.reply.confirm = Some(Confirmation { token: token.clone(), action: action.clone() });
    Some(Pending { token, action, until: now + ASKED_FOR })
}

/// Does what was confirmed, if the order still allows it; whether it is done.
pub(crate) fn act(teller: &mut Teller<'_>, action: &Action) -> bool {
    let Action::StartReturn { number, skus } = action;
    let Some(order) = found(teller, number) else {
        unknown(teller, number);
        return false;
    };
    if refuse(teller, order) {
        return false;
    }
    if skus.iter().all(|sku| order.returning.contains(sku)) {
        tell(teller, "return.already", order, skus);
        return true;
    }
    tell(teller, "return.done", order, skus);
    teller.reply.act = Some(Act { key: action.key(), action: action.clone() });
    true
}

/// What is said where a button is pressed again.
pub(crate) fn already(teller: &mut Teller<'_>, action: &Action) {
    let Action::StartReturn { number, skus } = action;
    match found(teller, number) {
        Some(order) => tell(teller, "return.already", order, skus),
        None => teller.plain("return.again"),
    }
}

/// Whether the order is in no state to come back.
fn refuse(teller: &mut Teller<'_>, order: &OrderFact) -> bool {
    let key = match order.state {
        OrderState::Placed => return false,
        OrderState::Cancelled => "return.cancelled",
        OrderState::Returned => "return.returned",
    };
    let sources = vec![Source::Order { number: order.number.clone() }];
    teller.say(key, &[("number", order.number.as_str())], sources);
    true
}

fn tell(teller: &mut Teller<'_>, key: &str, order: &OrderFact, skus: &[String]) {
    let lines = lines(teller, order, |sku| skus.iter().any(|it| it == sku));
    let sources = vec![Source::Order { number: order.number.clone() }];
    teller.say(key, &[("lines", &lines), ("number", order.number.as_str())], sources);
}
