//! What the recommender promises about its answers.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a failure in a test is the message")]

mod common;

use common::{ITEMS, model, query, view, without_log};
use proptest::prelude::*;
use vitrine_catalog::InteractionKind;
use vitrine_recommend::{Boost, Cause, Event, Mask, Model, Query, Resemblance, Score, Scored, Scratch, Source};

fn ask(model: &Model, query: &Query<'_>) -> Vec<Scored> {
    model.recommend(query, &mut Scratch::default())
}

fn items(answer: &[Scored]) -> Vec<u32> {
    answer.iter().map(|scored| scored.item).collect()
}

#[test]
fn what_shoppers_went_on_to_comes_first_and_names_the_click() {
    let (history, allowed) = ([view(0)], Mask::all(ITEMS));
    let answer = ask(&model(), &query(&history, &allowed));
    let best = &answer[0];
    assert_eq!(best.item, 4);
    assert_eq!(best.parts[0].source, Source::Sequence(Cause::History(0)));
}

#[test]
fn without_a_log_the_first_click_brings_what_is_alike() {
    let (history, allowed) = ([view(0)], Mask::all(ITEMS));
    let answer = ask(&without_log(), &Query { limit: 4, ..query(&history, &allowed) });
    let found = items(&answer);
    assert_eq!(found[0], 0, "an item is most like itself");
    assert!(found.contains(&3), "the navy trousers share the colour of the navy shirt: {found:?}");
    assert!(
        answer.iter().skip(1).all(|scored| matches!(scored.parts[0].source, Source::Content(Cause::History(0), _)))
    );
}

#[test]
fn before_the_first_click_the_shop_order_or_popularity_decides() {
    let allowed = Mask::all(ITEMS);
    assert_eq!(items(&ask(&without_log(), &query(&[], &allowed))), [0, 1, 2, 3, 4, 5]);
    assert_eq!(items(&ask(&model(), &query(&[], &allowed))), [0, 4, 1, 2, 5, 3]);
}

#[test]
fn only_allowed_items_are_answered() {
    let mut allowed = Mask::all(ITEMS);
    allowed.remove(4);
    let history = [view(0)];
    assert!(!items(&ask(&model(), &query(&history, &allowed))).contains(&4));
}

#[test]
fn things_that_go_together_share_style_not_kind() {
    let allowed = Mask::all(ITEMS);
    let together = Query { anchors: &[0], resemblance: Resemblance::Style, ..query(&[], &allowed) };
    let answer = ask(&without_log(), &together);
    let with_content =
        answer.iter().filter(|scored| scored.parts.iter().any(|part| matches!(part.source, Source::Content(..))));
    assert_eq!(with_content.map(|scored| scored.item).collect::<Vec<_>>(), [0, 3]);
}

#[test]
fn a_boost_is_a_named_part_and_a_full_one_wins() {
    let (history, allowed) = ([view(0)], Mask::all(ITEMS));
    let mut preferred = Mask::none(ITEMS);
    preferred.insert(5);
    let boosts = [Boost { items: preferred, by: 1.0 }];
    let answer = ask(&model(), &Query { boosts: &boosts, ..query(&history, &allowed) });
    assert_eq!(answer[0].item, 5);
    assert!(answer[0].parts.iter().any(|part| part.source == Source::Boost(0)));
}

#[test]
fn diversity_moves_the_second_of_two_alike_down_and_says_beside_which() {
    let (history, allowed) = ([view(0)], Mask::all(ITEMS));
    let plain = ask(&without_log(), &query(&history, &allowed));
    let varied = ask(&without_log(), &Query { diversity: 1.0, ..query(&history, &allowed) });
    let repeats = |scored: &&Scored| scored.parts.iter().any(|part| matches!(part.source, Source::Diversity { .. }));
    assert!(varied.iter().any(|scored| repeats(&scored)));
    assert!(plain.iter().all(|scored| !repeats(&scored)));
}

#[test]
fn newer_clicks_weigh_more() {
    let allowed = Mask::all(ITEMS);
    let first = |history: &[Event]| ask(&without_log(), &query(history, &allowed))[0].item;
    assert_eq!(first(&[view(0), view(5)]), 5);
    assert_eq!(first(&[view(5), view(0)]), 0);
}

#[test]
fn the_basket_weighs_more_than_a_glance() {
    let allowed = Mask::all(ITEMS);
    let score = |kind| {
        let history = [Event { item: 0, kind }];
        ask(&model(), &query(&history, &allowed))[0].score
    };
    assert!(score(InteractionKind::Cart) > score(InteractionKind::View));
}

fn histories() -> impl Strategy<Value = Vec<Event>> {
    let kinds = prop_oneof![Just(InteractionKind::View), Just(InteractionKind::Cart), Just(InteractionKind::Purchase)];
    proptest::collection::vec((0..ITEMS + 2, kinds).prop_map(|(item, kind)| Event { item, kind }), 0..70)
}

proptest! {
    #[test]
    fn parts_add_up_exactly_and_scores_descend(
        history in histories(),
        anchors in proptest::collection::vec(0..ITEMS + 2, 0..3),
        diversity in 0.0_f64..=1.0,
        by in -1.0_f64..=1.0,
        style in any::<bool>(),
        trained in any::<bool>(),
    ) {
        let model = if trained { model() } else { without_log() };
        let allowed = Mask::all(ITEMS);
        let mut preferred = Mask::none(ITEMS);
        preferred.insert(1);
        let boosts = [Boost { items: preferred, by }];
        let resemblance = if style { Resemblance::Style } else { Resemblance::Whole };
        let query = Query { anchors: &anchors, boosts: &boosts, diversity, resemblance, ..query(&history, &allowed) };
        let answer = ask(&model, &query);
        prop_assert_eq!(answer.len(), ITEMS as usize);
        for scored in &answer {
            prop_assert_eq!(scored.parts.iter().map(|part| part.amount).sum::<Score>(), scored.score);
            let numbers: f64 = scored.parts.iter().map(|part| part.amount.to_f64()).sum();
            prop_assert_eq!(numbers, scored.score.to_f64(), "as a page adds them up");
        }
        prop_assert!(answer.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }

    #[test]
    fn a_used_scratch_changes_nothing(one in histories(), other in histories()) {
        let (model, allowed) = (model(), Mask::all(ITEMS));
        let mut used = Scratch::default();
        model.recommend(&query(&one, &allowed), &mut used);
        let query = query(&other, &allowed);
        prop_assert_eq!(model.recommend(&query, &mut used), ask(&model, &query));
    }

    #[test]
    fn the_list_is_the_head_of_the_full_ranking(history in histories()) {
        let (model, allowed) = (model(), Mask::all(ITEMS));
        let answer = ask(&model, &query(&history, &allowed));
        let mut scores = Vec::new();
        model.score_all(&history, &mut Scratch::default(), &mut scores);
        for scored in &answer {
            prop_assert_eq!(scores[scored.item as usize], scored.score.counts());
        }
        let short = ask(&model, &Query { limit: 2, ..query(&history, &allowed) });
        prop_assert_eq!(items(&short), items(&answer)[..2].to_vec());
    }
}
