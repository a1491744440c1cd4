//! Which product an utterance means: by name, by "the second one", by what it looks like, by what was spoken of.

use vitrine_catalog::{Identifier, Product};

use crate::lexicon::has;
use crate::slots::{Reference, Slots, Wanted};
use crate::{Conversation, Knowledge};

/// The most products offered when several could be meant.
const MOST_CHOICES: usize = 4;

/// Whom an utterance means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meant {
    One(Identifier),
    /// Any of these; ask.
    Several(Vec<Identifier>),
    Nothing,
}

/// Whether a product has all that is wanted: one value of each key.
pub(crate) fn fits(product: &Product, wanted: &Wanted) -> bool {
    let keys: std::collections::BTreeSet<&str> = wanted.properties.iter().map(|it| it.key.as_str()).collect();
    let properties = keys.into_iter().all(|key| wanted.properties.iter().any(|it| it.key == key && has(product, it)));
    let bounds = wanted.price.least.unwrap_or(i64::MIN)..=wanted.price.most.unwrap_or(i64::MAX);
    properties && bounds.contains(&product.price.minor)
}

impl Conversation {
    /// The one product that is meant.
    pub(crate) fn meant(&self, slots: &Slots, looking_at: Option<&Identifier>, knowledge: &Knowledge) -> Meant {
        self.meant_by(slots, looking_at, knowledge, MOST_CHOICES)
    }

    /// The same, naming up to `most` where several could be meant.
    pub(crate) fn meant_by(
        &self,
        slots: &Slots,
        looking_at: Option<&Identifier>,
        knowledge: &Knowledge,
        most: usize,
    ) -> Meant {
        let open = looking_at.filter(|id| knowledge.product(id).is_some());
        let around = || self.focus.as_ref().or(open);
        for reference in &slots.references {
            let pointed = match reference {
                Reference::Place(place) => self.shown.get(*place),
                Reference::Last => self.shown.last(),
                Reference::Focus | Reference::All | Reference::Both => continue,
            };
            if let Some(id) = pointed {
                return Meant::One(id.clone());
            }
            // "The second one" of a list of one is nobody knows which.
            if slots.named.is_empty() && !self.shown.is_empty() {
                return Meant::Several(self.shown.iter().take(MOST_CHOICES).cloned().collect());
            }
        }
        if let Some(group) = slots.named.first() {
            return one_of(group, around(), &self.shown, most);
        }
        let points = slots.references.contains(&Reference::Focus);
        if !slots.properties.is_empty() && !points {
            let wanted = Wanted { properties: slots.properties.clone(), ..Wanted::default() };
            let fitting = |id: &&Identifier| knowledge.product(id).is_some_and(|product| fits(product, &wanted));
            if around().is_some_and(|id| fitting(&id)) {
                return around().cloned().map_or(Meant::Nothing, Meant::One);
            }
            let shown: Vec<Identifier> = self.shown.iter().filter(fitting).cloned().collect();
            if !shown.is_empty() {
                return one_of(&shown, None, &self.shown, most);
            }
            let all: Vec<Identifier> =
                knowledge.products.iter().filter(|it| fits(it, &wanted)).map(|it| it.id.clone()).collect();
            if !all.is_empty() {
                return one_of(&all, None, &self.shown, most);
            }
        }
        match (around(), self.shown.first()) {
            (Some(id), _) => Meant::One(id.clone()),
            (None, Some(_)) if points => one_of(&self.shown, None, &self.shown, most),
            _ => Meant::Nothing,
        }
    }

    /// The products to set side by side.
    pub(crate) fn compared(
        &self,
        slots: &Slots,
        looking_at: Option<&Identifier>,
        knowledge: &Knowledge,
    ) -> Vec<Identifier> {
        let mut found: Vec<Identifier> = Vec::new();
        let mut add = |ids: Vec<&Identifier>| {
            for id in ids {
                if !found.contains(id) && knowledge.product(id).is_some() && found.len() < MOST_CHOICES {
                    found.push(id.clone());
                }
            }
            found.len()
        };
        let around = || self.focus.iter().chain(looking_at).take(1);
        let mut count = 0;
        for reference in &slots.references {
            count = add(match reference {
                Reference::Place(place) => self.shown.get(*place).into_iter().collect(),
                Reference::Last => self.shown.last().into_iter().collect(),
                Reference::Both => self.shown.iter().take(2).collect(),
                Reference::All => self.shown.iter().collect(),
                Reference::Focus => around().collect(),
            });
        }
        for group in &slots.named {
            let known = group.iter().find(|id| self.shown.contains(id)).or(group.first());
            count = add(known.into_iter().collect());
        }
        if count < 2 {
            for property in &slots.properties {
                let mut fitting = knowledge.products.iter().filter(|product| has(product, property)).map(|it| &it.id);
                count = add(fitting.find(|id| self.shown.contains(id)).into_iter().collect());
            }
        }
        if count < 2 && slots.named.is_empty() {
            add(around().chain(self.shown.iter().take(2)).collect());
        }
        found
    }
}

/// Of a group the one that is spoken of, else the only one that was shown, else all up to `most`.
fn one_of(group: &[Identifier], around: Option<&Identifier>, list: &[Identifier], most: usize) -> Meant {
    let spoken_of = group.iter().find(|id| around == Some(*id));
    let mut shown = group.iter().filter(|id| list.contains(id));
    match (group, spoken_of, shown.next(), shown.next()) {
        ([], ..) => Meant::Nothing,
        ([only], ..) | (_, Some(only), ..) | (_, None, Some(only), None) => Meant::One(only.clone()),
        _ => Meant::Several(group.iter().take(most).cloned().collect()),
    }
}
