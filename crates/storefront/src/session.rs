//! What one shopper did in this shop, as far as the pack knows the products.

use std::collections::BTreeSet;

use vitrine_catalog::{Interaction, InteractionKind};
use vitrine_recommend::{Event, HISTORY};

use crate::Shop;

/// A shopper's events, oldest first, each with the number of its product where the pack holds it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Session {
    events: Vec<(Interaction, Option<u32>)>,
}

/// A session, or what is left of it when some events are taken as never happened.
#[derive(Clone, Debug, Default)]
pub(crate) struct History<'a> {
    /// The events themselves, each with its place in the session.
    interactions: Vec<(u32, &'a Interaction)>,
    /// The same events as the recommender reads them.
    pub(crate) events: Vec<Event>,
    /// What was bought.
    pub(crate) bought: BTreeSet<u32>,
    /// What was put in the basket and not bought since.
    pub(crate) basket: Vec<u32>,
}

impl Session {
    /// Keeps the first `kept` events, which `events` follow, oldest first.
    pub(crate) fn follow(&mut self, kept: usize, events: Vec<Interaction>, shop: &Shop) {
        self.events.truncate(kept);
        self.events.extend(events.into_iter().map(|event| {
            let item = shop.number(event.item.as_str());
            (event, item)
        }));
    }

    /// The ids of products that the pack does not hold, each once.
    pub(crate) fn unknown(&self) -> Vec<String> {
        let mut unknown: Vec<String> = Vec::new();
        for (event, _) in self.events.iter().filter(|(_, item)| item.is_none()) {
            if !unknown.iter().any(|id| id == event.item.as_str()) {
                unknown.push(event.item.as_str().to_owned());
            }
        }
        unknown
    }

    /// The session as if the events with ids in `without` had never happened.
    pub(crate) fn history(&self, without: &[String]) -> History<'_> {
        let mut history = History::default();
        for (place, (interaction, item)) in (0..).zip(&self.events) {
            let &Some(item) = item else { continue };
            if without.iter().any(|id| id == interaction.id.as_str()) {
                continue;
            }
            match interaction.kind {
                InteractionKind::View => {}
                InteractionKind::Cart if !history.basket.contains(&item) => history.basket.push(item),
                InteractionKind::Cart => {}
                InteractionKind::Purchase => {
                    history.bought.insert(item);
                    history.basket.retain(|&other| other != item);
                }
            }
            history.interactions.push((place, interaction));
            history.events.push(Event { item, kind: interaction.kind });
        }
        history
    }
}

impl<'a> History<'a> {
    /// The event with this index, oldest first, after its place in the session.
    pub(crate) fn interaction(&self, index: usize) -> Option<(u32, &'a Interaction)> {
        self.interactions.get(index).copied()
    }

    /// The events that count beside `anchors`, newest first, each after its place in the session.
    pub(crate) fn counted(&self, anchors: &[u32]) -> Vec<(u32, &'a Interaction)> {
        let newest = self.interactions.iter().zip(&self.events).rev().take(HISTORY);
        newest.filter(|(_, event)| !anchors.contains(&event.item)).map(|(event, _)| *event).collect()
    }

    /// What was only looked at: neither bought nor in the basket.
    pub(crate) fn viewed(&self) -> BTreeSet<u32> {
        let items = self.events.iter().map(|event| event.item);
        items.filter(|item| !self.bought.contains(item) && !self.basket.contains(item)).collect()
    }
}
