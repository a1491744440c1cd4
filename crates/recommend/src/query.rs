//! What is asked of the recommender and what it answers.

use vitrine_catalog::InteractionKind;

use crate::{Mask, Score};

/// One thing the shopper did with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The item's number.
    pub item: u32,
    /// What was done.
    pub kind: InteractionKind,
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// What the shopper did, oldest first; only the newest 50 count.
    pub history: &'a [Event],
    /// Items the answer is about, such as the one on the page or those in the basket; only the last 50 count.
    pub anchors: &'a [u32],
    /// Items that may be answered.
    pub allowed: &'a Mask,
    /// Preferences of the shop.
    pub boosts: &'a [Boost],
    /// How much being alike to a better item costs, 0 (nothing) to 1 (an equal item scores nothing).
    pub diversity: f64,
    /// How products must be alike to help each other.
    pub resemblance: Resemblance,
    /// Most items to answer.
    pub limit: usize,
}

/// How products must be alike to help each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resemblance {
    /// In everything: alternatives.
    #[default]
    Whole,
    /// In style only, not in kind: things that go together.
    Style,
}

/// A preference of the shop for some items.
#[derive(Clone, Debug)]
pub struct Boost {
    /// The preferred items.
    pub items: Mask,
    /// Share of the best unboosted score that is added, -1 to 1. All boosts of a query add at most 4,096 together.
    pub by: f64,
}

/// An answered item.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The item's number.
    pub item: u32,
    /// Its score; answers come in descending order of it, ties by number.
    pub score: Score,
    /// Where the score comes from; amounts add up to it exactly.
    pub parts: Vec<Part>,
}

/// One part of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it comes from.
    pub source: Source,
    /// What it adds; negative for penalties.
    pub amount: Score,
}

/// Where a part of a score comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Shoppers who had the cause went on to this item.
    Sequence(Cause),
    /// The item is like the cause; the features that made most of it.
    Content(Cause, Telling),
    /// Often chosen by all shoppers.
    Popularity,
    /// The shop lists it early.
    Featured,
    /// The shop's preference with this index in the query.
    Boost(usize),
    /// It repeats a better item of the same answer.
    Diversity {
        /// That better item.
        beside: u32,
    },
}

/// The numbers of the features that make most of a likeness.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Telling([Option<u32>; 3]);

impl Telling {
    pub(crate) fn new(features: [Option<u32>; 3]) -> Self {
        Self(features)
    }

    /// The features, the most telling first.
    pub fn features(self) -> impl Iterator<Item = u32> {
        self.0.into_iter().flatten()
    }
}

/// What in the query a part goes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The event with this index in the history.
    History(usize),
    /// The item with this index among the anchors.
    Anchor(usize),
}
