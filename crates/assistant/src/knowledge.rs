//! What the assistant knows: products and policies, searchable in both languages.

use std::collections::BTreeMap;

use vitrine_catalog::{Currency, Identifier, Language, Messages, Product};

use crate::alike::{telling, widened};
use crate::bm25::Bm25;
use crate::lexicon::Lexicon;
use crate::policy::{self, Paragraph, PolicyText, SizeHint};
use crate::quotable::is_quotable;
use crate::words::{normal, sentences, terms};

/// Every sentence of the assistant, in both languages.
const MESSAGES: &str = include_str!("../../../messages/assistant.json");

/// What a shop sells and what its rules are; built once, then only read.
#[derive(Clone, Debug)]
pub struct Knowledge {
    pub(crate) products: Vec<Product>,
    by_id: BTreeMap<Identifier, usize>,
    by_sku: BTreeMap<String, usize>,
    pub(crate) lexicon: Lexicon,
    pub(crate) goods: Bm25,
    /// Titles alone, to find out which product is spoken of.
    pub(crate) titles: Bm25,
    pub(crate) title_terms: Vec<Vec<String>>,
    /// Normalised titles of both languages with their products, the longest first, so that one inside another does not count.
    pub(crate) whole_titles: Vec<(String, usize)>,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) rules: Bm25,
    pub(crate) size_hints: Vec<SizeHint>,
    pub(crate) messages: Messages,
}

impl Knowledge {
    /// Indexes `products` and `policies`. Of two products with one id, and of two policies with one name and language,
    /// the later counts.
    #[must_use]
    pub fn new(products: impl IntoIterator<Item = Product>, policies: &[PolicyText]) -> Self {
        let mut unique: BTreeMap<Identifier, usize> = BTreeMap::new();
        let mut kept: Vec<Product> = Vec::new();
        for product in products {
            match unique.get(&product.id).and_then(|at| kept.get_mut(*at)) {
                Some(earlier) => *earlier = product,
                None => {
                    unique.insert(product.id.clone(), kept.len());
                    kept.push(product);
                }
            }
        }
        let mut by_sku = BTreeMap::new();
        for (at, product) in kept.iter().enumerate() {
            by_sku.insert(product.id.to_string(), at);
            by_sku.extend(product.variants.iter().map(|variant| (variant.sku.to_string(), at)));
        }
        let mut texts: BTreeMap<(&str, Language), &PolicyText> = BTreeMap::new();
        texts.extend(policies.iter().map(|policy| ((policy.name.as_str(), policy.language), policy)));
        let (mut paragraphs, mut size_hints) = (Vec::new(), Vec::new());
        for policy in texts.into_values() {
            let (more, hints) = policy::read(policy);
            paragraphs.extend(more);
            size_hints.extend(hints);
        }
        let title_terms: Vec<Vec<String>> = kept.iter().map(title_terms).collect();
        let mut whole: Vec<(String, usize)> = Vec::new();
        for (at, product) in kept.iter().enumerate() {
            let both = [&product.title.en, &product.title.zh].map(|title| normal(title));
            whole.extend(both.into_iter().filter(|title| title.chars().count() >= 4).map(|title| (title, at)));
        }
        whole.sort_by_key(|(title, _)| std::cmp::Reverse(title.len()));
        Self {
            goods: goods_index(&kept),
            titles: Bm25::new(title_terms.iter().map(|terms| vec![(terms.as_slice(), 1.0)])),
            rules: rules_index(&paragraphs),
            lexicon: Lexicon::new(&kept),
            products: kept,
            by_id: unique,
            by_sku,
            title_terms,
            whole_titles: whole,
            paragraphs,
            size_hints,
            messages: Messages::embedded(MESSAGES),
        }
    }

    /// The product of that id.
    #[must_use]
    pub fn product(&self, id: &Identifier) -> Option<&Product> {
        self.products.get(*self.by_id.get(id)?)
    }

    /// The product that a stock keeping unit, or an id, is a form of.
    #[must_use]
    pub fn product_of_sku(&self, sku: &str) -> Option<&Product> {
        self.products.get(*self.by_sku.get(sku)?)
    }

    /// All products, in the order given.
    #[must_use]
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// All paragraphs of the policies, by name, language and number.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The currency of the shop: that of its first product.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        self.products.first().map(|product| product.price.currency)
    }

    /// The paragraphs of `language` that answer a question best, with their scores, best first. Where the shop has
    /// written nothing in that language, those of the other.
    #[must_use]
    pub fn policies(&self, question: &str, language: Language) -> Vec<(&Paragraph, f64)> {
        let question = normal(question);
        let asked = widened(&question);
        let found = self.rules.weighted(asked.iter().map(|(term, weight)| (term.as_str(), *weight)));
        let told = found.iter().filter_map(|(at, score)| {
            let paragraph = self.paragraphs.get(*at as usize)?;
            Some((
                paragraph,
                score
                    * telling(
                        &question,
                        &format!("{} {}", paragraph.document, paragraph.headings.join(" ")),
                        &paragraph.text,
                    ),
            ))
        });
        let mut all: Vec<(&Paragraph, f64)> = told.collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (own, other): (Vec<_>, Vec<_>) = all.into_iter().partition(|(paragraph, _)| paragraph.language == language);
        let speaks = self.paragraphs.iter().any(|paragraph| paragraph.language == language);
        if speaks { own } else { other }
    }

    /// The name under which a product may be shown: its title, unless that is written for a machine.
    #[must_use]
    pub fn name<'a>(&self, product: &'a Product, language: Language) -> &'a str {
        let title = product.title.get(language);
        let fits = !title.is_empty() && title.chars().count() <= 160 && is_quotable(title);
        if fits && !title.chars().any(char::is_control) { title } else { product.id.as_str() }
    }

    /// The sentences of a product's description that may be quoted.
    #[must_use]
    pub fn description<'a>(&self, product: &'a Product, language: Language) -> Vec<&'a str> {
        let text = product.description.get(language);
        sentences(text)
            .into_iter()
            .filter(|sentence| sentence.chars().count() <= 400 && is_quotable(sentence))
            .collect()
    }
}

fn title_terms(product: &Product) -> Vec<String> {
    let mut found = Vec::new();
    for text in [&product.title.en, &product.title.zh] {
        for term in terms(text) {
            if !found.contains(&term) {
                found.push(term);
            }
        }
    }
    found
}

fn goods_index(products: &[Product]) -> Bm25 {
    let fields: Vec<[Vec<String>; 3]> = products
        .iter()
        .map(|product| {
            let both = |texts: Vec<&vitrine_catalog::Localized>| {
                texts.iter().flat_map(|text| [terms(&text.en), terms(&text.zh)]).flatten().collect::<Vec<_>>()
            };
            let mut properties = both(product.attributes.iter().map(|it| &it.value).collect());
            properties.extend(both(product.category.iter().map(|step| &step.name).collect()));
            properties.extend(product.brand.iter().flat_map(|brand| terms(brand)));
            [both(vec![&product.title]), properties, both(vec![&product.description])]
        })
        .collect();
    Bm25::new(fields.iter().map(|[title, properties, description]| {
        vec![(title.as_slice(), 3.0), (properties.as_slice(), 2.0), (description.as_slice(), 1.0)]
    }))
}

fn rules_index(paragraphs: &[Paragraph]) -> Bm25 {
    let fields: Vec<[Vec<String>; 3]> = paragraphs
        .iter()
        .map(|it| {
            [terms(&it.text), it.headings.iter().flat_map(|text| terms(text)).collect(), terms(&normal(&it.document))]
        })
        .collect();
    Bm25::new(
        fields.iter().map(|[text, headings, name]| {
            vec![(text.as_slice(), 1.0), (headings.as_slice(), 1.5), (name.as_slice(), 1.0)]
        }),
    )
}
