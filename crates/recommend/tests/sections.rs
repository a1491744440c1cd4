//! Sections of a pack come back as they were written, and nothing else is accepted.

mod common;

use common::{ITEMS, content, feature, model, query};
use proptest::prelude::*;
use vitrine_catalog::InteractionKind;
use vitrine_recommend::features::Group;
use vitrine_recommend::{Boost, Content, Event, Mask, Model, ModelError, Prior, Query, Rules, Scratch, Settings};

#[test]
fn rules_come_back_as_they_were() {
    let rules = model().rules().expect("trained").clone();
    assert_eq!(Rules::from_section(&rules.to_section()), Ok(rules));
}

#[test]
fn popularity_comes_back_as_it_was() {
    let prior = Prior::popularity(vec![3, 0, 7]);
    assert_eq!(Prior::from_section(&prior.to_section().expect("it has counts")), Ok(prior));
    assert_eq!(Prior::shop_order(3).to_section(), None);
}

#[test]
fn parts_of_different_catalogues_do_not_join() {
    let refused = Model::new(None, content(), Prior::shop_order(ITEMS + 1), Settings::default());
    assert_eq!(refused, Err(ModelError::Size { part: "popularity", found: ITEMS + 1, expected: ITEMS }));
}

#[test]
fn a_constant_out_of_range_is_named() {
    let error = Settings { decay: f64::NAN, ..Settings::default() }.checked().expect_err("NaN is out of range");
    assert!(error.to_string().contains("`decay`"), "{error}");
}

/// A section of two items, of which 1 follows 0 with the given weight, gap and share.
fn section(scale: f32, gap: &[u8], share: u16) -> Vec<u8> {
    let head = [&2_u32.to_le_bytes()[..], &scale.to_le_bytes(), &[1]].concat();
    [&head[..], gap, &share.to_le_bytes(), &0.0_f32.to_le_bytes(), &[0]].concat()
}

#[test]
fn a_share_of_nothing_is_refused() {
    assert!(Rules::from_section(&section(1.0, &[1], 1)).is_ok());
    let error = Rules::from_section(&section(1.0, &[1], 0)).expect_err("0 is no share");
    assert!(error.contains("row 0") && error.contains("share 0"), "{error}");
}

#[test]
fn a_number_beyond_32_bits_is_refused() {
    assert!(Rules::from_section(&section(1.0, &[0x81, 0x80, 0x80, 0x80, 0x00], 1)).is_ok());
    for fifth in [0x10, 0x7f, 0x80] {
        let error = Rules::from_section(&section(1.0, &[0x81, 0x80, 0x80, 0x80, fifth], 1)).expect_err("too long");
        assert!(error.contains("longer than 32 bits"), "{error}");
    }
}

#[test]
fn a_row_that_weighs_too_much_is_refused() {
    assert!(Rules::from_section(&section(32.0, &[1], 1)).is_ok());
    for scale in [32.1, -1.0, f32::INFINITY, f32::NAN] {
        let error = Rules::from_section(&section(scale, &[1], 1)).expect_err("out of range");
        assert!(error.contains("outside 0 to 32"), "{error}");
    }
}

#[test]
fn rules_of_the_longest_log_are_accepted() {
    let rules = Rules::fit(&vec![vec![0, 1]; 4000], 2, 0.0, 10);
    assert_eq!(rules.weight(0, 1), 32.0);
    assert_eq!(Rules::from_section(&rules.to_section()), Ok(rules));
}

#[test]
fn the_largest_score_is_exact_in_a_page() {
    let colours = ["navy", "navy", "navy", "red"].map(|colour| vec![feature(Group::Style, "colour", colour)]);
    let log = [vec![vec![0, 2]; 4000], vec![vec![1, 2]; 4000]].concat();
    let most = Settings {
        decay: 0.95,
        content: 2.0,
        confidence: 1e6,
        prior: 100.0,
        background: 1.0,
        cart: 2.0,
        purchase: 2.0,
    };
    let (rules, prior) = (Rules::fit(&log, 4, 0.0, 10), Prior::popularity(vec![1; 4]));
    let model = Model::new(Some(rules), Content::index(&colours), prior, most).expect("in range");
    let (anchors, allowed) = (vec![0; 100], Mask::all(4));
    let history = vec![Event { item: 1, kind: InteractionKind::Cart }; 100];
    let boosts = vec![Boost { items: Mask::all(4), by: 1.0 }; 5];
    let query = Query { anchors: &anchors, boosts: &boosts, ..query(&history, &allowed) };
    let best = &model.recommend(&query, &mut Scratch::default())[0];
    assert_eq!(best.item, 2);
    assert!((7000.0..8192.0).contains(&best.score.to_f64()), "{:?}", best.score);
}

proptest! {
    #[test]
    fn any_rules_come_back(log in proptest::collection::vec(proptest::collection::vec(0_u32..300, 0..20), 0..20), back in 0.0_f64..1.0) {
        let rules = Rules::fit(&log, 300, back, 50);
        prop_assert_eq!(Rules::from_section(&rules.to_section()), Ok(rules));
    }

    #[test]
    fn cut_rules_are_refused(cut in 1_usize..40) {
        let bytes = model().rules().expect("trained").to_section();
        prop_assert!(Rules::from_section(&bytes[..bytes.len().saturating_sub(cut)]).is_err());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Rules::from_section(&bytes);
        let _ = Prior::from_section(&bytes);
    }
}
