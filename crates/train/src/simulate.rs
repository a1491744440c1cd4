//! Simulated shoppers with latent tastes, for demos and tests; the log says that it is simulated.
//!
//! Every feature of a product (colour, pattern, category …) gets a random place in a small taste space, a product
//! lies at the mean of its features, a shopper somewhere near. A visit follows taste, what was seen last, and fame;
//! what went into the basket turns the shopper to another category. Nothing is taken from real people.

use std::io::Write;

use fastrand::Rng;
use vitrine_catalog::{Identifier, Interaction, InteractionKind, Product};
use vitrine_recommend::features;

use crate::TrainError;
use crate::log::{KINDS, LogHeader, LogRow};

/// Dimensions of the taste space.
const TASTES: usize = 6;
/// Pull of the shopper's own taste.
const TASTE: f64 = 2.2;
/// Pull of the product seen last.
const LAST: f64 = 1.4;
/// What the same category is worth while looking for an alternative, and costs once something is in the basket.
const CATEGORY: f64 = 1.2;
/// Chances that a view leads to the basket, and the basket to a purchase.
const STEPS: [f64; 2] = [0.18, 0.45];
/// Longest visit, in views.
const VIEWS: u64 = 14;
/// Milliseconds in a day.
const DAY: u64 = 86_400_000;

/// How many shoppers to invent, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// Number of shoppers.
    pub shoppers: u32,
    /// Where randomness starts; the same seed gives the same log.
    pub seed: u64,
    /// Start of the first visit, milliseconds since 1970-01-01 UTC.
    pub start: u64,
}

type Place = [f64; TASTES];

/// Writes a log of invented shoppers in `products` as JSON lines; returns the number of interactions.
pub fn simulate(products: &[Product], simulation: &Simulation, out: &mut impl Write) -> Result<u64, TrainError> {
    let note = format!("invented by vitrine simulate shoppers, seed {}", simulation.seed);
    write_line(out, &LogHeader { simulated: true, note })?;
    let mut rng = Rng::with_seed(simulation.seed);
    let shop = Shop::new(products, &mut rng);
    let mut events = 0;
    for shopper in 0..simulation.shoppers {
        let taste: Place = std::array::from_fn(|_| normal(&mut rng));
        let mut at = simulation.start + rng.u64(..90 * DAY);
        for _ in 0..1 + rng.u64(..3) {
            for (item, kind) in shop.visit(&taste, &mut rng) {
                let Some(product) = products.get(item) else { continue };
                let row = LogRow {
                    shopper: identifier(format!("shopper-{shopper}"))?,
                    interaction: Interaction {
                        id: identifier(format!("{shopper}-{events}"))?,
                        kind,
                        item: product.id.clone(),
                        at,
                    },
                };
                write_line(out, &row)?;
                events += 1;
                at += 5_000 + rng.u64(..120_000);
            }
            at += DAY + rng.u64(..20 * DAY);
        }
    }
    Ok(events)
}

/// The products in taste space.
struct Shop<'a> {
    products: &'a [Product],
    places: Vec<Place>,
    fame: Vec<f64>,
}

impl<'a> Shop<'a> {
    fn new(products: &'a [Product], rng: &mut Rng) -> Self {
        let base = rng.u64(..);
        let mut places = Vec::with_capacity(products.len());
        for product in products {
            let mut place: Place = std::array::from_fn(|_| 0.4 * normal(rng));
            let features = features::of_product(product);
            let share = 1.6 / (features.len().max(1) as f64).sqrt();
            for feature in &features {
                let name = format!("{}={}{}", feature.key, feature.value.en, feature.value.zh);
                let mut own = Rng::with_seed(base ^ fnv1a(&name));
                place.iter_mut().for_each(|axis| *axis += share * normal(&mut own));
            }
            places.push(place);
        }
        let fame = products.iter().map(|_| 0.8 * normal(rng)).collect();
        Self { products, places, fame }
    }

    /// One visit: products in the order they are looked at, with what was done.
    fn visit(&self, taste: &Place, rng: &mut Rng) -> Vec<(usize, InteractionKind)> {
        let mut events = Vec::new();
        let mut last: Option<usize> = None;
        let mut basket: Vec<usize> = Vec::new();
        for _ in 0..2 + rng.u64(..VIEWS - 1) {
            let Some(item) = self.choose(taste, last, &basket, rng) else { break };
            last = Some(item);
            let mut chances = STEPS.iter();
            for kind in KINDS {
                events.push((item, kind));
                if kind == InteractionKind::Cart {
                    basket.push(item);
                }
                if chances.next().is_none_or(|&chance| rng.f64() > chance) {
                    break;
                }
            }
        }
        events
    }

    /// Draws the next product by the Gumbel trick: the largest of utility plus noise.
    fn choose(&self, taste: &Place, last: Option<usize>, basket: &[usize], rng: &mut Rng) -> Option<usize> {
        let leaf = |item: usize| self.products.get(item).and_then(|product| product.category.last());
        let mut best = (f64::MIN, None);
        for (item, (place, fame)) in self.places.iter().zip(&self.fame).enumerate() {
            let noise = -(-rng.f64().max(1e-300).ln()).max(1e-300).ln();
            let mut utility = fame + TASTE * closeness(taste, place) + noise;
            if let Some(last) = last.filter(|&last| last != item) {
                utility += self.places.get(last).map_or(0.0, |seen| LAST * closeness(seen, place));
                let same = leaf(last) == leaf(item);
                let settled = basket.iter().any(|&bought| leaf(bought) == leaf(item));
                utility += if settled {
                    -2.0 * CATEGORY
                } else if same {
                    CATEGORY
                } else {
                    0.0
                };
            }
            if utility > best.0 && last != Some(item) {
                best = (utility, Some(item));
            }
        }
        best.1
    }
}

/// Cosine of two places.
fn closeness(a: &Place, b: &Place) -> f64 {
    let dot = |x: &Place, y: &Place| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt().max(1e-9)
}

/// A standard normal number (Box and Muller).
fn normal(rng: &mut Rng) -> f64 {
    let radius = (-2.0 * (1.0 - rng.f64()).ln()).sqrt();
    radius * (std::f64::consts::TAU * rng.f64()).cos()
}

/// 64-bit FNV-1a hash.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn identifier(text: String) -> Result<Identifier, TrainError> {
    Identifier::new(text).map_err(|error| TrainError::Line { line: 0, problem: error.to_string() })
}

fn write_line(out: &mut impl Write, row: &impl serde::Serialize) -> Result<(), TrainError> {
    serde_json::to_writer(&mut *out, row).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}
