//! Whether a product is there: what the shop's things see, what the catalogue says, what the forecast expects.

use vitrine_catalog::{Identifier, Product};

use crate::facts::{all_sizes, day, is_buyable, is_name, minute, size_of, sizes};
use crate::found::StockFact;
use crate::reply::Source;
use crate::teller::{Teller, of};

/// The most places told of.
const MOST_SITES: usize = 4;

/// Tells of the stock of a product, in one size or all.
pub(crate) fn stock(teller: &mut Teller<'_>, id: &Identifier, size: Option<&str>) {
    let Some(product) = teller.knowledge.product(id) else { return teller.plain("clarify.product") };
    let title = teller.name(product);
    teller.reply.products.push(id.clone());
    let variant = size.and_then(|size| {
        product.variants.iter().find(|it| size_of(it).is_some_and(|own| own.eq_ignore_ascii_case(size)))
    });
    if let (Some(size), None) = (size, variant) {
        let made: Vec<String> = all_sizes(product).into_iter().map(str::to_owned).collect();
        if !made.is_empty() {
            let made = teller.list(&made);
            teller.say(
                "stock.noSize",
                &[("title", title), ("size", size), ("sizes", &made)],
                vec![of(product), said(size)],
            );
            return;
        }
    }
    let skus: Vec<&str> = match variant {
        Some(variant) => vec![variant.sku.as_str()],
        None => std::iter::once(id.as_str()).chain(product.variants.iter().map(|it| it.sku.as_str())).collect(),
    };
    let seen: Vec<&StockFact> =
        teller.found.stock.iter().filter(|it| skus.contains(&it.sku.as_str()) && is_name(&it.site)).collect();
    match variant {
        Some(variant) => {
            let key = if variant.availability.is_buyable() { "stock.inSize" } else { "stock.outSize" };
            let size = size_of(variant).unwrap_or_default();
            teller.say(key, &[("title", title), ("size", size)], vec![of(product)]);
        }
        None => catalogue(teller, product),
    }
    for fact in seen.into_iter().take(MOST_SITES) {
        tell(teller, product, fact);
    }
    let forecasts = teller.found.forecasts.iter().filter(|it| skus.contains(&it.sku.as_str()));
    for fact in forecasts.take(1) {
        let source = || vec![of(product), Source::Forecast { sku: fact.sku.clone(), made_at: fact.made_at.clone() }];
        if let Some(date) = &fact.runs_out {
            let values = [("title", title), ("made", day(&fact.made_at)), ("date", date.as_str())];
            teller.say("stock.runsOut", &values, source());
        }
        if let Some(date) = &fact.arrives {
            teller.say("stock.arrives", &[("title", title), ("date", date)], source());
        }
    }
}

fn catalogue(teller: &mut Teller<'_>, product: &Product) {
    let title = teller.knowledge.name(product, teller.language);
    let (there, gone) = sizes(product);
    let list = |sizes: Vec<&str>| sizes.into_iter().map(str::to_owned).collect::<Vec<_>>();
    if there.is_empty() || !is_buyable(product) {
        let key = if is_buyable(product) { "stock.in" } else { "stock.out" };
        return teller.say(key, &[("title", title)], vec![of(product)]);
    }
    let sizes = teller.list(&list(there));
    teller.say("stock.sizes", &[("title", title), ("sizes", &sizes)], vec![of(product)]);
    if !gone.is_empty() {
        let sizes = teller.list(&list(gone));
        teller.say("stock.sizesOut", &[("title", title), ("sizes", &sizes)], vec![of(product)]);
    }
}

fn tell(teller: &mut Teller<'_>, product: &Product, fact: &StockFact) {
    let title = teller.knowledge.name(product, teller.language);
    let (units, time) = (fact.units.to_string(), minute(&fact.observed_at));
    let source =
        Source::Stock { sku: fact.sku.clone(), site: fact.site.clone(), observed_at: fact.observed_at.clone() };
    let sources = vec![of(product), source];
    let variant = product.variants.iter().find(|it| it.sku.as_str() == fact.sku);
    let mut values =
        vec![("title", title), ("units", units.as_str()), ("site", fact.site.as_str()), ("time", time.as_str())];
    match variant.and_then(size_of) {
        Some(size) => {
            values.push(("size", size));
            teller.say("stock.seenSize", &values, sources);
        }
        None => teller.say("stock.seen", &values, sources),
    }
}

fn said(size: &str) -> Source {
    Source::Shopper { said: size.to_owned() }
}
