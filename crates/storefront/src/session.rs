//! What one shopper did in this shop, as far as the pack knows the products.

use std::collections::BTreeSet;

use vitrine_catalog::{Identifier, Interaction, InteractionKind};
use vitrine_recommend::{Event, HISTORY};

use crate::Shop;

/// A shopper's events with products of the pack, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Session {
    events: Vec<(Interaction, u32)>,
}

/// A session, or what is left of it when some events are taken as never happened.
#[derive(Clone, Debug, Default)]
pub(crate) struct History<'a> {
    interactions: Vec<&'a Interaction>,
    /// The same events as the recommender reads them.
    pub(crate) events: Vec<Event>,
    /// What was bought.
    pub(crate) bought: BTreeSet<u32>,
    /// What was put in the basket and not bought since.
    pub(crate) basket: Vec<u32>,
}

impl Session {
    /// Takes over `events`, oldest first; gives back the ids of products that the pack does not hold, each once.
    pub(crate) fn of(events: Vec<Interaction>, shop: &Shop) -> (Self, Vec<String>) {
        let mut unknown: Vec<String> = Vec::new();
        let mut known = Vec::with_capacity(events.len());
        for event in events {
            match shop.number(event.item.as_str()) {
                Some(item) => known.push((event, item)),
                None if unknown.iter().any(|id| id == event.item.as_str()) => {}
                None => unknown.push(event.item.into()),
            }
        }
        (Self { events: known }, unknown)
    }

    /// The session as if the events with ids in `without` had never happened.
    pub(crate) fn history(&self, without: &[String]) -> History<'_> {
        let mut history = History::default();
        for (interaction, item) in &self.events {
            if without.iter().any(|id| id == interaction.id.as_str()) {
                continue;
            }
            let item = *item;
            match interaction.kind {
                InteractionKind::View => {}
                InteractionKind::Cart if !history.basket.contains(&item) => history.basket.push(item),
                InteractionKind::Cart => {}
                InteractionKind::Purchase => {
                    history.bought.insert(item);
                    history.basket.retain(|&other| other != item);
                }
            }
            history.interactions.push(interaction);
            history.events.push(Event { item, kind: interaction.kind });
        }
        history
    }
}

impl<'a> History<'a> {
    /// The event with this index, oldest first.
    pub(crate) fn interaction(&self, index: usize) -> Option<&'a Interaction> {
        self.interactions.get(index).copied()
    }

    /// Ids of the events that count beside `anchors`, newest first.
    pub(crate) fn counted(&self, anchors: &[u32]) -> Vec<Identifier> {
        let newest = self.interactions.iter().zip(&self.events).rev().take(HISTORY);
        newest.filter(|(_, event)| !anchors.contains(&event.item)).map(|(event, _)| event.id.clone()).collect()
    }

    /// What was only looked at: neither bought nor in the basket.
    pub(crate) fn viewed(&self) -> BTreeSet<u32> {
        let items = self.events.iter().map(|event| event.item);
        items.filter(|item| !self.bought.contains(item) && !self.basket.contains(item)).collect()
    }
}
