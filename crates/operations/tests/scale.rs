//! Traces as shelf scales give them: noise, the swing after a change, hands, baskets, drift. Each says which counts a
//! person would have written down.
#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a failure in a helper is a failed test")]

use proptest::prelude::*;
use vitrine_devices::{Config, Milli, Timestamp};
use vitrine_operations::scale::{Certainty, Held, Scale};

const START: i64 = 1_777_881_600_000;

fn config(unit: i64, tare: i64, noise: i64) -> Config {
    let grams = |grams| Some(Milli::whole(grams));
    Config { unit_grams: grams(unit), tare_grams: grams(tare), noise_grams: grams(noise), ..Config::default() }
}

/// A shelf scale with a load cell that swings, makes noise and drifts.
struct Shelf {
    config: Config,
    scale: Scale,
    random: fastrand::Rng,
    now: i64,
    grams: f64,
    noise: f64,
    drift: f64,
    /// Every count that was shown, one after the other.
    counts: Vec<u64>,
}

impl Shelf {
    fn new(config: Config, grams: f64, noise: f64, seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        let mut shelf =
            Self { config, scale: Scale::default(), random, now: START, grams, noise, drift: 0.0, counts: Vec::new() };
        shelf.rest(4);
        shelf
    }

    fn reading(&mut self, grams: f64, stable: bool) {
        // Two even spreads added: close to what a load cell's noise looks like, never beyond `noise`.
        let noise = (self.random.f64() + self.random.f64() - 1.0) * self.noise / 2.0;
        let shown = Milli::nearest(((grams + noise) * 10.0).round() / 10.0);
        self.scale.read(shown, stable, Timestamp::from_milliseconds(self.now), &self.config);
        if let Some(held) = self.scale.held(Timestamp::from_milliseconds(self.now), &self.config)
            && self.counts.last() != Some(&held.units)
        {
            self.counts.push(held.units);
        }
        self.now += 500;
    }

    /// Half a second each: the scale holds still.
    fn rest(&mut self, readings: usize) {
        for _ in 0..readings {
            self.grams += self.drift;
            self.reading(self.grams, true);
        }
    }

    /// The load changes: the pan swings, the scale says that it is not stable, then it rests.
    fn change(&mut self, by: f64) {
        let before = self.grams;
        self.grams += by;
        for (part, over) in [(0.4, 0.0), (1.0, 0.25), (1.0, -0.12), (1.0, 0.05)] {
            self.reading(before + by * (part + over), false);
        }
        self.rest(5);
    }

    /// A hand that leans on the shelf, holds still for one reading that the scale calls stable, and leaves.
    fn hand(&mut self, by: f64) {
        for part in [0.3, 0.8, 1.1] {
            self.reading(self.grams + by * part, false);
        }
        self.reading(self.grams + by, true);
        for part in [0.7, 0.2] {
            self.reading(self.grams + by * part, false);
        }
        self.rest(4);
    }

    fn held(&self) -> Held {
        self.scale.held(Timestamp::from_milliseconds(self.now), &self.config).unwrap()
    }
}

#[test]
fn jars_are_taken_one_by_one() {
    let mut shelf = Shelf::new(config(500, 1200, 10), 1200.0 + 12.0 * 503.0, 6.0, 1);
    for _ in 0..12 {
        shelf.change(-503.0);
    }
    assert_eq!(shelf.counts, (0..=12).rev().collect::<Vec<_>>());
    assert_eq!(shelf.held().certainty, Certainty::Exact);
}

#[test]
fn noise_alone_sells_nothing() {
    for seed in 0..20 {
        // Light goods on a noisy shelf: 40 g a unit, 12 g of noise.
        let mut shelf = Shelf::new(config(40, 0, 14), 17.0 * 40.0, 12.0, seed);
        shelf.rest(2000);
        assert_eq!(shelf.counts, [17], "seed {seed}");
    }
}

#[test]
fn a_hand_on_the_shelf_is_no_sale() {
    for by in [800.0, 250.0, -250.0, -130.0, 60.0, 3000.0, 500.0] {
        let mut shelf = Shelf::new(config(250, 0, 5), 8.0 * 250.0, 3.0, 2);
        for _ in 0..10 {
            shelf.hand(by);
        }
        assert_eq!(shelf.counts, [8], "a hand of {by} g");
    }
}

#[test]
fn a_scale_that_calls_nothing_unstable_needs_two_that_agree() {
    let mut shelf = Shelf::new(config(250, 0, 5), 8.0 * 250.0, 3.0, 3);
    for by in [100.0, 400.0, 700.0, 420.0, 90.0] {
        shelf.reading(shelf.grams + by, true);
    }
    shelf.rest(4);
    assert_eq!(shelf.counts, [8]);
}

#[test]
fn a_basket_put_on_and_taken_away_again_sells_nothing_and_adds_nothing() {
    // 1,350 g are 5.4 units of 250 g; 1,420 g are 5.68.
    for basket in [1350.0, 1420.0, 880.0] {
        let mut shelf = Shelf::new(config(250, 0, 5), 6.0 * 250.0, 3.0, 4);
        shelf.change(basket);
        shelf.rest(40);
        let held = shelf.held();
        assert_eq!((held.units, held.certainty), (6, Certainty::Between), "{basket} g");
        let between = held.between.unwrap();
        assert!(between[0] > 6 && between[1] == between[0] + 1, "{between:?}");
        // One unit goes into the basket's owner's hand while the basket still stands there: nobody can know yet.
        shelf.change(-250.0);
        shelf.change(-basket);
        assert_eq!(shelf.held().units, 5);
        assert_eq!(shelf.held().certainty, Certainty::Exact);
        assert_eq!(shelf.counts, [6, 5], "{basket} g");
    }
}

#[test]
fn goods_put_back_count_even_if_they_weigh_a_little_more() {
    let mut shelf = Shelf::new(config(250, 0, 5), 2.0 * 250.0, 3.0, 5);
    shelf.change(252.0);
    shelf.change(20.0 * 252.5);
    assert_eq!(shelf.counts, [2, 3, 23]);
}

#[test]
fn drift_over_hours_sells_nothing() {
    let mut shelf = Shelf::new(config(100, 0, 4), 10.0 * 100.0, 2.0, 6);
    // A third of a unit, slower than anyone would take something away.
    shelf.drift = -0.01;
    shelf.rest(3000);
    assert_eq!(shelf.counts, [10]);
    assert_eq!(shelf.held().certainty, Certainty::Exact);
    // Further, the shelf says that it is no longer sure.
    shelf.rest(2000);
    assert_eq!(shelf.counts, [10]);
    assert_eq!((shelf.held().certainty, shelf.held().between), (Certainty::Between, Some([9, 10])));
    // And even as far as a whole unit: nobody took one.
    shelf.rest(6000);
    assert_eq!(shelf.counts, [10]);
}

#[test]
fn goods_that_weigh_less_than_they_should_are_followed() {
    // Each bottle is 3 % light, so that ten of them are a third of a unit off.
    let mut shelf = Shelf::new(config(1000, 500, 15), 500.0 + 10.0 * 970.0, 8.0, 7);
    for _ in 0..10 {
        shelf.change(-970.0);
    }
    assert_eq!(shelf.counts, (0..=10).rev().collect::<Vec<_>>());
}

#[test]
fn something_half_taken_is_said_to_be_between_and_nothing_is_promised() {
    let mut shelf = Shelf::new(config(250, 0, 5), 4.0 * 250.0, 3.0, 8);
    // The lid of a jar, then the rest of it.
    shelf.change(-120.0);
    assert_eq!((shelf.held().units, shelf.held().between), (4, Some([3, 4])));
    shelf.change(-130.0);
    assert_eq!((shelf.held().units, shelf.held().certainty), (3, Certainty::Exact));
    // One jar and half of another.
    shelf.change(-375.0);
    assert_eq!((shelf.held().units, shelf.held().between), (1, Some([1, 2])));
}

#[test]
fn below_zero_the_shelf_needs_a_new_tare() {
    let mut shelf = Shelf::new(config(250, 800, 5), 800.0 + 250.0, 3.0, 9);
    shelf.change(-250.0);
    assert_eq!((shelf.held().units, shelf.held().certainty), (0, Certainty::Exact));
    // Somebody lifts the shelf's own board away.
    shelf.change(-800.0);
    assert_eq!((shelf.held().units, shelf.held().certainty), (0, Certainty::NeedsTare));
    assert_eq!(shelf.held().between, None);
}

#[test]
fn one_stable_reading_counts_after_three_seconds_that_nothing_contradicted() {
    let config = config(250, 0, 5);
    let at = |seconds: i64| Timestamp::from_milliseconds(START + seconds * 1000);
    let mut scale = Scale::default();
    scale.read(Milli::whole(1000), true, at(0), &config);
    assert_eq!(scale.held(at(2), &config), None);
    assert_eq!(scale.settles_at(&config), Some(at(3)));
    assert_eq!(scale.held(at(3), &config).unwrap().units, 4);
    scale.read(Milli::whole(1000), true, at(60), &config);
    scale.read(Milli::whole(750), true, at(61), &config);
    assert_eq!(scale.held(at(63), &config).unwrap().units, 4);
    assert_eq!(scale.held(at(64), &config).unwrap().units, 3);
    // Contradicted in time.
    scale.read(Milli::whole(1750), true, at(70), &config);
    scale.read(Milli::whole(900), false, at(72), &config);
    assert_eq!(scale.settles_at(&config), None);
    assert_eq!(scale.held(at(99), &config).unwrap().units, 3);
    // At once, where the settings say so.
    let quick = Config { settle_seconds: Some(0), ..config };
    scale.read(Milli::whole(500), true, at(100), &quick);
    assert_eq!(scale.held(at(100), &quick).unwrap().units, 2);
}

#[test]
fn without_a_unit_weight_there_is_no_count() {
    let mut scale = Scale::default();
    scale.read(Milli::whole(1000), true, Timestamp::from_milliseconds(START), &Config::default());
    assert_eq!(scale.held(Timestamp::LAST, &Config::default()), None);
}

proptest! {
    /// Any shop day: units go and come, hands lean on the shelf, it is always right once it has come to rest.
    #[test]
    fn the_count_is_right_after_any_day(
        unit in 60_i64..2000, tare in 0_i64..3000, spread in -0.01_f64..0.01, seed: u64,
        steps in prop::collection::vec((-3_i64..=3, any::<bool>(), -900.0_f64..900.0), 1..60),
    ) {
        let noise = (unit as f64 / 25.0).clamp(1.0, 30.0);
        let config = config(unit, tare, (noise * 1.2).ceil() as i64);
        let piece = unit as f64 * (1.0 + spread);
        let mut truth = 12_i64;
        let mut shelf = Shelf::new(config, tare as f64 + 12.0 * piece, noise, seed);
        for (change, hand, weight) in steps {
            if hand {
                shelf.hand(weight);
            }
            let change = change.max(-truth).min(24 - truth);
            if change != 0 {
                truth += change;
                shelf.change(change as f64 * piece);
            }
            prop_assert_eq!(shelf.held().units, truth as u64);
        }
    }

    #[test]
    fn no_weight_and_no_settings_make_it_panic(
        readings in prop::collection::vec((any::<i64>(), any::<bool>(), any::<i64>()), 0..20),
        unit: Option<i64>, tare: Option<i64>, noise: Option<i64>, settle: Option<u32>,
    ) {
        let part = |parts: Option<i64>| parts.map(Milli::from_parts);
        let config = Config {
            unit_grams: part(unit), tare_grams: part(tare), noise_grams: part(noise), settle_seconds: settle, ..Config::default()
        };
        let mut scale = Scale::default();
        for (grams, stable, at) in readings {
            scale.read(Milli::from_parts(grams), stable, Timestamp::from_milliseconds(at), &config);
        }
        let _ = scale.held(Timestamp::LAST, &config);
        let text = serde_json::to_string(&scale).unwrap();
        prop_assert_eq!(serde_json::from_str::<Scale>(&text).unwrap().settles_at(&config), scale.settles_at(&config));
    }
}
