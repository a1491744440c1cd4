//! What was found for a request, before it is put into words: as plain objects, or flat for a page that holds the events.

use serde::Serialize;
use vitrine_catalog::Identifier;
use vitrine_recommend::{Cause, Part, Scored, Source};

use crate::answer::{Receipt, Recommendation, Recommendations, Shared};
use crate::phrases::Phrases;
use crate::reasons::{Teller, kind_of};

/// The found products with the parts of their scores.
pub struct Suggestions<'a> {
    pub(crate) teller: Teller<'a>,
    pub(crate) scored: Vec<Scored>,
    /// Its events are still missing.
    pub(crate) receipt: Receipt,
}

/// What a flat answer holds beside numbers.
#[derive(Serialize)]
pub struct Texts<'a> {
    /// The ids of the suggested products.
    items: Vec<&'a Identifier>,
    /// The ids of the products that the request is about.
    anchors: Vec<&'a Identifier>,
    /// The words that reasons refer to: a sentence, and what the products have in common; none where none are wanted.
    words: Vec<(String, Vec<Shared>)>,
    /// How the answer came about; its events are among the numbers.
    receipt: &'a Receipt,
}

impl Suggestions<'_> {
    /// As plain objects.
    pub fn told(mut self) -> Recommendations {
        let Self { teller, scored, receipt } = &mut self;
        let counted = teller.history.counted(&teller.anchors);
        receipt.events = counted.into_iter().map(|(_, event)| event.id.clone()).collect();
        let told = scored.iter().filter_map(|Scored { item, score, parts }| {
            let id = teller.shop.get(*item)?.id.clone();
            Some(Recommendation {
                id,
                score: *score,
                reasons: parts.iter().map(|part| teller.tell(part, *item)).collect(),
            })
        });
        Recommendations { items: told.collect(), receipt: self.receipt }
    }

    /// Flat: numbers, and the texts that they refer to.
    ///
    /// How many events count, newest first, and the place of each in the session; then for each product its score, how
    /// many reasons it has, and for each of them four numbers: its source, in the order of
    /// [`ReasonSource`](crate::ReasonSource); its amount; its cause, which is the place of an event in the session, -1 -
    /// the place of an anchor, for diversity the place of the better product in this answer, and else 0; its words.
    pub fn flat(&self) -> (Vec<f64>, Texts<'_>) {
        let Teller { shop, history, anchors, words, .. } = &self.teller;
        let mut phrases = Phrases::new(&self.teller);
        let counted = history.counted(anchors);
        let mut numbers = vec![counted.len() as f64];
        numbers.extend(counted.iter().map(|&(place, _)| f64::from(place)));
        for Scored { item, score, parts } in &self.scored {
            numbers.extend([score.to_f64(), parts.len() as f64]);
            for Part { source, amount } in parts {
                let phrase = if *words { phrases.number(source, *item) } else { 0 };
                let cause = self.cause(source);
                numbers.extend([f64::from(kind_of(source) as u8), amount.to_f64(), cause, phrase as f64]);
            }
        }
        let id = |item| shop.get(item).map(|product| &product.id);
        let texts = Texts {
            items: self.scored.iter().filter_map(|scored| id(scored.item)).collect(),
            anchors: anchors.iter().filter_map(|&item| id(item)).collect(),
            words: phrases.all(),
            receipt: &self.receipt,
        };
        (numbers, texts)
    }

    fn cause(&self, source: &Source) -> f64 {
        match *source {
            Source::Sequence(Cause::History(index)) | Source::Content(Cause::History(index), _) => {
                self.teller.history.interaction(index).map_or(0.0, |(place, _)| f64::from(place))
            }
            Source::Sequence(Cause::Anchor(index)) | Source::Content(Cause::Anchor(index), _) => -1.0 - index as f64,
            Source::Diversity { beside } => {
                self.scored.iter().position(|better| better.item == beside).unwrap_or(0) as f64
            }
            Source::Popularity | Source::Featured | Source::Boost(_) => 0.0,
        }
    }
}
