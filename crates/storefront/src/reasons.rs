//! From the parts of a score to reasons that a shopper can read.

use vitrine_catalog::{Identifier, InteractionKind, Language, Messages};
use vitrine_recommend::{Cause, Part, Resemblance, Source};

use crate::answer::{Reason, ReasonSource, Shared};
use crate::request::Boost;
use crate::session::History;
use crate::{Shop, shared};

/// Everything that the reasons of one answer depend on.
pub(crate) struct Teller<'a> {
    pub(crate) shop: &'a Shop,
    pub(crate) messages: &'a Messages,
    pub(crate) history: History<'a>,
    pub(crate) anchors: Vec<u32>,
    pub(crate) boosts: &'a [Boost],
    pub(crate) resemblance: Resemblance,
    pub(crate) language: Language,
    /// Whether to find words at all.
    pub(crate) words: bool,
}

/// What a part goes back to.
#[derive(Default)]
struct Origin<'a> {
    event: Option<&'a Identifier>,
    kind: Option<InteractionKind>,
    item: Option<u32>,
}

impl Teller<'_> {
    /// One part of the score of `item`, in words where they are wanted.
    pub(crate) fn tell(&self, part: &Part, item: u32) -> Reason {
        let Origin { event, kind, item: cause } = self.origin(&part.source);
        let (sentence, shared) = if self.words { self.words(&part.source, item) } else { Default::default() };
        Reason {
            source: kind_of(&part.source),
            amount: part.amount,
            event: event.cloned(),
            item: cause.and_then(|cause| self.shop.get(cause)).map(|product| product.id.clone()),
            kind,
            shared,
            sentence,
        }
    }

    /// The words for a part of the score of `item`: a sentence, and what both products have in common.
    pub(crate) fn words(&self, source: &Source, item: u32) -> (String, Vec<Shared>) {
        let origin = self.origin(source);
        let sentence = match source {
            Source::Sequence(_) => {
                let values = [("item", self.title(origin.item)), ("shoppers", &self.shoppers())];
                self.say(&format!("sequence.{}", cause_word(&origin)), &values)
            }
            Source::Content(_, features) => {
                let shared = shared::properties(self.shop, self.messages, *features, item);
                let list = shared::listed(self.messages, &shared, self.language);
                let matches = self.resemblance == Resemblance::Style && origin.event.is_none();
                let kind = if matches { "style" } else { "content" };
                let values = [("item", self.title(origin.item)), ("shared", list.as_str())];
                return (self.say(&format!("{kind}.{}", cause_word(&origin)), &values), shared);
            }
            Source::Popularity => self.say("popularity", &[("shoppers", &self.shoppers())]),
            Source::Featured => self.say("featured", &[]),
            Source::Boost(index) => {
                let boost = self.boosts.get(*index);
                let label = boost.and_then(|boost| boost.label.as_ref()).filter(|label| !label.is_empty());
                let unlabelled = if boost.is_some_and(|boost| boost.by < 0.0) { "boost.down" } else { "boost.up" };
                match label {
                    Some(label) => label.get(self.language).to_owned(),
                    None => self.say(unlabelled, &[]),
                }
            }
            Source::Diversity { .. } => self.say("diversity", &[("item", self.title(origin.item))]),
        };
        (sentence, Vec::new())
    }

    /// Whether the words for such a part depend on the title of the product that it speaks of.
    pub(crate) fn names_its_title(&self, source: &Source) -> bool {
        let Source::Content(_, features) = source else { return false };
        let content = self.shop.model.content();
        features.features().filter_map(|id| content.feature(id)).any(|feature| feature.key == "title")
    }

    /// What the other shoppers are called.
    fn shoppers(&self) -> String {
        self.say(if self.shop.is_simulated() { "shoppers.simulated" } else { "shoppers" }, &[])
    }

    fn origin(&self, source: &Source) -> Origin<'_> {
        match source {
            Source::Sequence(Cause::Anchor(index)) | Source::Content(Cause::Anchor(index), _) => {
                Origin { item: self.anchors.get(*index).copied(), ..Origin::default() }
            }
            Source::Sequence(Cause::History(index)) | Source::Content(Cause::History(index), _) => {
                let interaction = self.history.interaction(*index).map(|(_, interaction)| interaction);
                Origin {
                    event: interaction.map(|interaction| &interaction.id),
                    kind: interaction.map(|interaction| interaction.kind),
                    item: self.history.events.get(*index).map(|event| event.item),
                }
            }
            Source::Diversity { beside } => Origin { item: Some(*beside), ..Origin::default() },
            Source::Popularity | Source::Featured | Source::Boost(_) => Origin::default(),
        }
    }

    fn title(&self, item: Option<u32>) -> &str {
        item.and_then(|item| self.shop.get(item)).map_or("", |product| product.title.get(self.language))
    }

    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.messages.sentence(key, self.language, values)
    }
}

/// What kind of knowledge a part comes from.
pub(crate) fn kind_of(source: &Source) -> ReasonSource {
    match source {
        Source::Sequence(_) => ReasonSource::Sequence,
        Source::Content(..) => ReasonSource::Content,
        Source::Popularity => ReasonSource::Popularity,
        Source::Featured => ReasonSource::Featured,
        Source::Boost(_) => ReasonSource::Boost,
        Source::Diversity { .. } => ReasonSource::Diversity,
    }
}

/// The word of the message keys for what a part goes back to.
fn cause_word(origin: &Origin<'_>) -> &'static str {
    match origin.kind {
        None => "anchor",
        Some(InteractionKind::View) => "view",
        Some(InteractionKind::Cart) => "cart",
        Some(InteractionKind::Purchase) => "purchase",
    }
}
