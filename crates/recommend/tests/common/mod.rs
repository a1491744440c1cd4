//! A small shop to recommend from: six items, four shoppers.

#![allow(dead_code, reason = "each test uses what it needs")]
#![allow(clippy::expect_used, reason = "a failure in a test is the message")]

use vitrine_catalog::{InteractionKind, Localized};
use vitrine_recommend::features::{Feature, Group};
use vitrine_recommend::{Content, Event, Mask, Model, Prior, Query, Resemblance, Rules, Settings};

pub(crate) const ITEMS: u32 = 6;

pub(crate) fn feature(group: Group, key: &str, value: &str) -> Feature {
    Feature { group, key: key.into(), value: Localized { en: value.into(), zh: String::new() }, emphasis: 16 }
}

/// Shirts 0, 1, 2 and trousers 3, 4, 5; 0 and 3 are navy, 1 and 4 red, 2 and 5 white.
pub(crate) fn content() -> Content {
    let item = |kind, colour| vec![feature(Group::Kind, "category", kind), feature(Group::Style, "colour", colour)];
    let colours = ["navy", "red", "white"];
    Content::index(&["shirt", "trousers"].map(|kind| colours.map(|colour| item(kind, colour))).concat())
}

/// Shoppers who go from shirt 0 to trousers 4, and one from 1 to 2.
pub(crate) fn model() -> Model {
    let log = [vec![0, 4], vec![0, 4], vec![0, 4, 5], vec![1, 2]];
    let rules = Rules::fit(&log, ITEMS, 0.1, 100);
    let settings = Settings { content: 0.2, ..Settings::default() };
    Model::new(Some(rules), content(), Prior::popularity(vec![3, 1, 1, 0, 3, 1]), settings).expect("sizes agree")
}

/// The same shop before anybody came.
pub(crate) fn without_log() -> Model {
    Model::new(None, content(), Prior::shop_order(ITEMS), Settings::default()).expect("sizes agree")
}

pub(crate) fn view(item: u32) -> Event {
    Event { item, kind: InteractionKind::View }
}

pub(crate) fn query<'a>(history: &'a [Event], allowed: &'a Mask) -> Query<'a> {
    let limit = ITEMS as usize;
    Query { history, anchors: &[], allowed, boosts: &[], diversity: 0.0, resemblance: Resemblance::Whole, limit }
}
