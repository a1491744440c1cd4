//! Proof that an answer says nothing that its sources do not: every sentence is taken apart again and each fact looked up.
//!
//! It shares with the rendering only the message templates and how a fact reads. A sentence must be an instance of its
//! template; what fills it must be made up of strings that the named sources hold; every number must be one of theirs;
//! and a sentence without sources must have neither numbers nor anything filled in.

use std::collections::BTreeSet;

use vitrine_catalog::{Language, Product};

use crate::facts::{all_sizes, day, length, line, measure_key, minute, money};
use crate::found::Found;
use crate::reply::{Reply, Sentence, Source};
use crate::{Knowledge, lexicon};

/// What was proved, and what could not be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Strings and numbers that were found in a source.
    pub facts: usize,
    /// Numbers among them.
    pub numbers: usize,
    /// What was not.
    pub untraced: Vec<Untraced>,
}

/// Something said that no source holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untraced {
    /// The sentence.
    pub sentence: String,
    /// The part of it.
    pub part: String,
    /// Why it does not hold.
    pub why: &'static str,
}

/// Takes every sentence of `reply` apart and looks its facts up in what was `found`.
#[must_use]
pub fn trace(reply: &Reply, knowledge: &Knowledge, found: &Found) -> Trace {
    let mut trace = Trace::default();
    for sentence in &reply.sentences {
        one(sentence, reply.language, knowledge, found, &mut trace);
    }
    trace
}

fn one(sentence: &Sentence, language: Language, knowledge: &Knowledge, found: &Found, trace: &mut Trace) {
    let mut fail = |part: &str, why| {
        trace.untraced.push(Untraced { sentence: sentence.text.clone(), part: part.to_owned(), why });
    };
    let template = knowledge.messages.text(&sentence.key);
    let template = template.get(language);
    if template.is_empty() {
        return fail(&sentence.key, "there is no such message");
    }
    let mut held = BTreeSet::new();
    for source in &sentence.sources {
        if !facts_of(source, language, knowledge, found, &mut held) {
            return fail(&format!("{source:?}"), "the source does not exist");
        }
    }
    let joiners = ["list.comma", "list.and"].map(|key| knowledge.messages.sentence(key, language, &[]));
    match instance(template, &sentence.text, &held, &joiners) {
        Some(count) if count > 0 && sentence.sources.is_empty() => {
            return fail(&sentence.text, "it has facts and no source");
        }
        Some(count) => trace.facts += count,
        None => return fail(&sentence.text, "it is not its message filled with what its sources hold"),
    }
    // A second proof that does not know templates: each number of the text is a number of a source or of the message.
    let known: BTreeSet<String> = held.iter().flat_map(|fact| numbers(fact)).chain(numbers(template)).collect();
    for number in numbers(&sentence.text) {
        if known.contains(&number) {
            trace.numbers += 1;
        } else {
            fail(&number, "no source has this number");
        }
    }
}

/// Whether `text` is `template` with facts at its placeholders, and how many facts. Where a placeholder ends is tried at every
/// place at which the words after it stand, since facts may hold the same words.
fn instance(template: &str, text: &str, held: &BTreeSet<String>, joiners: &[String]) -> Option<usize> {
    let Some((before, after)) = template.split_once('{') else { return (template == text).then_some(0) };
    let text = text.strip_prefix(before)?;
    let rest = after.split_once('}')?.1;
    let next = rest.split('{').next().unwrap_or_default();
    let ends = if next.is_empty() { vec![text.len()] } else { text.match_indices(next).map(|(at, _)| at).collect() };
    ends.into_iter().find_map(|end| {
        let facts = made_of(text.get(..end)?, held, joiners)?;
        Some(facts + instance(rest, text.get(end..)?, held, joiners)?)
    })
}

/// Whether `part` is a row of facts with joiners between them, and how many.
fn made_of(part: &str, held: &BTreeSet<String>, joiners: &[String]) -> Option<usize> {
    let mut reached: Vec<Option<usize>> = vec![None; part.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = Some(0);
    }
    for at in 0..part.len() {
        let (Some(Some(count)), Some(rest)) = (reached.get(at).copied(), part.get(at..)) else { continue };
        let facts = held.iter().filter(|fact| !fact.is_empty() && rest.starts_with(fact.as_str()));
        let ends: Vec<(usize, usize)> = facts
            .map(|fact| (at + fact.len(), count + 1))
            .chain(
                joiners.iter().filter(|it| count > 0 && rest.starts_with(it.as_str())).map(|it| (at + it.len(), count)),
            )
            .collect();
        for (end, count) in ends {
            if let Some(place) = reached.get_mut(end) {
                *place = Some(place.map_or(count, |known| known.max(count)));
            }
        }
    }
    reached.last().copied().flatten().filter(|count| *count > 0)
}

/// The numbers of a text: runs of digits, with a decimal point inside.
fn numbers(text: &str) -> Vec<String> {
    let digits = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    digits.map(|run| run.trim_matches('.').to_owned()).filter(|run| !run.is_empty()).collect()
}

/// Adds what a source says; whether there is such a source.
fn facts_of(
    source: &Source,
    language: Language,
    knowledge: &Knowledge,
    found: &Found,
    held: &mut BTreeSet<String>,
) -> bool {
    let word = |key: &str, values: &[(&str, &str)]| knowledge.messages.sentence(key, language, values);
    match source {
        Source::Catalogue | Source::Policies => true,
        Source::Product { id } => {
            let Some(product) = knowledge.product(id) else { return false };
            of_product(product, language, knowledge, held);
            true
        }
        Source::Policy { document, language: own, paragraph } => {
            let mut all = knowledge.paragraphs().iter();
            let there = all.find(|it| it.document == *document && it.language == *own && it.number == *paragraph);
            let Some(paragraph) = there else { return false };
            held.insert(paragraph.text.clone());
            held.insert(paragraph.headings.last().unwrap_or(&paragraph.document).clone());
            let hints = knowledge.size_hints.iter().filter(|hint| hint.paragraph == *paragraph);
            held.extend(hints.map(|hint| hint.label.clone()));
            true
        }
        Source::Stock { sku, site, observed_at } => {
            let there =
                found.stock.iter().find(|it| it.sku == *sku && it.site == *site && it.observed_at == *observed_at);
            let Some(fact) = there else { return false };
            held.extend([fact.units.to_string(), fact.site.clone(), minute(&fact.observed_at)]);
            true
        }
        Source::Forecast { sku, made_at } => {
            let there = found.forecasts.iter().find(|it| it.sku == *sku && it.made_at == *made_at);
            let Some(fact) = there else { return false };
            held.insert(day(&fact.made_at).to_owned());
            held.extend(fact.runs_out.iter().chain(&fact.arrives).cloned());
            true
        }
        Source::Order { number } => {
            let Some(order) = found.orders.iter().find(|order| order.number == *number) else { return false };
            held.extend([number.to_string(), day(&order.placed_at).to_owned()]);
            held.extend(order.updated_at.as_deref().map(|time| day(time).to_owned()));
            held.extend(order.lines.iter().map(|it| line(it, knowledge, language)));
            true
        }
        Source::Shopper { said } => {
            held.insert(said.clone());
            for (key, name) in [("size.given.height", "height"), ("size.given.chest", "chest")] {
                held.insert(word(key, &[(name, said)]));
            }
            true
        }
    }
}

fn of_product(product: &Product, language: Language, knowledge: &Knowledge, held: &mut BTreeSet<String>) {
    let word = |key: &str| knowledge.messages.sentence(key, language, &[]);
    held.insert(knowledge.name(product, language).to_owned());
    held.insert(money(product.price));
    held.insert(product.price.currency.code().to_owned());
    held.extend(product.compare_at.map(money));
    held.extend(product.brand.clone());
    for attribute in &product.attributes {
        held.insert(attribute.value.get(language).to_owned());
        let name = word(&format!("attribute.{}", attribute.key));
        held.insert(if name.is_empty() { attribute.key.to_string() } else { name });
        held.insert(lexicon::canonical(&attribute.value));
    }
    held.extend(["attribute.price", "attribute.brand"].map(word));
    held.extend(all_sizes(product).into_iter().map(str::to_owned));
    for row in &product.sizes {
        held.insert(row.label.clone());
        for (measure, value) in &row.measures {
            let (name, value) = (word(measure_key(*measure)), length(value.get()));
            held.insert(knowledge.messages.sentence("measure", language, &[("name", &name), ("value", &value)]));
            held.insert(value);
        }
    }
    for language in [Language::En, Language::Zh] {
        held.extend(knowledge.description(product, language).into_iter().map(str::to_owned));
    }
}
