//! A product of Shopify's `products.json`, from the storefront or from the Admin API.

use std::collections::BTreeMap;

use serde_json::Value;

use super::draft::{Draft, Offer};
use super::naming::{localized, path};
use super::row::{address, choice};
use super::{Expected, FeedOptions, FeedProblem, availability, html, names, price};
use crate::{Availability, Identifier, Picture};

/// Whether a JSON object has the shape of such a product.
pub(super) fn is_product(value: &Value) -> bool {
    value.get("variants").is_some_and(Value::is_array) && value.get("title").is_some_and(Value::is_string)
}

/// Reads the product number `line`.
pub(super) fn draft(line: u64, value: &Value, options: &FeedOptions) -> Result<Draft, FeedProblem> {
    let id = text(value, "handle").or_else(|| text(value, "id")).unwrap_or_default();
    let id = Identifier::new(id.as_str()).map_err(|_| FeedProblem::new(line, "handle", &id, Expected::Identifier))?;
    let mut draft = Draft::new(line, id, options.language);
    fill(&mut draft, value, options).map_err(|problem| draft.problem(problem))?;
    Ok(draft)
}

fn fill(draft: &mut Draft, value: &Value, options: &FeedOptions) -> Result<(), FeedProblem> {
    let line = draft.line;
    if let Some(status) = text(value, "status").filter(|status| status != "active") {
        return Err(FeedProblem::new(line, "status", &status, Expected::Published));
    }
    if value.get("published_at").is_some_and(Value::is_null) {
        return Err(FeedProblem::new(line, "published_at", "null", Expected::Published));
    }
    let say = |text: String| localized(options.language, text);
    draft.title = say(text(value, "title").map(|title| html::line(&title)).unwrap_or_default());
    draft.description = say(text(value, "body_html").map(|body| html::plain(&body)).unwrap_or_default());
    draft.brand = text(value, "vendor").map(|vendor| html::line(&vendor)).filter(|vendor| !vendor.is_empty());
    draft.category = path(text(value, "product_type").unwrap_or_default().split('>'), options.language);
    for tag in tags(value) {
        // Shops file properties as tags such as `Colour_Navy` or `material:wool`.
        let (key, value) = tag.split_once([':', '_']).unwrap_or(("tag", &tag));
        let key = match names::Column::named(key) {
            names::Column::Property(key) | names::Column::Choice(key) if key != "size" => key,
            _ => "tag",
        };
        draft.property(key, say(html::line(if key == "tag" { &tag } else { value })));
    }
    for picture in array(value, "images") {
        let Some(src) = text(picture, "src") else { continue };
        let url = address(&src).ok_or_else(|| FeedProblem::new(line, "images.src", &src, Expected::Address))?;
        let number = |key| picture.get(key).and_then(Value::as_u64).and_then(|pixels| u32::try_from(pixels).ok());
        let alt = text(picture, "alt").map(|alt| say(html::line(&alt))).unwrap_or_default();
        draft.picture(Picture { url, alt, width: number("width"), height: number("height"), role: Default::default() });
    }
    let option_names: Vec<String> = array(value, "options")
        .filter_map(|option| text(option, "name").or_else(|| option.as_str().map(str::to_owned)))
        .collect();
    for variant in array(value, "variants") {
        draft.offers.push(offer(line, variant, &option_names, options)?);
    }
    Ok(())
}

fn offer(line: u64, variant: &Value, names: &[String], options: &FeedOptions) -> Result<Offer, FeedProblem> {
    let money = |key: &str, field: &str| {
        let read = |text: String| {
            price::parse(&text, options.currency, options.language)
                .map_err(|expected| FeedProblem::new(line, field, &text, expected))
        };
        text(variant, key).filter(|text| !text.is_empty()).map(read).transpose()
    };
    let price = money("price", "variants.price")?;
    let price = price.ok_or_else(|| FeedProblem::new(line, "variants.price", "", Expected::Price))?;
    let sku = text(variant, "sku").filter(|sku| !sku.trim().is_empty()).or_else(|| text(variant, "id"));
    let sku = sku.map(|sku| {
        Identifier::new(sku.trim()).map_err(|_| FeedProblem::new(line, "variants.sku", &sku, Expected::Identifier))
    });
    let mut chosen = BTreeMap::new();
    for (place, key) in ["option1", "option2", "option3"].iter().enumerate() {
        let name = names.get(place).map_or("", String::as_str);
        chosen.extend(text(variant, key).and_then(|value| choice(place, name, &value)));
    }
    Ok(Offer {
        sku: sku.transpose()?,
        options: chosen,
        price,
        compare_at: money("compare_at_price", "variants.compare_at_price")?,
        availability: stock(line, variant)?,
        currency_assumed: text(variant, "price").is_some_and(|price| price::names_no_currency(&price)),
    })
}

/// `available` in the storefront's file, `inventory_…` in the Admin API's.
fn stock(line: u64, variant: &Value) -> Result<Availability, FeedProblem> {
    if let Some(available) = variant.get("available").and_then(Value::as_bool) {
        return Ok(if available { Availability::InStock { units: None } } else { Availability::OutOfStock });
    }
    let counted = variant.get("inventory_management").is_none_or(Value::is_string);
    let units = text(variant, "inventory_quantity").filter(|_| counted);
    let state = availability::parse(None, units.as_deref()).map_err(|(_, expected)| {
        FeedProblem::new(line, "variants.inventory_quantity", units.as_deref().unwrap_or_default(), expected)
    })?;
    let sells_on = text(variant, "inventory_policy").is_some_and(|policy| policy == "continue");
    Ok(if state == Availability::OutOfStock && sells_on { Availability::Backorder } else { state })
}

/// Tags: a list in one API, a text with commas in the other.
fn tags(value: &Value) -> Vec<String> {
    let list: Vec<String> = match value.get("tags") {
        Some(Value::Array(tags)) => tags.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(tags)) => tags.split(',').map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    list.into_iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
}

fn array<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// A field that is a text or a number, as text.
pub(super) fn text(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
