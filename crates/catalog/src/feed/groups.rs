//! Joins the rows of one product, which feeds list one after the other or at least not far apart.

use std::collections::{BTreeMap, VecDeque};

use super::draft::Draft;
use super::{Expected, FeedBatch, FeedProblem};
use crate::{Identifier, Product};

/// Products held back for further rows; more rows than this between two rows of a product are too far apart.
const WINDOW: usize = 10_000;

/// A product that may be complete, or is.
enum Waiting {
    Draft(Box<Draft>),
    Product(Box<Product>),
}

/// The products that wait for further rows, in the feed's order.
#[derive(Default)]
pub(super) struct Groups {
    waiting: VecDeque<Waiting>,
    /// How many have left the queue.
    left: u32,
    /// Ids that are given away, each with its place counted from the feed's start.
    places: BTreeMap<Identifier, u32>,
    /// Products that were refused by their first row; their other rows need no word of their own.
    refused: BTreeMap<Identifier, u32>,
}

impl Groups {
    /// Takes a row in; a product that has waited long enough comes out.
    pub(super) fn add(&mut self, draft: Draft, out: &mut FeedBatch) {
        if draft.group
            && let Some(place) = self.places.get(&draft.id).and_then(|place| place.checked_sub(self.left))
            && let Some(Waiting::Draft(known)) = self.waiting.get_mut(place as usize)
            && known.group
        {
            known.merge(draft);
            return;
        }
        if let Some(problem) = draft.lacks() {
            if !(draft.group && self.refused.contains_key(&draft.id)) {
                out.problems.push(problem);
            }
            return;
        }
        let (id, line, together) = (draft.id.clone(), draft.line, draft.group);
        self.wait(id, line, together, Waiting::Draft(Box::new(draft)), out);
    }

    /// Notes that the product `id`, which may have further rows, was refused.
    pub(super) fn refuse(&mut self, id: &str) {
        if let Ok(id) = Identifier::new(id) {
            self.refused.insert(id, 0);
        }
    }

    /// Takes a finished product in.
    pub(super) fn add_product(&mut self, line: u64, product: Product, out: &mut FeedBatch) {
        let id = product.id.clone();
        self.wait(id, line, false, Waiting::Product(Box::new(product)), out);
    }

    fn wait(&mut self, id: Identifier, line: u64, group: bool, waiting: Waiting, out: &mut FeedBatch) {
        if self.places.contains_key(&id) {
            let expected = if group { Expected::Together } else { Expected::Unique };
            let problem = FeedProblem::new(line, "id", id.as_str(), expected);
            out.problems.push(FeedProblem { item: Some(id.to_string()), ..problem });
            return;
        }
        self.places.insert(id, self.left + self.waiting.len() as u32);
        self.waiting.push_back(waiting);
        if self.waiting.len() > WINDOW {
            self.release(out);
        }
    }

    /// Lets the product out that waits longest.
    fn release(&mut self, out: &mut FeedBatch) -> bool {
        let Some(first) = self.waiting.pop_front() else { return false };
        self.left += 1;
        match first {
            Waiting::Product(product) => out.products.push(*product),
            Waiting::Draft(draft) => {
                let assumes_currency = draft.assumes_currency();
                match draft.finish() {
                    Ok(product) => {
                        out.currency_assumed |= assumes_currency;
                        out.products.push(product);
                    }
                    Err(problem) => out.problems.push(problem),
                }
            }
        }
        true
    }

    /// Lets all out.
    pub(super) fn finish(&mut self, out: &mut FeedBatch) {
        while self.release(out) {}
    }
}
