//! From the parts of a score to reasons that a shopper can read.

use vitrine_catalog::{Identifier, InteractionKind, Language, Messages};
use vitrine_recommend::{Cause, Part, Resemblance, Source};

use crate::answer::{Reason, ReasonSource, Shared};
use crate::request::Boost;
use crate::session::History;
use crate::{Shop, shared};

/// Everything that the words of one answer depend on.
pub(crate) struct Teller<'a> {
    pub(crate) shop: &'a Shop,
    pub(crate) messages: &'a Messages,
    pub(crate) history: &'a History<'a>,
    pub(crate) anchors: &'a [u32],
    pub(crate) boosts: &'a [Boost],
    pub(crate) resemblance: Resemblance,
    pub(crate) language: Language,
    /// Whether to find words at all.
    pub(crate) words: bool,
}

/// What a part goes back to.
#[derive(Default)]
struct Origin {
    event: Option<Identifier>,
    kind: Option<InteractionKind>,
    item: Option<u32>,
}

impl Teller<'_> {
    /// One part of the score of `item` in words.
    pub(crate) fn tell(&self, part: Part, item: u32) -> Reason {
        let Part { source, amount } = part;
        if !self.words {
            let (source, origin) = self.silently(&source);
            return self.reason(source, amount, origin, Vec::new(), String::new());
        }
        let shoppers = if self.shop.is_simulated() { "shoppers.simulated" } else { "shoppers" };
        let shoppers = self.say(shoppers, &[]);
        match source {
            Source::Sequence(cause) => {
                let origin = self.origin(cause);
                let values = [("item", self.title(origin.item)), ("shoppers", &shoppers)];
                let sentence = self.say(&format!("sequence.{}", cause_word(&origin)), &values);
                self.reason(ReasonSource::Sequence, amount, origin, Vec::new(), sentence)
            }
            Source::Content(cause, features) => {
                let origin = self.origin(cause);
                let shared = shared::properties(self.shop, self.messages, &features, item);
                let list = shared::listed(self.messages, &shared, self.language);
                let matches = self.resemblance == Resemblance::Style && origin.event.is_none();
                let kind = if matches { "style" } else { "content" };
                let values = [("item", self.title(origin.item)), ("shared", list.as_str())];
                let sentence = self.say(&format!("{kind}.{}", cause_word(&origin)), &values);
                self.reason(ReasonSource::Content, amount, origin, shared, sentence)
            }
            Source::Popularity => {
                let sentence = self.say("popularity", &[("shoppers", &shoppers)]);
                self.reason(ReasonSource::Popularity, amount, Origin::default(), Vec::new(), sentence)
            }
            Source::Featured => {
                let sentence = self.say("featured", &[]);
                self.reason(ReasonSource::Featured, amount, Origin::default(), Vec::new(), sentence)
            }
            Source::Boost(index) => {
                let boost = self.boosts.get(index);
                let label = boost.and_then(|boost| boost.label.as_ref()).filter(|label| !label.is_empty());
                let unlabelled = if boost.is_some_and(|boost| boost.by < 0.0) { "boost.down" } else { "boost.up" };
                let sentence = match label {
                    Some(label) => label.get(self.language).to_owned(),
                    None => self.say(unlabelled, &[]),
                };
                self.reason(ReasonSource::Boost, amount, Origin::default(), Vec::new(), sentence)
            }
            Source::Diversity { beside } => {
                let origin = Origin { item: Some(beside), ..Origin::default() };
                let sentence = self.say("diversity", &[("item", self.title(origin.item))]);
                self.reason(ReasonSource::Diversity, amount, origin, Vec::new(), sentence)
            }
        }
    }

    /// The same without words.
    fn silently(&self, source: &Source) -> (ReasonSource, Origin) {
        match source {
            Source::Sequence(cause) => (ReasonSource::Sequence, self.origin(*cause)),
            Source::Content(cause, _) => (ReasonSource::Content, self.origin(*cause)),
            Source::Popularity => (ReasonSource::Popularity, Origin::default()),
            Source::Featured => (ReasonSource::Featured, Origin::default()),
            Source::Boost(_) => (ReasonSource::Boost, Origin::default()),
            Source::Diversity { beside } => {
                (ReasonSource::Diversity, Origin { item: Some(*beside), ..Origin::default() })
            }
        }
    }

    fn reason(
        &self,
        source: ReasonSource,
        amount: vitrine_recommend::Score,
        origin: Origin,
        shared: Vec<Shared>,
        sentence: String,
    ) -> Reason {
        let item = origin.item.and_then(|item| self.shop.get(item)).map(|product| product.id.clone());
        Reason { source, amount, event: origin.event, item, kind: origin.kind, shared, sentence }
    }

    fn origin(&self, cause: Cause) -> Origin {
        match cause {
            Cause::Anchor(index) => Origin { item: self.anchors.get(index).copied(), ..Origin::default() },
            Cause::History(index) => {
                let interaction = self.history.interaction(index);
                Origin {
                    event: interaction.map(|interaction| interaction.id.clone()),
                    kind: interaction.map(|interaction| interaction.kind),
                    item: self.history.events.get(index).map(|event| event.item),
                }
            }
        }
    }

    fn title(&self, item: Option<u32>) -> &str {
        item.and_then(|item| self.shop.get(item)).map_or("", |product| product.title.get(self.language))
    }

    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.messages.sentence(key, self.language, values)
    }
}

/// The word of the message keys for what a part goes back to.
fn cause_word(origin: &Origin) -> &'static str {
    match origin.kind {
        None => "anchor",
        Some(InteractionKind::View) => "view",
        Some(InteractionKind::Cart) => "cart",
        Some(InteractionKind::Purchase) => "purchase",
    }
}
