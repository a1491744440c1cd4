//! Peaks, changes, growth and stock, on series whose truth is known.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "in tests a failure is the message")]

mod common;

use common::{Draws, LEVELS, series};
use vitrine_forecast::{
    Distribution, Forecast, Frequency, Outlook, Path, Policy, Question, Series, Shape, Stock, StockError, Work,
    changes, peaks, taking_off,
};

fn ask(series: &Series, horizon: usize) -> Forecast {
    Forecast::automatic(series, Question { horizon, levels: &LEVELS }, &mut Work::default()).unwrap()
}

/// Daily sales from 2023-01-01 on with weekdays and noise; `event` gives a factor for month and day.
fn days(seed: u64, count: usize, event: impl Fn(&str) -> f64) -> Series {
    let calendar = series(&[0.0], Frequency::Day);
    let mut draws = Draws(seed);
    let day = |at: usize| {
        let week = if at % 7 > 4 { 1.5 } else { 1.0 };
        100.0 * week * event(&calendar.date(at)[5..]) * (1.0 + 0.08 * draws.normal())
    };
    series(&(0..count).map(day).collect::<Vec<_>>(), Frequency::Day)
}

#[test]
fn a_sale_of_every_year_is_a_peak_ahead() {
    // 2023-01-01 and 1030 days: up to 2025-10-26; the sales of 2023 and 2024 are known, that of 2025 is ahead.
    let series = days(5, 1030, |day| if day == "11-11" { 4.0 } else { 1.0 });
    let forecast = ask(&series, 28);
    let found = peaks(&series, &forecast);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].date, "2025-11-11");
    assert!((3.0..5.0).contains(&found[0].times.unwrap()), "{found:?}");
    let event = &forecast.parts.event;
    assert!(event[found[0].step] > 150.0 && event.iter().filter(|part| **part != 0.0).count() == 1, "{event:?}");
}

#[test]
fn noise_and_weekends_are_no_peaks() {
    for seed in 0..8 {
        let series = days(seed + 1, 900, |_| 1.0);
        assert_eq!(peaks(&series, &ask(&series, 28)), []);
    }
}

#[test]
fn a_lasting_change_is_found_where_it_is() {
    let mut draws = Draws(3);
    let values: Vec<f64> =
        (0..200).map(|at| if at < 120 { 50.0 } else { 65.0 } + f64::from(at % 7) + 4.0 * draws.normal()).collect();
    let found = changes(&series(&values, Frequency::Day));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].place.abs_diff(120) <= 3, "{found:?}");
    assert!((found[0].after - found[0].before - 15.0).abs() < 2.0 && found[0].chance < 1e-6);
}

#[test]
fn noise_and_wandering_bring_few_changes() {
    let alarms = |wander: f64| {
        (0..200)
            .filter(|seed| {
                let mut draws = Draws(seed + 1);
                let mut away = 0.0;
                let values: Vec<f64> = (0..150)
                    .map(|_| {
                        away = wander * away + draws.normal();
                        100.0 + away
                    })
                    .collect();
                !changes(&series(&values, Frequency::Day)).is_empty()
            })
            .count()
    };
    assert!(alarms(0.0) <= 6, "{}", alarms(0.0));
    assert!(alarms(0.5) <= 20, "{}", alarms(0.5));
}

#[test]
fn products_that_take_off_are_told_from_luck_and_from_the_shops_growth() {
    let mut draws = Draws(17);
    let products: Vec<Series> = (0..200)
        .map(|product| {
            // The whole shop sells half as much again lately; products 0 to 4 sell three times that.
            let values: Vec<f64> = (0..112)
                .map(|at| {
                    let lately = if at >= 84 { 1.5 * if product < 5 { 3.0 } else { 1.0 } } else { 1.0 };
                    draws.poisson(2.0 * lately)
                })
                .collect();
            series(&values, Frequency::Day)
        })
        .collect();
    let all: Vec<&Series> = products.iter().collect();
    let mut found: Vec<usize> = taking_off(&all, 28, 0.05).into_iter().map(|growth| growth.place).collect();
    found.sort_unstable();
    assert!(found.starts_with(&[0, 1, 2, 3, 4]) && found.len() <= 7, "{found:?}");
    assert!(taking_off(&all[5..], 28, 0.05).len() <= 3);
}

fn steady(mean: f64, spread: f64, periods: usize, correlation: f64) -> Outlook {
    let path = Path { mean: vec![mean; periods], spread: vec![spread; periods], ..Path::default() };
    let shape = Shape::Continuous { freedom: f64::INFINITY, above_zero: false };
    Outlook { path, shape, correlation }
}

#[test]
fn the_risk_of_running_out_rises_until_goods_arrive() {
    let outlook = steady(10.0, 2.0, 6, 0.0);
    let stock = Stock { on_hand: 30.0, arriving: vec![(3, 100.0)] };
    let risk = stock.run_out(&outlook);
    assert!((risk[2] - 0.5).abs() < 1e-9, "exactly what is expected: {risk:?}");
    assert!(risk[0] < 1e-6 && risk.is_sorted());
    assert_eq!(risk[2], risk[5], "what has run out has run out");
    let none = Stock { on_hand: 0.0, arriving: vec![] }.run_out(&outlook);
    assert!(none[0] > 0.999);
}

#[test]
fn totals_spread_as_independent_or_as_one() {
    let spread = |correlation| steady(10.0, 2.0, 4, correlation).totals()[3].spread;
    assert!((spread(0.0) - 4.0).abs() < 1e-12);
    assert!((spread(1.0) - 8.0).abs() < 1e-12);
}

#[test]
fn orders_fill_up_to_a_quantile_in_whole_packs() {
    let outlook = steady(10.0, 2.0, 8, 0.0);
    let policy = Policy { lead_time: 4, review: 3, service: 0.95, pack: 6.0 };
    let order = |on_hand| Stock { on_hand, arriving: vec![] }.reorder(&outlook, policy).unwrap();
    let short = order(40.0);
    assert!((short.point - (40.0 + 1.644_853_6 * 4.0)).abs() < 1e-5, "{short:?}");
    assert!((short.up_to - (70.0 + 1.644_853_6 * 2.0 * 7.0_f64.sqrt())).abs() < 1e-5);
    assert_eq!(short.quantity, 42.0); // 38.7 in sixes
    assert_eq!(order(60.0).quantity.to_bits(), 0.0_f64.to_bits());
    let far = Policy { lead_time: 8, ..policy };
    let error = Stock::default().reorder(&outlook, far).unwrap_err();
    assert_eq!(error, StockError::Horizon { needed: 11, found: 8 });
    for bad in
        [Policy { service: 1.0, ..policy }, Policy { pack: 0.0, ..policy }, Policy { service: f64::NAN, ..policy }]
    {
        assert!(matches!(Stock::default().reorder(&outlook, bad), Err(StockError::Range { .. })));
    }
}

#[test]
fn the_promised_service_is_kept_in_simulated_shops() {
    let (mut kept, mut all) = (0.0, 0.0);
    for seed in 0..150 {
        let mut draws = Draws(seed + 7);
        let values: Vec<f64> = (0..98).map(|_| draws.poisson(3.0)).collect();
        let (past, ahead) = values.split_at(84);
        let forecast = ask(&series(past, Frequency::Day), 14);
        let policy = Policy { lead_time: 10, review: 1, service: 0.9, pack: 1.0 };
        let order = Stock { on_hand: 0.0, arriving: vec![] }.reorder(&forecast.outlook, policy).unwrap();
        kept += f64::from(u8::from(ahead[..10].iter().sum::<f64>() <= order.point));
        all += 1.0;
    }
    let service = kept / all;
    assert!((0.83..=0.97).contains(&service), "{service}");
}

#[test]
fn slow_goods_are_counted_in_their_own_unit() {
    let sixes: Vec<f64> = (0..60).map(|at| if at % 4 == 1 { 6.0 * f64::from(1 + at % 3) } else { 0.0 }).collect();
    let forecast = ask(&series(&sixes, Frequency::Day), 7);
    let Some(Distribution { shape: Shape::Counts { unit }, .. }) = forecast.outlook.at(0) else { panic!() };
    assert_eq!(unit, 6.0);
    assert!(forecast.quantiles.iter().flatten().all(|quantile| quantile % 6.0 == 0.0));
}
