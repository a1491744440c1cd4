//! How facts read: money, times, lines of orders, properties; the same strings are rendered and traced.

use vitrine_catalog::{Availability, Language, Measure, Money, Product};

use crate::Knowledge;
use crate::found::OrderLineFact;

/// `€119`, `€79.50`, `1299 JPY`: minor units copied, none rounded.
#[must_use]
pub fn money(price: Money) -> String {
    let digits = price.currency.digits();
    let scale = 10_i64.pow(digits);
    let (whole, rest) = (price.minor / scale, (price.minor % scale).abs());
    let amount = if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:0width$}", width = digits as usize) };
    match price.currency.code() {
        "EUR" => format!("€{amount}"),
        "USD" => format!("${amount}"),
        "GBP" => format!("£{amount}"),
        code => format!("{amount} {code}"),
    }
}

/// The day of an RFC 3339 time, as it stands there.
#[must_use]
pub fn day(time: &str) -> &str {
    time.get(..10).unwrap_or(time)
}

/// Day and minute of an RFC 3339 time, as they stand there.
#[must_use]
pub fn minute(time: &str) -> String {
    match (time.get(..10), time.get(11..16), time.ends_with('Z')) {
        (Some(day), Some(clock), true) => format!("{day} {clock} UTC"),
        (Some(day), Some(clock), false) => format!("{day} {clock}"),
        _ => time.to_owned(),
    }
}

/// A length as the size table has it: `110`, `45.5`.
#[must_use]
pub fn length(value: f32) -> String {
    format!("{}", (f64::from(value) * 10.0).round() / 10.0)
}

/// The message key of a measure's name.
#[must_use]
pub fn measure_key(measure: Measure) -> &'static str {
    match measure {
        Measure::Chest => "measure.chest",
        Measure::Waist => "measure.waist",
        Measure::Hip => "measure.hip",
        Measure::Shoulder => "measure.shoulder",
        Measure::Sleeve => "measure.sleeve",
        Measure::Length => "measure.length",
        Measure::Inseam => "measure.inseam",
    }
}

/// Whether a name from outside, such as a site's, is only a name: letters, digits and `-_.`, at most 64.
pub(crate) fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !text.is_empty() && text.chars().count() <= 64 && text.chars().all(fits) && crate::is_quotable(text)
}

/// A line of an order as it is shown; a SKU that is not in the catalogue any more is shown itself, if it is only a name.
pub(crate) fn line(line: &OrderLineFact, knowledge: &Knowledge, language: Language) -> String {
    let units = line.units.to_string();
    let Some(product) = knowledge.product_of_sku(&line.sku) else {
        let key = if is_name(&line.sku) { "line" } else { "line.unknown" };
        return knowledge.messages.sentence(key, language, &[("units", &units), ("title", &line.sku)]);
    };
    let title = knowledge.name(product, language);
    let variant = product.variants.iter().find(|variant| variant.sku.as_str() == line.sku);
    match variant.and_then(size_of) {
        Some(size) => {
            let values = [("units", units.as_str()), ("title", title), ("size", size)];
            knowledge.messages.sentence("lineSize", language, &values)
        }
        None => knowledge.messages.sentence("line", language, &[("units", &units), ("title", title)]),
    }
}

/// The size that a variant is.
pub(crate) fn size_of(variant: &vitrine_catalog::Variant) -> Option<&str> {
    variant.options.iter().find(|(key, _)| key.eq_ignore_ascii_case("size")).map(|(_, size)| size.as_str())
}

/// The sizes in which a product can be bought, and those in which it cannot, by the catalogue.
pub(crate) fn sizes(product: &Product) -> (Vec<&str>, Vec<&str>) {
    let of = |buyable: bool| {
        let variants = product.variants.iter().filter(|it| it.availability.is_buyable() == buyable);
        variants.filter_map(size_of).collect::<Vec<_>>()
    };
    (of(true), of(false))
}

/// All sizes of a product: its variants', else its size table's.
pub(crate) fn all_sizes(product: &Product) -> Vec<&str> {
    let variants: Vec<&str> = product.variants.iter().filter_map(size_of).collect();
    if variants.is_empty() { product.sizes.iter().map(|row| row.label.as_str()).collect() } else { variants }
}

/// Whether a product can be bought in any form.
pub(crate) fn is_buyable(product: &Product) -> bool {
    let variants = product.variants.iter().any(|it| it.availability.is_buyable());
    product.availability.is_buyable() && (product.variants.is_empty() || variants)
        || matches!(product.availability, Availability::Preorder | Availability::Backorder)
}
