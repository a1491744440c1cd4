//! What holds for every series that can be forecast at all.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "in tests a failure is the message")]

mod common;

use common::forecast;
use proptest::prelude::*;
use vitrine_forecast::{Forecast, Frequency};

fn frequencies() -> impl Strategy<Value = Frequency> {
    prop_oneof![
        Just(Frequency::Hour),
        Just(Frequency::Day),
        Just(Frequency::Week),
        Just(Frequency::Month),
        Just(Frequency::Quarter),
        Just(Frequency::Year)
    ]
}

fn values() -> impl Strategy<Value = Vec<f64>> {
    let any = prop::collection::vec(-1e6..1e6, 3..150);
    let counts = prop::collection::vec((0_u8..10).prop_map(|count| f64::from(count.saturating_sub(7))), 3..150);
    let sizes = prop::collection::vec(prop_oneof![Just(0.0), 1e-300..1e-200, 1.0..2.0, 1e80..1e90], 3..60);
    prop_oneof![any, counts, sizes]
}

fn is_sound(forecast: &Forecast) -> Result<(), TestCaseError> {
    let parts = &forecast.parts;
    for step in 0..forecast.mean.len() {
        let mean = forecast.mean[step];
        prop_assert!(mean.is_finite());
        let sum = parts.level[step] + parts.trend[step] + parts.season[step] + parts.event[step];
        let size = parts.level[step].abs() + parts.trend[step].abs() + parts.season[step].abs();
        prop_assert!((sum - mean).abs() <= 1e-6 * size.max(mean.abs()), "{sum} {mean}");
        let quantiles: Vec<f64> = forecast.quantiles.iter().map(|row| row[step]).collect();
        prop_assert!(quantiles.iter().all(|quantile| quantile.is_finite()), "{quantiles:?}");
        prop_assert!(quantiles.is_sorted(), "{quantiles:?}");
    }
    let shares = parts.shares;
    let all = shares.level + shares.trend + shares.season + shares.event;
    prop_assert!((all - 1.0).abs() < 1e-9 || all == 0.0);
    Ok(())
}

proptest! {
    #[test]
    fn forecasts_are_finite_ordered_and_add_up(values in values(), frequency in frequencies(), horizon in 1_usize..40) {
        is_sound(&forecast(&values, frequency, horizon).unwrap())?;
    }

    #[test]
    fn another_unit_changes_nothing_but_the_unit(values in prop::collection::vec(1.0..1000.0, 30..120)) {
        let scaled: Vec<f64> = values.iter().map(|value| value * 1024.0).collect();
        let (ours, other) = (forecast(&values, Frequency::Month, 12).unwrap(), forecast(&scaled, Frequency::Month, 12).unwrap());
        for (mean, other) in ours.mean.iter().zip(&other.mean) {
            prop_assert!((mean * 1024.0 - other).abs() <= 0.02 * other.abs() + 1.0, "{mean} {other}");
        }
    }

    #[test]
    fn the_same_series_gives_the_same_bits(values in values()) {
        let bits = |forecast: Forecast| forecast.mean.iter().map(|mean| mean.to_bits()).collect::<Vec<_>>();
        prop_assert_eq!(
            bits(forecast(&values, Frequency::Day, 9).unwrap()),
            bits(forecast(&values, Frequency::Day, 9).unwrap())
        );
    }
}
