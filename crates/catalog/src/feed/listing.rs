//! A JSON object of a feed: a product as `vitrine import` writes it, one of Shopify's, or plain fields.

use serde_json::Value;

use super::draft::Draft;
use super::names::Column;
use super::row::{Field, Row};
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
        let product = product.map(|product| Listed::Product { line, product });
        return product.map_err(|error| {
            let message = error.to_string();
            let found = message.split(" at line ").next().unwrap_or_default();
            FeedProblem { item, ..FeedProblem::new(line, "", found, Expected::Product) }
        });
    }
    let draft = if shopify::is_product(&value) {
        shopify::draft(line, &value, options)
    } else {
        row(line, &value).draft(options)
    };
    draft.map(Listed::from)
}

/// Plain fields; lists are joined by commas, what is nested deeper is left aside.
fn row(line: u64, value: &Value) -> Row {
    let scalar = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    };
    let fields = value.as_object().into_iter().flatten().filter_map(|(name, value)| {
        let column = Column::named(name);
        let value = match value {
            Value::Array(list) => Some(list.iter().filter_map(scalar).collect::<Vec<_>>().join(",")),
            value => scalar(value),
        };
        let value = value.filter(|_| column != Column::Unknown)?;
        Some(Field { column, name: name.clone(), value })
    });
    Row { line, fields: fields.collect() }
}
