//! Where sentences come from, as pages are told it.

use vitrine_api::chat::Source;
use vitrine_assistant::{Knowledge, Source as Rests};
use vitrine_catalog::Language;

/// The source as a page is told it: with the name of what it is about, and the words of a policy.
pub(crate) fn of(rests: &Rests, language: Language, knowledge: &Knowledge) -> Source {
    let empty = Source { kind: String::new(), id: None, title: None, part: None, text: None, at: None };
    let named = |kind: &str, id: &str| Source { kind: kind.to_owned(), id: Some(id.to_owned()), ..empty.clone() };
    let name_of_sku = |sku: &str| {
        let product = knowledge.product_of_sku(sku)?;
        Some(knowledge.name(product, language).to_owned())
    };
    match rests {
        Rests::Product { id } => {
            let title = knowledge.product(id).map(|product| knowledge.name(product, language).to_owned());
            Source { title, ..named("product", id.as_str()) }
        }
        Rests::Policy { document, language, paragraph } => {
            let found = knowledge
                .paragraphs()
                .iter()
                .find(|it| it.document == *document && it.language == *language && it.number == *paragraph);
            Source {
                part: Some(paragraph.to_string()),
                title: found.and_then(|it| it.headings.last().cloned()),
                text: found.map(|it| it.text.clone()),
                ..named("policy", document)
            }
        }
        Rests::Stock { sku, site, observed_at } => Source {
            title: name_of_sku(sku),
            part: Some(site.clone()),
            at: Some(observed_at.clone()),
            ..named("stock", sku)
        },
        Rests::Forecast { sku, made_at } => {
            Source { title: name_of_sku(sku), at: Some(made_at.clone()), ..named("forecast", sku) }
        }
        Rests::Order { number } => named("order", number.as_str()),
        Rests::Catalogue => Source { kind: "catalogue".to_owned(), ..empty },
        Rests::Policies => Source { kind: "policies".to_owned(), ..empty },
        Rests::Shopper { said } => Source { kind: "shopper".to_owned(), text: Some(said.clone()), ..empty },
    }
}
