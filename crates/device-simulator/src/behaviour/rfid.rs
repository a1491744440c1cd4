//! A rack whose goods carry RFID tags: pieces come and go, and now and then the reader counts all of them.

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::json;

use super::{Behaviour, Reading, Surroundings};

/// A company prefix of seven digits from the range that GS1 keeps for examples.
const COMPANY: u64 = 9_520_000;

/// An SGTIN-96 tag as 24 hexadecimal digits: filter 1, a company prefix of seven digits, an item reference of six
/// (GS1 EPC Tag Data Standard, partition 5).
#[must_use]
pub fn sgtin96(item: u32, serial: u64) -> String {
    encode(1, COMPANY, item, serial)
}

fn encode(filter: u128, company: u64, item: u32, serial: u64) -> String {
    let header: u128 = 0x30 << 88;
    let filter = (filter & 7) << 85;
    let partition: u128 = 5 << 82;
    let company = u128::from(company & 0xff_ffff) << 58;
    let item = u128::from(item % 1_000_000) << 38;
    let serial = u128::from(serial & ((1 << 38) - 1));
    format!("{:024X}", header | filter | partition | company | item | serial)
}

/// The GTIN-14 that such a tag stands for: the item's first digit goes to the front, a check digit to the end.
#[must_use]
pub fn gtin14(item: u32) -> String {
    gtin(COMPANY, item)
}

fn gtin(company: u64, item: u32) -> String {
    let item = format!("{:06}", item % 1_000_000);
    let (indicator, rest) = item.split_at(1);
    let body = format!("{indicator}{company:07}{rest}");
    let weighted: u32 = body
        .bytes()
        .enumerate()
        .map(|(place, digit)| u32::from(digit.saturating_sub(b'0')) * if place % 2 == 0 { 3 } else { 1 })
        .sum();
    format!("{body}{}", (10 - weighted % 10) % 10)
}

/// A rack of a few products.
#[derive(Clone, Debug)]
pub struct Rack {
    /// Item reference and product of everything that may hang there.
    products: Vec<(u32, String)>,
    /// Tags hanging there, with the product of each.
    present: BTreeMap<String, String>,
    /// Serial number of the next new piece.
    serial: u64,
    /// Pieces that are known to the rack at the most.
    capacity: usize,
    seconds: u32,
    /// Has it told once what hangs there? Until then nobody knows what to add to.
    counted: bool,
}

impl Rack {
    /// An empty rack for `products` (item reference, sku) and at most `capacity` pieces.
    #[must_use]
    pub fn new(products: Vec<(u32, String)>, capacity: usize, seconds: u32) -> Self {
        Self {
            products,
            present: BTreeMap::new(),
            serial: 1,
            capacity,
            seconds: seconds.clamp(1, 3600),
            counted: false,
        }
    }

    /// The same with so many pieces on it.
    #[must_use]
    pub fn filled(mut self, pieces: usize, random: &mut Rng) -> Self {
        for _ in 0..pieces.min(self.capacity) {
            self.arrive(random);
        }
        self
    }

    /// The map from GTIN-14 to product that such a reader is configured with.
    #[must_use]
    pub fn tags(&self) -> BTreeMap<String, String> {
        self.products.iter().map(|(item, sku)| (gtin14(*item), sku.clone())).collect()
    }

    fn arrive(&mut self, random: &mut Rng) -> Option<String> {
        let (item, sku) = self.products.get(random.usize(0..self.products.len().max(1)))?;
        let tag = sgtin96(*item, self.serial);
        self.serial += 1;
        self.present.insert(tag.clone(), sku.clone());
        Some(tag)
    }

    fn leave(&mut self, random: &mut Rng) -> Option<String> {
        let place = random.usize(0..self.present.len().max(1));
        let tag = self.present.keys().nth(place)?.clone();
        self.present.remove(&tag);
        Some(tag)
    }

    fn count(&self) -> (&'static str, serde_json::Value) {
        let tags: Vec<&String> = self.present.keys().collect();
        ("vitrine.rfid.inventory.v1", json!({ "tags": tags, "complete": true }))
    }

    fn movement(&mut self, random: &mut Rng) -> (&'static str, serde_json::Value) {
        let full = self.present.len() >= self.capacity;
        let left: Vec<String> = (0..random.u32(0..=2)).filter_map(|_| self.leave(random)).collect();
        // A delivery now and then, single returns in between.
        let arriving = if full {
            0
        } else if random.u32(0..6) == 0 {
            random.u32(4..=9)
        } else {
            random.u32(0..=1)
        };
        let entered: Vec<String> = (0..arriving).filter_map(|_| self.arrive(random)).collect();
        ("vitrine.rfid.movement.v1", json!({ "entered": entered, "left": left }))
    }
}

impl Behaviour for Rack {
    fn next(&mut self, random: &mut Rng, rest: bool) -> Reading {
        let counts = rest || !self.counted || random.u32(0..15) == 0;
        self.counted = true;
        let (kind, data) = if counts { self.count() } else { self.movement(random) };
        Reading { after: u64::from(self.seconds) * 1000, kind, data }
    }

    fn surroundings(&self) -> Surroundings {
        let mut units: BTreeMap<String, u32> = self.products.iter().map(|(_, sku)| (sku.clone(), 0)).collect();
        for sku in self.present.values() {
            *units.entry(sku.clone()).or_default() += 1;
        }
        Surroundings { units, ..Surroundings::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the EPC Tag Data Standard: urn:epc:id:sgtin:0614141.812345.6789.
    #[test]
    fn a_tag_is_written_as_in_the_standards_example() {
        assert_eq!(encode(3, 614_141, 812_345, 6789), "3074257BF7194E4000001A85");
        assert_eq!(gtin(614_141, 812_345), "80614141123458");
    }
}
