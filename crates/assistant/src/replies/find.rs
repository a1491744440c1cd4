//! Products that fit what is asked for; where none does, those that come closest.

use std::collections::BTreeMap;

use vitrine_catalog::{Identifier, Product};

use crate::facts::{is_buyable, size_of};
use crate::lexicon::has;
use crate::resolve::fits;
use crate::slots::{PriceBounds, Wanted};
use crate::teller::{Teller, of};
use crate::words::terms;

/// Products shown as cards, and those of them that sentences tell of.
const CARDS: usize = 6;
const TOLD: usize = 3;
/// A word must be at least so rare, and a text score so much, to find anything by itself.
const LEAST_SCORE: f64 = 2.5;

/// Searches and tells; gives the products shown.
pub(crate) fn find(teller: &mut Teller<'_>, wanted: &Wanted) -> Vec<Identifier> {
    let wanted = in_currency(teller, wanted);
    let (mut found, exact) = search(teller, &wanted);
    found.truncate(CARDS);
    tell(teller, &found, if exact { "find.found" } else { "find.closest" })
}

/// Suggests what fits, sells and, where it should go with something, is of another kind.
pub(crate) fn recommend(teller: &mut Teller<'_>, wanted: &Wanted, like: Option<&Identifier>) -> Vec<Identifier> {
    let wanted = in_currency(teller, wanted);
    let Some(product) = like.and_then(|id| teller.knowledge.product(id)) else {
        let asked = Wanted { words: String::new(), ..wanted };
        let (found, _) = search(teller, &asked);
        return tell(teller, &spread(found), "recommend.found");
    };
    let other_kind = |it: &&Product| it.category.last() != product.category.last() && is_buyable(it);
    let asked = Wanted { words: String::new(), ..wanted };
    let goods = teller.knowledge.products.iter().filter(other_kind).filter(|it| fits(it, &asked));
    let shared = |it: &Product| it.attributes.iter().filter(|value| product.attributes.contains(value)).count();
    let mut found: Vec<&Product> = goods.collect();
    found.sort_by_key(|it| std::cmp::Reverse(shared(it)));
    if found.is_empty() {
        return tell(teller, &[], "find.none");
    }
    let title = teller.name(product);
    teller.say("recommend.with", &[("title", title)], vec![of(product)]);
    list(teller, &spread(found))
}

/// Drops bounds of a price in another currency, saying so.
fn in_currency(teller: &mut Teller<'_>, wanted: &Wanted) -> Wanted {
    let mut wanted = wanted.clone();
    if let (Some(named), Some(own)) = (wanted.price.currency, teller.knowledge.currency())
        && named != own
    {
        wanted.price = PriceBounds::default();
        let source = teller.knowledge.products.first().map(of);
        teller.say("find.currency", &[("currency", own.code())], source.into_iter().collect());
    }
    wanted
}

/// Products, best first, and whether they have all that is asked for.
fn search<'a>(teller: &Teller<'a>, wanted: &Wanted) -> (Vec<&'a Product>, bool) {
    let knowledge = teller.knowledge;
    let words = terms(&wanted.words);
    let scores: BTreeMap<u32, f64> = knowledge.goods.search(&words).into_iter().collect();
    let asks = !wanted.properties.is_empty() || wanted.price != PriceBounds::default();
    let in_size = |it: &Product| {
        let Some(size) = &wanted.size else { return true };
        it.variants
            .iter()
            .any(|form| form.availability.is_buyable() && size_of(form).is_some_and(|it| it.eq_ignore_ascii_case(size)))
    };
    let ranked = |fit: &dyn Fn(&Product) -> f64| {
        let goods = knowledge.products.iter().enumerate();
        let mut found: Vec<(f64, &'a Product)> = goods
            .map(|(at, it)| {
                let text = scores.get(&(at as u32)).copied().unwrap_or(0.0);
                (fit(it) + text.min(20.0) + if is_buyable(it) { 0.2 } else { 0.0 }, it)
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found
    };
    let all = |it: &Product| fits(it, wanted) && in_size(it);
    if asks || wanted.size.is_some() || words.is_empty() {
        let exact: Vec<&Product> = ranked(&|_| 0.0).into_iter().map(|(_, it)| it).filter(|it| all(it)).collect();
        if !exact.is_empty() {
            return (exact, true);
        }
        let kinds: Vec<_> = wanted.properties.iter().filter(|it| it.key == "category").collect();
        let kind_sold = kinds.is_empty() || kinds.iter().any(|kind| knowledge.products.iter().any(|it| has(it, kind)));
        if !kind_sold {
            return (Vec::new(), false);
        }
        let near = |it: &Product| {
            let held = wanted.properties.iter().filter(|property| has(it, property));
            let kind = held.clone().any(|property| property.key == "category");
            held.count() as f64 * 4.0 + if kind { 8.0 } else { 0.0 } + if fits_price(it, wanted) { 3.0 } else { 0.0 }
        };
        let near: Vec<&Product> =
            ranked(&near).into_iter().filter(|(score, _)| *score >= 4.0).map(|(_, it)| it).take(TOLD).collect();
        return (near, false);
    }
    let best = scores.values().copied().fold(0.0, f64::max);
    let good = |score: f64| score >= LEAST_SCORE && score >= best * 0.5;
    let found = ranked(&|_| 0.0).into_iter().filter(|(score, _)| good(*score)).map(|(_, it)| it);
    (found.collect(), true)
}

fn fits_price(product: &Product, wanted: &Wanted) -> bool {
    fits(product, &Wanted { price: wanted.price, ..Wanted::default() })
}

/// One of each kind first, so that a suggestion is not six of the same.
fn spread(products: Vec<&Product>) -> Vec<&Product> {
    let mut seen: BTreeMap<Option<&vitrine_catalog::Category>, usize> = BTreeMap::new();
    let mut ranked: Vec<(usize, &Product)> = Vec::new();
    for product in products {
        let count = seen.entry(product.category.last()).or_default();
        ranked.push((*count, product));
        *count += 1;
    }
    ranked.sort_by_key(|(count, _)| *count);
    ranked.into_iter().map(|(_, product)| product).take(CARDS).collect()
}

fn tell<'a>(teller: &mut Teller<'a>, products: &[&'a Product], key: &str) -> Vec<Identifier> {
    if products.is_empty() {
        teller.say("find.none", &[], vec![crate::reply::Source::Catalogue]);
        return Vec::new();
    }
    let sources = if key == "find.closest" { vec![crate::reply::Source::Catalogue] } else { Vec::new() };
    teller.say(key, &[], sources);
    list(teller, products)
}

fn list<'a>(teller: &mut Teller<'a>, products: &[&'a Product]) -> Vec<Identifier> {
    for product in products.iter().take(TOLD) {
        teller.line(product);
    }
    let shown: Vec<Identifier> = products.iter().map(|product| product.id.clone()).collect();
    teller.reply.products.extend(shown.iter().cloned());
    shown
}
