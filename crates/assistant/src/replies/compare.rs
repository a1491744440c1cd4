//! Products side by side: what each is, in what they differ, which costs least.

use vitrine_catalog::{Identifier, Product};

use crate::facts::money;
use crate::teller::{Teller, of};

/// Sets them side by side.
pub(crate) fn compare(teller: &mut Teller<'_>, ids: &[Identifier]) {
    let products: Vec<&Product> = ids.iter().filter_map(|id| teller.knowledge.product(id)).collect();
    for product in &products {
        let values = product.attributes.iter().filter(|it| !it.value.is_empty());
        let values: Vec<String> = values.map(|it| it.value.get(teller.language).to_owned()).collect();
        let (price, properties) = (money(product.price), teller.list(&values));
        let title = teller.name(product);
        if properties.is_empty() {
            teller.line(product);
        } else {
            let values = [("title", title), ("price", price.as_str()), ("properties", properties.as_str())];
            teller.say("compare.item", &values, vec![of(product)]);
        }
        teller.reply.products.push(product.id.clone());
    }
    let sources: Vec<_> = products.iter().map(|product| of(product)).collect();
    let mut names: Vec<String> = Vec::new();
    for key in products.iter().flat_map(|it| &it.attributes).map(|it| it.key.as_str()) {
        let value =
            |product: &&Product| product.attributes.iter().find(|it| it.key.as_str() == key).map(|it| it.value.clone());
        let name = teller.attribute_name(key);
        let mut values: Vec<_> = products.iter().map(value).collect();
        values.dedup();
        if values.len() > 1 && !names.contains(&name) {
            names.push(name);
        }
    }
    if products.windows(2).any(|pair| matches!(pair, [a, b] if a.price != b.price)) {
        names.push(teller.attribute_name("price"));
    }
    if !names.is_empty() {
        let names = teller.list(&names);
        teller.say("compare.differ", &[("names", &names)], sources.clone());
    }
    let same_currency = products.windows(2).all(|pair| matches!(pair, [a, b] if a.price.currency == b.price.currency));
    let least = products.iter().map(|it| it.price.minor).min();
    let mut cheapest = products.iter().filter(|it| Some(it.price.minor) == least);
    if let (Some(product), None, true) = (cheapest.next(), cheapest.next(), same_currency) {
        let title = teller.name(product);
        teller.say("compare.cheapest", &[("title", title)], sources);
    }
}
