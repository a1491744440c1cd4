//! Which words name which properties: a general lexicon of clothes, and the catalogue's own values.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use vitrine_catalog::{Localized, Product};

use crate::slots::Property;
use crate::words::{edits, is_han, normal, runs};

/// Colours, kinds, materials and the like, with the catalogue values that each may mean.
const GENERAL: &str = include_str!("lexicon.json");
/// Attributes whose values are too common as words to be taken for properties wherever they stand.
const SILENT: [&str; 3] = ["fit", "sleeve", "gender"];

/// An entry of the general lexicon.
#[derive(Debug, Deserialize)]
struct Entry {
    key: String,
    name: String,
    phrases: Vec<String>,
    covers: Vec<String>,
}

/// Words and what they name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    /// Normalised phrase to properties; several of one key are alternatives.
    phrases: BTreeMap<String, Named>,
    /// The most words (or Chinese characters) of a phrase.
    longest: usize,
    /// The shop's size labels, upper case.
    pub(crate) sizes: BTreeSet<String>,
}

/// What a phrase names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) key: String,
    pub(crate) properties: BTreeSet<Property>,
}

/// A phrase found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The normalised phrase as the lexicon has it.
    pub(crate) phrase: String,
    pub(crate) named: Named,
    /// Where it stands in the normalised text, in bytes.
    pub(crate) span: std::ops::Range<usize>,
}

impl Lexicon {
    /// The general lexicon, resolved to what `products` have.
    pub(crate) fn new(products: &[Product]) -> Self {
        let mut lexicon = Self::default();
        let values = values_of(products);
        let general: Vec<Entry> = serde_json::from_slice(GENERAL.as_bytes()).unwrap_or_default();
        for Entry { key, name, phrases, covers } in general {
            let known = values.get(&key);
            let mut properties: BTreeSet<Property> = covers
                .iter()
                .filter_map(|cover| known?.get(cover))
                .map(|value| Property { key: key.clone(), value: value.clone() })
                .collect();
            if properties.is_empty() {
                properties.insert(Property { key: key.clone(), value: name });
            }
            for phrase in phrases {
                lexicon.add(&phrase, &key, properties.iter().cloned());
            }
        }
        for product in products {
            for attribute in product.attributes.iter().filter(|it| !SILENT.contains(&it.key.as_str())) {
                let value = canonical(&attribute.value);
                let property = Property { key: attribute.key.to_string(), value };
                lexicon.add_texts(attribute.key.as_str(), &attribute.value, &property);
            }
            for step in &product.category {
                let property = Property { key: "category".to_owned(), value: step.key.to_string() };
                lexicon.add_texts("category", &step.name, &property);
            }
            if let Some(brand) = &product.brand {
                let property = Property { key: "brand".to_owned(), value: brand.clone() };
                lexicon.add(brand, "brand", std::iter::once(property));
            }
            let labels = product.sizes.iter().map(|row| row.label.as_str());
            let options = product.variants.iter().flat_map(|variant| variant.options.iter());
            let options = options.filter(|(key, _)| key.eq_ignore_ascii_case("size")).map(|(_, label)| label.as_str());
            lexicon.sizes.extend(labels.chain(options).map(str::to_uppercase));
        }
        lexicon
    }

    fn add_texts(&mut self, key: &str, texts: &Localized, property: &Property) {
        for text in [&texts.en, &texts.zh] {
            self.add_new(text, key, property);
        }
    }

    /// A catalogue's own value; the general lexicon's wider meaning of the same word stays.
    fn add_new(&mut self, phrase: &str, key: &str, property: &Property) {
        let known = self.phrases.get(&normal(phrase)).is_some_and(|named| named.properties.contains(property));
        if !known {
            self.add(phrase, key, std::iter::once(property.clone()));
        }
    }

    fn add(&mut self, phrase: &str, key: &str, properties: impl Iterator<Item = Property>) {
        let phrase = normal(phrase);
        let lone_han = phrase.chars().count() == 1 && key != "colour" && key != "material";
        if phrase.is_empty() || lone_han {
            return;
        }
        let length = match phrase.chars().any(is_han) {
            true => phrase.chars().count(),
            false => phrase.split(' ').count(),
        };
        self.longest = self.longest.max(length);
        let named = self.phrases.entry(phrase).or_insert_with(|| Named { key: key.to_owned(), ..Named::default() });
        if named.key == key {
            named.properties.extend(properties);
        }
    }

    /// The phrases in a normalised text, longest first at each place, none overlapping; one misspelt letter is forgiven.
    pub(crate) fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let Some(first) = rest.chars().next() else { break };
            let begins = is_han(first) || text.get(..at).is_none_or(|before| !before.ends_with(is_word));
            match begins.then(|| self.longest_at(rest)).flatten() {
                Some((phrase, named, length)) => {
                    let mention = Mention { phrase: phrase.to_owned(), named: named.clone(), span: at..at + length };
                    found.push(mention);
                    at += length;
                }
                None => at += first.len_utf8(),
            }
        }
        found
    }

    fn longest_at(&self, rest: &str) -> Option<(&str, &Named, usize)> {
        let ends = ends(rest, self.longest);
        let exact = ends.iter().rev().find_map(|end| {
            let candidate = rest.get(..*end)?;
            let known = self.phrases.get_key_value(candidate);
            // English words may be in the plural.
            let known =
                known.or_else(|| self.phrases.get_key_value(candidate.strip_suffix('s').filter(|it| it.len() > 3)?));
            known.map(|(phrase, named)| (phrase.as_str(), named, *end))
        });
        exact.or_else(|| {
            let word = rest.split(|c: char| !is_word(c)).next().filter(|word| word.chars().count() >= 5)?;
            self.misspelt(word).map(|(phrase, named)| (phrase, named, word.len()))
        })
    }

    /// A single English word of at least five letters that differs by one edit and begins alike.
    fn misspelt(&self, word: &str) -> Option<(&str, &Named)> {
        if word.chars().any(|c| !c.is_ascii_lowercase()) || EVERYDAY.contains(&word) {
            return None;
        }
        let first = word.get(..1)?;
        let near = self.phrases.range(first.to_owned()..).take_while(|(phrase, _)| phrase.starts_with(first));
        let mut near = near.filter(|(phrase, _)| phrase.len() >= 5 && phrase.bytes().all(|b| b.is_ascii_lowercase()));
        near.find(|(phrase, _)| edits(phrase, word, 1).is_some()).map(|(phrase, named)| (phrase.as_str(), named))
    }

    /// Whether `text` is a size of the shop, and which.
    pub(crate) fn size(&self, text: &str) -> Option<String> {
        let label = text.trim().to_uppercase();
        let general = ["XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL"].contains(&label.as_str());
        (self.sizes.contains(&label) || general).then_some(label)
    }
}

/// Everyday words one letter away from words of clothes.
const EVERYDAY: [&str; 82] = [
    "while", "write", "great", "green", "black", "brown", "shirt", "short", "start", "shift", "stock", "store",
    "share", "where", "there", "think", "check", "cheap", "order", "right", "costs", "shows", "shops", "books",
    "parts", "plans", "plant", "press", "point", "paint", "print", "color", "close", "house", "sizes", "tight",
    "light", "brand", "boxes", "items", "needs", "looks", "shots", "skill", "chess", "guess", "score", "could",
    "would", "pitch", "sport", "taken", "horse", "skirt", "dress", "count", "court", "coast", "boost", "boats",
    "route", "rules", "trade", "train", "whine", "white", "these", "those", "three", "thing", "pleas", "place",
    "peace", "piece", "phone", "story", "study", "stuff", "staff", "quite", "quiet", "quick",
];

/// Where the first one, two, … `most` words or characters of a text end.
fn ends(rest: &str, most: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut last_word = false;
    for (at, c) in rest.char_indices() {
        if found.len() >= most {
            break;
        }
        if is_han(c) {
            if last_word {
                found.push(at);
            }
            found.push(at + c.len_utf8());
            last_word = false;
        } else if is_word(c) {
            last_word = true;
        } else {
            if last_word {
                found.push(at);
            }
            last_word = false;
        }
    }
    if last_word && found.len() < most {
        found.push(rest.len());
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c) || c == '\''
}

/// Per attribute the catalogue's values by their English lower case.
fn values_of(products: &[Product]) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut values: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for product in products {
        for attribute in &product.attributes {
            let value = canonical(&attribute.value);
            values.entry(attribute.key.to_string()).or_default().insert(value.to_lowercase(), value);
        }
        for step in &product.category {
            let key = step.key.to_string();
            values.entry("category".to_owned()).or_default().insert(key.to_lowercase(), key);
        }
    }
    values
}

/// The value by which an attribute is known: its English, or what it has.
pub(crate) fn canonical(value: &Localized) -> String {
    value.get(vitrine_catalog::Language::En).to_owned()
}

/// Whether a product has a property.
pub(crate) fn has(product: &Product, property: &Property) -> bool {
    match property.key.as_str() {
        "category" => product.category.iter().any(|step| step.key.as_str() == property.value),
        "brand" => product.brand.as_deref() == Some(property.value.as_str()),
        key => product.attributes.iter().any(|it| it.key.as_str() == key && canonical(&it.value) == property.value),
    }
}

/// The words of a text that no phrase covers, to search with.
pub(crate) fn rest_of(text: &str, mentions: &[Mention]) -> String {
    let mut rest = String::new();
    let mut at = 0;
    for mention in mentions {
        rest.push_str(text.get(at..mention.span.start).unwrap_or_default());
        rest.push(' ');
        at = mention.span.end;
    }
    rest.push_str(text.get(at..).unwrap_or_default());
    runs(&rest).collect::<Vec<_>>().join(" ")
}
