//! A JSON object of a feed: a product as `vitrine import` writes it, one of Shopify's, or plain fields.

use serde_json::Value;

use super::draft::Draft;
use super::names::Column;
use super::row::{self, Field, Row};
use super::{Expected, FeedOptions, FeedProblem, shopify};
use crate::Product;

/// What an object stands for.
pub(super) enum Listed {
    Product { line: u64, product: Box<Product> },
    Draft(Box<Draft>),
}

impl From<Draft> for Listed {
    fn from(draft: Draft) -> Self {
        Self::Draft(Box::new(draft))
    }
}

/// Reads the object at `line`.
pub(super) fn read(line: u64, value: Value, options: &FeedOptions) -> Result<Listed, FeedProblem> {
    let is_own = value.get("title").is_some_and(Value::is_object) && value.get("price").is_some_and(Value::is_object);
    if is_own {
        let item = shopify::text(&value, "id");
        // Read from text like everything else: a second way of reading would double the code that a page loads.
        let product = serde_json::from_slice(value.to_string().as_bytes());
        let product = product.map_err(|error| {
            let message = error.to_string();
            FeedProblem::new(line, "", message.split(" at line ").next().unwrap_or_default(), Expected::Product)
        });
        let product = product.and_then(|product| checked(line, product));
        let product = product.map(|product| Listed::Product { line, product: Box::new(product) });
        return product.map_err(|problem| FeedProblem { item, ..problem });
    }
    let draft = if shopify::is_product(&value) {
        shopify::draft(line, &value, options)
    } else {
        plain(line, &value).draft(options)
    };
    draft.map(Listed::from)
}

/// A product of ours with what its type alone does not promise: safe addresses, prices that make sense.
fn checked(line: u64, mut product: Product) -> Result<Product, FeedProblem> {
    let addresses = product.pictures.iter_mut().map(|picture| ("pictures.url", &mut picture.url));
    for (field, url) in addresses.chain(product.link.iter_mut().map(|link| ("link", link))) {
        *url = row::address(url).ok_or_else(|| FeedProblem::new(line, field, url, Expected::Address))?;
    }
    let before = product.compare_at.iter().map(|money| ("compareAt", money, product.price.minor + 1));
    let variants = product.variants.iter().filter_map(|variant| Some(("variants.price", variant.price.as_ref()?, 0)));
    for (field, money, least) in [("price", &product.price, 0)].into_iter().chain(before).chain(variants) {
        if money.currency != product.price.currency {
            return Err(FeedProblem::new(line, field, money.currency.code(), Expected::SameCurrency));
        }
        if money.minor < least || money.minor > 1 << 53 {
            return Err(FeedProblem::new(line, field, &money.minor.to_string(), Expected::Price));
        }
    }
    Ok(product)
}

/// Plain fields; lists of addresses stay lists, others are joined by commas, what is nested deeper is left aside.
fn plain(line: u64, value: &Value) -> Row {
    let scalar = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    };
    let mut fields = Vec::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        let column = Column::named(name);
        let values = match value {
            Value::Array(list) if matches!(column, Column::Pictures | Column::Picture) => {
                list.iter().filter_map(scalar).collect()
            }
            Value::Array(list) => vec![list.iter().filter_map(scalar).collect::<Vec<_>>().join(",")],
            value => scalar(value).into_iter().collect(),
        };
        if column != Column::Unknown {
            fields.extend(values.into_iter().map(|value| Field { column: column.clone(), name: name.clone(), value }));
        }
    }
    Row { line, fields }
}
