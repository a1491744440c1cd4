//! Leaving out what cannot be among the best changes no answer.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a failure in a test is the message")]

use proptest::prelude::*;
use vitrine_catalog::{InteractionKind, Localized};
use vitrine_recommend::features::{Feature, Group};
use vitrine_recommend::{Boost, Content, Event, Mask, Model, Prior, Query, Resemblance, Rules, Scratch, Settings};

const ITEMS: u32 = 400;

/// A shop whose items have a few of 60 features, some frequent and some rare, in at most `looks` different ways.
fn shop(seed: u64, looks: usize, log: &[Vec<u32>], settings: Settings) -> Model {
    let mut state = seed;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut feature = || {
        let (a, b) = (next(60), next(60));
        let value = Localized { en: a.min(b).to_string(), zh: String::new() };
        Feature { group: if a % 3 == 0 { Group::Kind } else { Group::Style }, key: "f".to_owned(), value, emphasis: 16 }
    };
    let looks: Vec<Vec<Feature>> = (0..looks).map(|_| (0..5).map(|_| feature()).collect()).collect();
    let features: Vec<Vec<Feature>> =
        (0..ITEMS as usize).map(|item| looks[item * item % looks.len()].clone()).collect();
    let mut observed = vec![0; ITEMS as usize];
    log.iter().flatten().for_each(|&item| observed[item as usize] += 1);
    let rules = Rules::fit(log, ITEMS, 0.3, 1000);
    Model::new(Some(rules), Content::index(&features), Prior::popularity(observed), settings).expect("sizes agree")
}

fn kinds() -> impl Strategy<Value = InteractionKind> {
    prop_oneof![Just(InteractionKind::View), Just(InteractionKind::Cart), Just(InteractionKind::Purchase)]
}

proptest! {
    #[test]
    fn the_answer_is_the_head_of_all_allowed_items_by_score(
        (seed, looks) in (any::<u64>(), 1..2 * ITEMS as usize),
        log in proptest::collection::vec(proptest::collection::vec(0..ITEMS, 2..8), 1..60),
        history in proptest::collection::vec(0..ITEMS, 0..6),
        forbidden in proptest::collection::vec(0..ITEMS, 0..40),
        limit in 0..30_usize,
        content in 0.0..1.0_f64,
        prior in 0.0..0.2_f64,
    ) {
        let model = shop(seed, looks, &log, Settings { content, prior, ..Settings::default() });
        let history: Vec<Event> =
            history.into_iter().map(|item| Event { item, kind: InteractionKind::View }).collect();
        let mut allowed = Mask::all(ITEMS);
        forbidden.iter().for_each(|&item| { allowed.remove(item); });
        let query = Query {
            history: &history,
            anchors: &[],
            allowed: &allowed,
            boosts: &[],
            diversity: 0.0,
            resemblance: Resemblance::Whole,
            limit,
        };
        let (mut scratch, mut scores) = (Scratch::default(), Vec::new());
        for _ in 0..2 { // the second query meets the buffers that the first one leaves
            let answer = model.recommend(&query, &mut scratch);
            model.score_all(&history, &mut scratch, &mut scores);
            let mut all: Vec<(i64, u32)> = (0..ITEMS).filter(|&item| allowed.contains(item)).map(|item| (scores[item as usize], item)).collect();
            all.sort_by_key(|&(score, item)| (std::cmp::Reverse(score), item));
            let found: Vec<(i64, u32)> = answer.iter().map(|scored| (scored.score.counts(), scored.item)).collect();
            prop_assert_eq!(&found[..], &all[..limit.min(all.len())]);
        }
    }

    #[test]
    fn the_answer_is_the_one_of_scoring_everything(
        (seed, looks) in (any::<u64>(), 1..2 * ITEMS as usize),
        log in proptest::collection::vec(proptest::collection::vec(0..ITEMS, 2..8), 1..60),
        history in proptest::collection::vec((0..ITEMS, kinds()).prop_map(|(item, kind)| Event { item, kind }), 0..8),
        anchors in proptest::collection::vec(0..ITEMS, 0..4),
        forbidden in proptest::collection::vec(0..ITEMS, 0..40),
        limit in 0..30_usize,
        style in any::<bool>(),
        diversity in prop_oneof![Just(0.0), 0.0..=1.0_f64],
        (content, prior) in (0.0..2.0_f64, 0.0..0.2_f64),
        (cart, purchase) in (0.0..2.0_f64, 0.0..2.0_f64),
    ) {
        let model = shop(seed, looks, &log, Settings { content, prior, cart, purchase, ..Settings::default() });
        let mut allowed = Mask::all(ITEMS);
        forbidden.iter().for_each(|&item| { allowed.remove(item); });
        let resemblance = if style { Resemblance::Style } else { Resemblance::Whole };
        let likely =
            Query { history: &history, anchors: &anchors, allowed: &allowed, boosts: &[], diversity, resemblance, limit };
        // A boost of nothing changes no score, but has everything scored.
        let boosts = [Boost { items: Mask::none(ITEMS), by: 0.0 }];
        let exhaustive = Query { boosts: &boosts, ..likely };
        let mut scratch = Scratch::default();
        for _ in 0..2 { // the second round meets the buffers that the first one leaves
            prop_assert_eq!(model.recommend(&likely, &mut scratch), model.recommend(&exhaustive, &mut scratch));
        }
    }
}
