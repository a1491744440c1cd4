//! Daily demand: orders where there are any, else what scales saw leave; and days on which nothing could be seen.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "in tests a failure is the message")]

use std::collections::BTreeSet;

use vitrine_devices::Timestamp;
use vitrine_operations::demand::{
    DAY, DayDemand, DemandSource, Ordered, ShelfSpan, date_of, day_of, empty_days, of_orders, of_shelves,
};

const HOUR: i64 = 3_600_000;

/// A scale that says a count at some hours of days, given as (day, hour, count).
fn shelf(said: &[(i64, i64, i64)]) -> Vec<ShelfSpan> {
    said.iter()
        .map(|&(day, hour, units)| ShelfSpan {
            start: Timestamp::from_milliseconds(day * DAY + hour * HOUR),
            last: units,
            most: units,
        })
        .collect()
}

fn units(days: &[DayDemand]) -> Vec<Option<u64>> {
    days.iter().map(|day| day.units).collect()
}

#[test]
fn orders_add_up_by_day_and_a_day_without_one_has_no_demand() {
    let ordered = [(7, 2), (5, 3), (5, 1), (9, 4)].map(|(day, units)| Ordered { day, units });
    let history = of_orders(&ordered, &BTreeSet::from([6]), 8).unwrap();
    assert_eq!((history.source, history.first), (DemandSource::Orders, 5));
    assert_eq!(units(&history.days), [Some(4), Some(0), Some(2), Some(0)], "the ninth is not over yet");
    assert_eq!(history.days.iter().map(|day| day.out_of_stock).collect::<Vec<_>>(), [false, true, false, false]);
    assert!(of_orders(&[], &BTreeSet::new(), 8).is_none());
    assert!(of_orders(&ordered, &BTreeSet::new(), 4).is_none(), "nothing was ordered by then");
}

#[test]
fn what_leaves_a_scale_is_demand_and_what_comes_is_not() {
    let said = shelf(&[(1, 9, 10), (1, 18, 8), (2, 9, 7), (2, 12, 5), (2, 15, 20), (2, 18, 19), (3, 9, 19)]);
    let history = of_shelves(&[said], 3).unwrap();
    assert_eq!((history.source, history.first), (DemandSource::Scales, 2), "the first day was not whole");
    assert_eq!(units(&history.days), [Some(1 + 2 + 1), Some(0)]);
}

#[test]
fn a_hand_that_lifts_and_puts_back_is_no_demand() {
    let said = shelf(&[(1, 9, 10), (2, 9, 10), (2, 10, 9), (2, 11, 10), (2, 12, 8)]);
    assert_eq!(units(&of_shelves(&[said], 2).unwrap().days), [Some(2)]);
    let sold = shelf(&[(1, 9, 10), (2, 9, 10), (2, 12, 9), (2, 18, 10)]);
    assert_eq!(units(&of_shelves(&[sold], 2).unwrap().days), [Some(1)], "hours later it was filled");
}

#[test]
fn days_around_a_long_silence_are_not_known() {
    let said = shelf(&[(1, 9, 10), (2, 9, 9), (2, 20, 9), (5, 9, 4), (6, 8, 3), (6, 9, 3)]);
    let history = of_shelves(&[said], 7).unwrap();
    assert_eq!(history.first, 6, "what left between the second and the fifth may have left on any day of it");
    assert_eq!(units(&history.days), [Some(1), None]);
}

#[test]
fn scales_of_one_article_add_up_and_are_known_together() {
    let one = shelf(&[(1, 9, 10), (2, 9, 9), (3, 8, 8), (4, 8, 8)]);
    let other = shelf(&[(1, 9, 5), (2, 9, 3), (4, 8, 3), (5, 8, 1)]);
    let history = of_shelves(&[one, other], 5).unwrap();
    // The other one was silent for two days from the second on; the first one ended on the fourth.
    assert_eq!((history.first, units(&history.days)), (5, vec![Some(2)]));
    assert!(of_shelves(&[Vec::new()], 5).is_none());
    assert!(of_shelves(&[shelf(&[(1, 9, 3)])], 5).is_none(), "one reading tells of no day");
}

#[test]
fn only_a_day_of_zeros_on_every_scale_is_a_day_out_of_stock() {
    let one = shelf(&[(1, 9, 0), (2, 9, 0), (2, 15, 0), (3, 9, 0), (4, 9, 0), (4, 12, 5)]);
    let other = shelf(&[(1, 9, 1), (2, 9, 0), (4, 9, 0)]);
    assert_eq!(empty_days(&[one, other]), BTreeSet::from([2]), "on the third the other said nothing");
    let alone = shelf(&[(1, 9, 2), (1, 15, 0), (2, 9, 0), (3, 9, 0)]);
    let history = of_shelves(&[alone], 3).unwrap();
    assert!(history.days.iter().all(|day| day.out_of_stock && day.units == Some(0)));
}

#[test]
fn a_history_has_a_text_of_its_own() {
    let ordered = [Ordered { day: 5, units: 3 }];
    let text = |empty: &[i64], last| of_orders(&ordered, &empty.iter().copied().collect(), last).unwrap().text();
    assert_eq!(text(&[], 6), "orders 5 3 0");
    assert_eq!(text(&[6], 6), "orders 5 3!0");
    assert_ne!(text(&[], 6), text(&[], 7));
}

#[test]
fn days_are_those_of_utc() {
    let at = Timestamp::parse("2026-11-24T23:59:59.999Z").unwrap();
    assert_eq!(date_of(day_of(at)), "2026-11-24");
    assert_eq!(date_of(0), "1970-01-01");
}
