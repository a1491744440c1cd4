//! Everything that one utterance names, read once.

use std::collections::BTreeSet;

use vitrine_catalog::Identifier;

use super::order::Orders;
use super::{Body, PriceBounds, Property, Reference, Wanted, body, order, price, reference, size};
use crate::Knowledge;
use crate::lexicon::{has, rest_of};
use crate::words::{normal, terms};

/// What a fitting colour or kind adds to the rarities of a title's words.
const FITTING: f64 = 0.75;
/// How rare (as BM25 counts it) a word must be among titles to name one of them: about one title in seven.
const DISTINCTIVE: f64 = 1.9;

/// The most terms of a stretch that may name a product.
const MOST_TERMS: usize = 48;
/// Terms of "the second one" that may stand in a title too.
const ORDINALS: [&str; 10] = ["first", "second", "third", "fourth", "fifth", "last", "第一", "第二", "第三", "二件"];

/// Terms that titles hold and that shoppers say without meaning a product; they name one only beside another of its terms.
const EVERYDAY: [&str; 36] = [
    "back", "last", "first", "second", "third", "nothing", "urgent", "slow", "small", "large", "heavy", "light",
    "long", "short", "cut", "press", "mark", "month", "row", "hill", "card", "paper", "line", "brush", "bed", "study",
    "branch", "pin", "chain", "new", "old", "wash", "deep", "craft", "sun", "red",
];

/// What an utterance names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Slots {
    /// The normalised text.
    pub(crate) text: String,
    pub(crate) properties: BTreeSet<Property>,
    /// The keys of the properties as said, before the catalogue's values: for the classifier.
    pub(crate) keys: BTreeSet<String>,
    /// Words that no property covers.
    pub(crate) rest: String,
    pub(crate) size: Option<String>,
    pub(crate) price: PriceBounds,
    pub(crate) orders: Orders,
    pub(crate) body: Body,
    pub(crate) references: Vec<Reference>,
    /// Products whose titles are named, best first; those that fit equally well in the catalogue's order.
    pub(crate) named: Vec<Vec<Identifier>>,
}

impl Slots {
    /// Reads `text` with what the shop knows.
    pub(crate) fn read(text: &str, knowledge: &Knowledge) -> Self {
        let text = normal(text);
        let mentions = knowledge.lexicon.mentions(&text);
        let keys = mentions.iter().map(|mention| mention.named.key.clone()).collect();
        let properties: BTreeSet<Property> =
            mentions.iter().flat_map(|mention| mention.named.properties.iter().cloned()).collect();
        let digits = knowledge.currency().map_or(2, |currency| currency.digits());
        let mut slots = Self {
            rest: rest_of(&text, &mentions),
            size: size::read(&text, &knowledge.lexicon),
            price: price::bounds(&text, digits),
            orders: order::read(&text),
            body: body::read(&text, &knowledge.lexicon),
            references: reference::read(&text),
            named: Vec::new(),
            text,
            properties,
            keys,
        };
        slots.named = named(&slots, knowledge);
        slots
    }

    /// What a product should be, by this utterance.
    pub(crate) fn wanted(&self) -> Wanted {
        Wanted {
            words: self.rest.clone(),
            properties: self.properties.clone(),
            size: self.size.clone(),
            price: self.price,
        }
    }

    /// Whether it says anything of a product.
    pub(crate) fn describes(&self) -> bool {
        !self.properties.is_empty() || !self.named.is_empty() || self.price != PriceBounds::default()
    }

    /// Features for the classifier: that something was named, not what.
    pub(crate) fn marks(&self) -> Vec<String> {
        let mut marks: Vec<String> = self.keys.iter().map(|key| format!("#{key}")).collect();
        let mut mark = |there: bool, name: &str| {
            if there {
                marks.push(format!("#{name}"));
            }
        };
        mark(self.size.is_some(), "size");
        mark(self.price != PriceBounds::default(), "price");
        mark(!self.orders.named.is_empty(), "order");
        mark(!self.orders.possible.is_empty(), "number");
        mark(self.body.height.is_some() || self.body.chest.is_some(), "body");
        mark(self.body.usual.is_some(), "usual");
        mark(!self.references.is_empty(), "reference");
        mark(self.references.contains(&Reference::Both) || self.references.len() > 1, "references");
        mark(!self.named.is_empty(), "product");
        mark(self.named.len() > 1, "products");
        marks
    }
}

/// Products named by their titles. Each group of the outer list is one mention; in it those that fit equally well.
fn named(slots: &Slots, knowledge: &Knowledge) -> Vec<Vec<Identifier>> {
    let (mut groups, rest) = whole_titles(&slots.text, knowledge);
    for part in parts(&rest) {
        let own = knowledge.lexicon.mentions(part);
        let properties: BTreeSet<&Property> = own.iter().flat_map(|it| it.named.properties.iter()).collect();
        let mut free = terms(&rest_of(part, &own));
        free.truncate(MOST_TERMS);
        if slots.references.iter().any(|it| matches!(it, Reference::Place(_) | Reference::Last)) {
            free.retain(|term| !ORDINALS.contains(&term.as_str()));
        }
        let best =
            best_titles(&terms(part).into_iter().take(MOST_TERMS).collect::<Vec<_>>(), &free, &properties, knowledge);
        if !best.is_empty() && !groups.contains(&best) {
            groups.push(best);
        }
    }
    groups
}

/// Products whose whole title stands in the text, the longest title first, and the text without them.
fn whole_titles(text: &str, knowledge: &Knowledge) -> (Vec<Vec<Identifier>>, String) {
    let mut rest = text.to_owned();
    let mut found: Vec<Vec<Identifier>> = Vec::new();
    for (title, at) in &knowledge.whole_titles {
        let Some(id) = knowledge.products.get(*at).map(|product| &product.id) else { continue };
        if rest.contains(title.as_str()) && found.len() < 6 {
            rest = rest.replace(title.as_str(), " , ");
            if !found.iter().any(|group| group.contains(id)) {
                found.push(vec![id.clone()]);
            }
        }
    }
    (found, rest)
}

/// Stretches of an utterance that may each name a product: "A or B", "A和B".
fn parts(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for joiner in
        [" or ", " and ", " vs ", " vs. ", " versus ", " with ", " than ", ",", "和", "跟", "与", "还是", "比"]
    {
        parts = parts.into_iter().flat_map(|part| part.split(joiner)).collect();
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.truncate(6);
    parts
}

/// The products whose titles share most with `terms`. Only `free` terms, which no property explains, name anything.
fn best_titles(
    terms: &[String],
    free: &[String],
    properties: &BTreeSet<&Property>,
    knowledge: &Knowledge,
) -> Vec<Identifier> {
    let titles = &knowledge.titles;
    let known: BTreeSet<String> = terms.iter().filter_map(|term| mended(term, knowledge)).collect();
    let naming: BTreeSet<String> = free.iter().filter_map(|term| mended(term, knowledge)).collect();
    let naming: BTreeSet<String> = naming.into_iter().filter(|term| titles.rarity(term) >= DISTINCTIVE).collect();
    let mut scored: Vec<(f64, usize)> = Vec::new();
    for (at, title) in knowledge.title_terms.iter().enumerate() {
        let mut own = title.iter().filter(|term| naming.contains(*term));
        let rare = own.clone().any(|term| !EVERYDAY.contains(&term.as_str()));
        if own.next().is_none() || !rare && own.next().is_none() {
            continue;
        }
        let sum: f64 = title.iter().filter(|term| known.contains(*term)).map(|term| titles.rarity(term)).sum();
        let fits =
            knowledge.products.get(at).map_or(0, |product| properties.iter().filter(|it| has(product, it)).count());
        scored.push((sum + fits as f64 * FITTING, at));
    }
    let best = scored.iter().map(|(score, _)| *score).fold(0.0, f64::max);
    let near = scored.iter().filter(|(score, _)| *score >= best - 1e-9);
    near.filter_map(|(_, at)| knowledge.products.get(*at)).map(|product| product.id.clone()).collect()
}

/// A term as the titles have it; a misspelt one as the nearest.
fn mended(term: &str, knowledge: &Knowledge) -> Option<String> {
    if knowledge.titles.rarity(term) > 0.0 {
        return Some(term.to_owned());
    }
    // A word that stands in descriptions is spelt right: it means itself.
    if knowledge.goods.rarity(term) > 0.0 || knowledge.rules.rarity(term) > 0.0 {
        return None;
    }
    knowledge.titles.nearest(term).map(str::to_owned)
}
