//! Which size to take: by the shop's size guide and the garment's own measures.

use vitrine_catalog::{Identifier, Measure, Product, SizeRow};

use super::policy;
use crate::facts::{length, size_of};
use crate::policy::SizeHint;
use crate::reply::Source;
use crate::slots::Body;
use crate::teller::{Teller, of};

/// By how many centimetres a garment's chest should exceed its wearer's, at least.
const EASE: f32 = 6.0;

/// Advises on the size of a product, or by the guide alone.
pub(crate) fn size(teller: &mut Teller<'_>, id: Option<&Identifier>, body: &Body) {
    let product = id.and_then(|id| teller.knowledge.product(id));
    if let Some(product) = product {
        teller.reply.products.push(product.id.clone());
        if product.sizes.is_empty() {
            let title = teller.name(product);
            teller.say("size.noTable", &[("title", title)], vec![of(product)]);
        }
    }
    if body.height.is_none() && body.chest.is_none() {
        if let (Some(product), Some(usual)) = (product, &body.usual) {
            return measures(teller, product, usual);
        }
        return teller.plain("size.ask");
    }
    let by_chest = product.zip(body.chest).and_then(|(product, chest)| by_chest(teller, product, chest));
    let label = match by_chest {
        Some(label) => Some(label),
        None => by_guide(teller, body),
    };
    if let (Some(product), Some(label)) = (product, label.or_else(|| body.usual.clone())) {
        measures(teller, product, &label);
    }
}

/// The smallest size with room around the chest.
fn by_chest(teller: &mut Teller<'_>, product: &Product, chest: u16) -> Option<String> {
    let girth = |row: &&SizeRow| row.measures.get(&Measure::Chest).map(|it| it.get());
    let roomy = product.sizes.iter().filter(|row| girth(row).is_some_and(|it| it >= f32::from(chest) + EASE));
    let row = roomy.min_by(|a, b| girth(a).unwrap_or(0.0).total_cmp(&girth(b).unwrap_or(0.0)))?;
    let title = teller.knowledge.name(product, teller.language);
    let (measure, given) = (length(girth(&row)?), chest.to_string());
    let values = [("title", title), ("size", row.label.as_str()), ("measure", &measure), ("given", &given)];
    teller.say("size.chest", &values, vec![of(product), Source::Shopper { said: given.clone() }]);
    Some(row.label.clone())
}

/// What the shop's size guide says, in the shopper's language where it has one.
fn by_guide(teller: &mut Teller<'_>, body: &Body) -> Option<String> {
    let holds = |range: Option<(u16, u16)>, value: Option<u16>| {
        range.zip(value).is_some_and(|((least, most), value)| (least..=most).contains(&value))
    };
    let fits =
        |hint: &&SizeHint| holds(hint.chest, body.chest) || (body.chest.is_none() && holds(hint.height, body.height));
    let hints = &teller.knowledge.size_hints;
    let own = hints.iter().filter(fits).find(|hint| hint.paragraph.language == teller.language);
    let (key, name, value) = match (body.chest, body.height) {
        (Some(chest), _) => ("size.given.chest", "chest", chest.to_string()),
        (None, height) => ("size.given.height", "height", height.unwrap_or_default().to_string()),
    };
    let given = teller.word(key, &[(name, value.as_str())]);
    let said = Source::Shopper { said: value.clone() };
    let Some(hint) = own.or_else(|| hints.iter().find(fits)) else {
        teller.say("size.outside", &[("given", &given)], vec![said, Source::Policies]);
        teller.offer_person();
        return None;
    };
    let values = [("given", given.as_str()), ("size", hint.label.as_str()), ("row", hint.paragraph.text.as_str())];
    teller.say("size.guide", &values, vec![policy::of(&hint.paragraph), said]);
    Some(hint.label.clone())
}

/// The garment's own measures in a size, and whether that is sold out.
fn measures(teller: &mut Teller<'_>, product: &Product, label: &str) {
    let title = teller.knowledge.name(product, teller.language);
    if let Some(row) = product.sizes.iter().find(|row| row.label.eq_ignore_ascii_case(label)) {
        let measures = teller.measures(row);
        let values = [("title", title), ("size", row.label.as_str()), ("measures", measures.as_str())];
        teller.say("size.measures", &values, vec![of(product)]);
    }
    let variant = product.variants.iter().find(|it| size_of(it).is_some_and(|own| own.eq_ignore_ascii_case(label)));
    if let Some(size) = variant.filter(|it| !it.availability.is_buyable()).and_then(size_of) {
        teller.say("size.soldOut", &[("title", title), ("size", size)], vec![of(product)]);
    }
}
