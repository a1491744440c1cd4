//! From an answer to the events that tell it.

use vitrine_api::chat::{
    ActionName, Card, CardPrice, Cards, ChatEvent, Choice, Choices, CodeWanted, HandOver, Question, Sentence, TryOn,
};
use vitrine_assistant::{Action, Knowledge, OrderNumber, Reply, Source as Rests};
use vitrine_catalog::{Identifier, Language, Money};

use crate::assistant::sources;

/// Digits of a code.
const DIGITS: u8 = 6;
/// Messages that say what the card of a product says: title, price, whether it is sold out.
const CARD_LINES: [&str; 3] = ["product.line", "product.reduced", "product.soldOut"];

/// The events of an answer, in the order in which they are told; `awaited` is the order whose code is waited for.
pub(super) fn of(reply: &Reply, awaited: Option<&OrderNumber>, knowledge: &Knowledge) -> Vec<ChatEvent> {
    let language = reply.language;
    let mut events: Vec<ChatEvent> = reply
        .sentences
        .iter()
        .map(|sentence| {
            let sources = sentence.sources.iter().map(|rests| sources::of(rests, language, knowledge)).collect();
            let on_card = CARD_LINES.contains(&sentence.key.as_str())
                && matches!(sentence.sources.as_slice(), [Rests::Product { id }] if reply.products.contains(id));
            ChatEvent::Sentence(Sentence { text: sentence.text.clone(), sources, on_card })
        })
        .collect();
    let items: Vec<Card> = reply.products.iter().filter_map(|id| card(id, language, knowledge)).collect();
    if !items.is_empty() {
        events.push(ChatEvent::Products(Cards { items }));
    }
    if let Some(number) = awaited {
        events.push(ChatEvent::Code(CodeWanted { order: number.to_string(), digits: DIGITS }));
    }
    if let Some(confirm) = &reply.confirm {
        let Action::StartReturn { number, skus } = &confirm.action;
        events.push(ChatEvent::Confirm(Question {
            token: confirm.token.clone(),
            action: ActionName::StartReturn,
            order: number.to_string(),
            skus: skus.clone(),
        }));
    }
    if let Some(product) = &reply.try_on {
        events.push(ChatEvent::TryOn(TryOn { product: product.to_string() }));
    }
    if reply.hand_over {
        events.push(ChatEvent::HandOver(HandOver {}));
    }
    if !reply.choices.is_empty() {
        let items = reply.choices.iter().map(|choice| Choice { label: choice.label.clone() }).collect();
        events.push(ChatEvent::Choices(Choices { items }));
    }
    events
}

fn card(id: &Identifier, language: Language, knowledge: &Knowledge) -> Option<Card> {
    let product = knowledge.product(id)?;
    let price = |money: &Money| CardPrice { minor: money.minor, currency: money.currency.code().to_owned() };
    Some(Card {
        id: id.to_string(),
        title: knowledge.name(product, language).to_owned(),
        price: price(&product.price),
        compare_at: product.compare_at.as_ref().map(price),
        picture: product.pictures.first().map(|picture| picture.url.clone()),
        link: product.link.clone(),
        buyable: product.availability.is_buyable(),
    })
}
