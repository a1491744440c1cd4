//! Makes sentences from the message catalogue: each with its key, its language and where its facts come from.

use vitrine_catalog::{Identifier, Language, Product};

use crate::Knowledge;
use crate::facts::{measure_key, money};
use crate::found::Found;
use crate::reply::{Choice, Reply, Sentence, Source};

/// The most choices of one answer.
const MAX_CHOICES: usize = 4;

/// An answer in the making.
pub(crate) struct Teller<'a> {
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) found: &'a Found,
    pub(crate) language: Language,
    pub(crate) reply: Reply,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(knowledge: &'a Knowledge, found: &'a Found, language: Language) -> Self {
        Self { knowledge, found, language, reply: Reply { language, ..Reply::default() } }
    }

    /// A sentence without facts.
    pub(crate) fn plain(&mut self, key: &str) {
        self.say(key, &[], Vec::new());
    }

    /// A sentence whose facts stand in `sources`.
    pub(crate) fn say(&mut self, key: &str, values: &[(&str, &str)], sources: Vec<Source>) {
        let text = self.word(key, values);
        self.reply.sentences.push(Sentence { key: key.to_owned(), text, sources });
    }

    /// A message that is part of a sentence.
    pub(crate) fn word(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.knowledge.messages.sentence(key, self.language, values)
    }

    pub(crate) fn name(&self, product: &'a Product) -> &'a str {
        self.knowledge.name(product, self.language)
    }

    /// `a, b and c`.
    pub(crate) fn list(&self, items: &[String]) -> String {
        let (comma, and) = (self.word("list.comma", &[]), self.word("list.and", &[]));
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => format!("{}{and}{last}", first.join(&comma)),
        }
    }

    /// A product with its price, and whether it is reduced or sold out.
    pub(crate) fn line(&mut self, product: &'a Product) {
        let (title, price) = (self.name(product), money(product.price));
        let sources = vec![of(product)];
        match product.compare_at {
            _ if !crate::facts::is_buyable(product) => {
                self.say("product.soldOut", &[("title", title), ("price", &price)], sources);
            }
            Some(before) => {
                let before = money(before);
                self.say("product.reduced", &[("title", title), ("price", &price), ("before", &before)], sources);
            }
            None => self.say("product.line", &[("title", title), ("price", &price)], sources),
        }
    }

    /// The name of an attribute; its key where the messages have none.
    pub(crate) fn attribute_name(&self, key: &str) -> String {
        let name = self.word(&format!("attribute.{key}"), &[]);
        if name.is_empty() { key.to_owned() } else { name }
    }

    /// The measures of a row of a size table.
    pub(crate) fn measures(&self, row: &vitrine_catalog::SizeRow) -> String {
        let one = |(measure, value): (&vitrine_catalog::Measure, &vitrine_catalog::Centimeters)| {
            let name = self.word(measure_key(*measure), &[]);
            self.word("measure", &[("name", &name), ("value", &crate::facts::length(value.get()))])
        };
        self.list(&row.measures.iter().map(one).collect::<Vec<_>>())
    }

    pub(crate) fn choose(&mut self, label: &str) {
        let choice = Choice { label: label.to_owned() };
        if self.reply.choices.len() < MAX_CHOICES && !label.is_empty() && !self.reply.choices.contains(&choice) {
            self.reply.choices.push(choice);
        }
    }

    pub(crate) fn choose_message(&mut self, key: &str) {
        let label = self.word(key, &[]);
        self.choose(&label);
    }

    pub(crate) fn choose_product(&mut self, id: &Identifier) {
        if let Some(product) = self.knowledge.product(id) {
            self.choose(self.name(product));
        }
    }

    /// Asks whether a person should take over.
    pub(crate) fn offer_person(&mut self) {
        self.plain("offer.person");
        self.choose_message("choice.person");
    }
}

/// The catalogue's entry as a source.
pub(crate) fn of(product: &Product) -> Source {
    Source::Product { id: product.id.clone() }
}
