//! Intervals cover what they promise, on series whose truth is known.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "in tests a failure is the message")]

mod common;

use common::{Draws, LEVELS, series};
use vitrine_forecast::scores::{mase, pinball, randomized_transform, rmsse, smape};
use vitrine_forecast::{Forecast, Frequency, Question, Work};

fn ask(values: &[f64], frequency: Frequency, horizon: usize) -> Forecast {
    Forecast::automatic(&series(values, frequency), Question { horizon, levels: &LEVELS }, &mut Work::default())
        .unwrap()
}

/// A wandering level with a yearly season and noise.
fn months(seed: u64, count: usize) -> Vec<f64> {
    let mut draws = Draws(seed);
    let mut level = 500.0;
    (0..count)
        .map(|at| {
            level += 6.0 * draws.normal();
            level + 60.0 * (at as f64 * core::f64::consts::TAU / 12.0).sin() + 20.0 * draws.normal()
        })
        .collect()
}

#[test]
fn ninety_percent_intervals_cover_about_ninety_percent() {
    let (mut inside, mut all) = (0.0, 0.0);
    for seed in 0..120 {
        let values = months(seed + 1, 96);
        let (train, test) = values.split_at(84);
        let forecast = ask(train, Frequency::Month, 12);
        for (step, value) in test.iter().enumerate() {
            inside += f64::from(u8::from((forecast.quantiles[0][step]..=forecast.quantiles[2][step]).contains(value)));
            all += 1.0;
        }
    }
    let covered = inside / all;
    assert!((0.86..=0.95).contains(&covered), "{covered}");
}

#[test]
fn the_combination_beats_the_seasonal_naive_forecast() {
    let (mut ours, mut naive) = (0.0, 0.0);
    for seed in 0..60 {
        let values = months(seed + 1000, 96);
        let (train, test) = values.split_at(84);
        let forecast = ask(train, Frequency::Month, 12);
        ours += mase(train, 12, test, &forecast.mean).unwrap();
        naive += mase(train, 12, test, &train[72..]).unwrap();
    }
    assert!(ours < 0.85 * naive, "{ours} {naive}");
}

#[test]
fn counts_of_slow_movers_are_calibrated() {
    let (mut tenths, mut all) = ([0.0; 10], 0.0);
    let (mut ours, mut nothing) = (0.0, 0.0);
    let mut uniform = Draws(99);
    for seed in 0..150 {
        let mut draws = Draws(seed + 1);
        let rate = 0.2 + 0.6 * draws.uniform();
        let values: Vec<f64> = (0..72).map(|_| draws.poisson(rate)).collect();
        let (train, test) = values.split_at(60);
        let forecast = ask(train, Frequency::Week, 12);
        for (step, &value) in test.iter().enumerate() {
            let distribution = forecast.outlook.at(step).unwrap();
            let place = randomized_transform(&distribution, value, uniform.uniform());
            tenths[((place * 10.0) as usize).min(9)] += 1.0;
            all += 1.0;
            ours += pinball(0.95, distribution.quantile(0.95), value);
            nothing += pinball(0.95, 0.0, value);
        }
    }
    for share in tenths.map(|count| count / all) {
        assert!((0.07..0.13).contains(&share), "{tenths:?}");
    }
    assert!(ours < 0.5 * nothing, "{ours} {nothing}");
}

#[test]
fn scores_are_what_their_definitions_say() {
    assert_eq!(smape(&[1.0, 0.0], &[3.0, 0.0]), 50.0);
    assert_eq!(mase(&[1.0, 2.0, 4.0], 1, &[5.0], &[2.0]), Some(2.0));
    assert_eq!(mase(&[1.0, 1.0], 1, &[5.0], &[2.0]), None);
    assert_eq!(rmsse(&[0.0, 1.0, 0.0], &[2.0, 0.0], &[0.0, 0.0]), Some(2.0_f64.sqrt()));
    assert_eq!((pinball(0.9, 1.0, 3.0), pinball(0.9, 3.0, 1.0)), (3.6, 2.0 * (0.9 - 1.0) * -2.0));
}
