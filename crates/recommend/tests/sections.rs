//! Sections of a pack come back as they were written, and nothing else is accepted.

mod common;

use common::{ITEMS, content, model};
use proptest::prelude::*;
use vitrine_recommend::{Model, ModelError, Prior, Rules, Settings};

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
