//! What was found for a request, before it is put into words: as plain objects, or flat for a page that holds the events.

use serde::Serialize;
use vitrine_catalog::Identifier;
use vitrine_recommend::{Cause, Scored, Source};

use crate::answer::{Receipt, Recommendation, Recommendations, Shared};
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
    /// The words for each reason in turn; nothing where none are wanted.
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

    /// The numbers of a flat answer.
    ///
    /// How many events count, newest first, and the place of each in the session; then for each product its score, how
    /// many reasons it has, and for each of them the number of its source, in the order of
    /// [`ReasonSource`](crate::ReasonSource), its amount, and its cause: the place of an event in the session, -1 - the
    /// place of an anchor, or for diversity the place of the better product in this answer; 0 where there is none.
    pub fn numbers(&self) -> Vec<f64> {
        let Teller { history, anchors, .. } = &self.teller;
        let counted = history.counted(anchors);
        let mut numbers =
            Vec::with_capacity(1 + counted.len() + self.scored.iter().map(|s| 2 + 3 * s.parts.len()).sum::<usize>());
        numbers.push(counted.len() as f64);
        numbers.extend(counted.iter().map(|&(place, _)| f64::from(place)));
        for Scored { score, parts, .. } in &self.scored {
            numbers.extend([score.to_f64(), parts.len() as f64]);
            for part in parts {
                let cause = match part.source {
                    Source::Sequence(cause) | Source::Content(cause, _) => match cause {
                        Cause::History(index) => history.interaction(index).map_or(0.0, |(place, _)| f64::from(place)),
                        Cause::Anchor(index) => -1.0 - index as f64,
                    },
                    Source::Diversity { beside } => {
                        self.scored.iter().position(|better| better.item == beside).unwrap_or(0) as f64
                    }
                    Source::Popularity | Source::Featured | Source::Boost(_) => 0.0,
                };
                numbers.extend([f64::from(kind_of(&part.source) as u8), part.amount.to_f64(), cause]);
            }
        }
        numbers
    }

    /// The texts of a flat answer.
    pub fn texts(&self) -> Texts<'_> {
        let Teller { shop, anchors, words, .. } = &self.teller;
        let id = |item| shop.get(item).map(|product| &product.id);
        let told = |scored: &'_ Scored| -> Vec<_> {
            scored.parts.iter().map(|part| self.teller.words(&part.source, scored.item)).collect()
        };
        Texts {
            items: self.scored.iter().filter_map(|scored| id(scored.item)).collect(),
            anchors: anchors.iter().filter_map(|&item| id(item)).collect(),
            words: if *words { self.scored.iter().flat_map(told).collect() } else { Vec::new() },
            receipt: &self.receipt,
        }
    }
}
