//! From tags to units: which pieces are present, by article.
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use vitrine_devices::epc::{Gtin, Sgtin};
use vitrine_devices::{Refusal, RefusalCode, Sku};

/// The most tags that are kept for one reader.
pub const MAX_PRESENT: usize = 20_000;

/// The tags that one reader holds for present.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Present(BTreeMap<Gtin, BTreeSet<u64>>);

impl Present {
    /// All that is there; what was not read is not there.
    pub fn replace(&mut self, tags: &[Sgtin]) {
        self.0.clear();
        self.add(tags);
    }

    /// These are there as well.
    pub fn add(&mut self, tags: &[Sgtin]) {
        for tag in tags {
            self.0.entry(tag.gtin).or_default().insert(tag.serial);
        }
    }

    /// These are there no more.
    pub fn remove(&mut self, tags: &[Sgtin]) {
        for tag in tags {
            if let Some(serials) = self.0.get_mut(&tag.gtin) {
                serials.remove(&tag.serial);
                if serials.is_empty() {
                    self.0.remove(&tag.gtin);
                }
            }
        }
    }

    /// How many tags are there.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.values().map(BTreeSet::len).sum()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Why so many more cannot be kept.
    #[must_use]
    pub fn refuses(&self, more: usize, field: &str) -> Option<Refusal> {
        (self.len() + more > MAX_PRESENT).then(|| {
            let detail = format!(
                "{} tags are present and {more} would be added; at most {MAX_PRESENT} are kept: send a complete inventory",
                self.len()
            );
            Refusal::at(RefusalCode::TooManyTags, format!("/data/{field}"), detail)
        })
    }

    /// Units by article, each article of the map, also with 0; and how many tags belong to none of them.
    #[must_use]
    pub fn units(&self, tags: &BTreeMap<Gtin, Sku>) -> (BTreeMap<Sku, u64>, u64) {
        let mut units: BTreeMap<Sku, u64> = tags.values().map(|sku| (sku.clone(), 0)).collect();
        let mut unknown = 0;
        for (gtin, serials) in &self.0 {
            let found = serials.len() as u64;
            match tags.get(gtin).and_then(|sku| units.get_mut(sku)) {
                Some(units) => *units += found,
                None => unknown += found,
            }
        }
        (units, unknown)
    }
}
