//! Bad and odd input: a clear error or a sound answer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "in tests a failure is the message")]

mod common;

use common::{LEVELS, date, forecast, rows, series};
use vitrine_forecast::{Forecast, ForecastError, Frequency, Mark, Observation, Question, Reading, Series, Work};

fn read(rows: &[Observation<'_>]) -> Result<Series, ForecastError> {
    Series::from_observations(rows, Reading::default())
}

#[test]
fn no_rows_and_no_values_are_refused() {
    assert_eq!(read(&[]), Err(ForecastError::Empty));
    assert_eq!(read(&rows(&["2026-01-01", "2026-01-02"], &[None, None])), Err(ForecastError::Empty));
}

#[test]
fn what_cannot_be_read_is_named_by_line() {
    let error = read(&rows(&["2026-01-01", "1 May"], &[Some(1.0), Some(2.0)])).unwrap_err();
    assert_eq!(error.to_string(), "line 3: `1 May` is not a date: write 2026-03-01, 2026-03 or 2026-03-01T14:00");
    for bad in [f64::NAN, f64::INFINITY] {
        let error = read(&rows(&["2026-01-01", "2026-01-02"], &[Some(1.0), Some(bad)])).unwrap_err();
        assert!(matches!(error, ForecastError::Line { line: 3, .. }), "{error}");
    }
    for date in ["2026-13-01", "2026-02-30", "", "20260101T", "2026-01-01junk", "\u{1f600}", "9999999-01-01"] {
        assert!(read(&rows(&[date], &[Some(1.0)])).is_err(), "{date}");
    }
}

#[test]
fn a_span_beyond_all_measure_is_refused() {
    let error = read(&rows(&["0001-01-01T00:00", "9999-01-01T01:00"], &[Some(1.0), Some(2.0)])).unwrap_err();
    assert!(matches!(error, ForecastError::TooLong { .. }), "{error}");
}

#[test]
fn questions_out_of_range_are_refused() {
    let series = series(&[1.0, 2.0, 3.0, 4.0], Frequency::Day);
    let ask = |horizon, levels: &[f64]| {
        Forecast::automatic(&series, Question { horizon, levels }, &mut Work::default()).map(|_| ())
    };
    assert!(matches!(ask(0, &LEVELS), Err(ForecastError::Horizon { .. })));
    assert!(matches!(ask(usize::MAX, &LEVELS), Err(ForecastError::Horizon { .. })));
    for levels in [[0.0, 0.5], [0.5, 0.5], [0.9, 0.1], [0.5, 1.0], [f64::NAN, 0.5]] {
        assert!(matches!(ask(3, &levels), Err(ForecastError::Level { .. })), "{levels:?}");
    }
    assert_eq!(ask(3, &[]), Ok(()));
}

#[test]
fn one_or_two_points_are_too_few() {
    for values in [&[5.0][..], &[5.0, 6.0]] {
        assert!(matches!(forecast(values, Frequency::Day, 7), Err(ForecastError::TooShort { .. })));
    }
    assert!(forecast(&[5.0, 6.0, 7.0], Frequency::Day, 7).is_ok());
}

#[test]
fn what_never_changes_is_forecast_to_stay() {
    for (value, count) in [(7.0, 4), (7.0, 30), (7.0, 800), (0.0, 30), (-3.0, 30), (1e90, 40), (1e-90, 40)] {
        let forecast = forecast(&vec![value; count], Frequency::Day, 14).unwrap();
        for number in forecast.mean.iter().chain(forecast.quantiles.iter().flatten()) {
            assert!((number - value).abs() <= 1e-6 * f64::abs(value), "{value} {count}: {number}");
        }
    }
}

#[test]
fn values_below_zero_are_forecast_below_zero() {
    let values: Vec<f64> = (0..60).map(|at| -50.0 + f64::from(at % 7)).collect();
    let forecast = forecast(&values, Frequency::Day, 7).unwrap();
    assert!(forecast.mean.iter().all(|mean| (-51.0..-43.0).contains(mean)), "{:?}", forecast.mean);
}

#[test]
fn values_above_zero_are_never_forecast_below_it() {
    let values: Vec<f64> = (0..60).map(|at| f64::from(60 - at)).collect();
    let forecast = forecast(&values, Frequency::Day, 60).unwrap();
    assert!(forecast.mean.iter().chain(&forecast.quantiles[0]).all(|&number| number >= 0.0));
}

#[test]
fn numbers_too_large_are_refused_and_large_ones_are_not() {
    assert_eq!(read(&rows(&["2026-01-01"], &[Some(1e200)])).unwrap_err(), ForecastError::TooLarge);
    let values: Vec<f64> = (0..60).map(|at| 1e99 * (1.0 + f64::from(at % 7))).collect();
    let forecast = forecast(&values, Frequency::Day, 7).unwrap();
    assert!(forecast.mean.iter().all(|mean| mean.is_finite()));
}

#[test]
fn order_and_repeats_do_not_matter() {
    let dates: Vec<String> = (0..40).map(date).collect();
    let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
    let values: Vec<Option<f64>> = (0..40).map(|at| Some(f64::from(at % 7) + 3.0)).collect();
    let straight = rows(&dates, &values);
    let mut mixed = straight.clone();
    mixed.reverse();
    mixed.swap(3, 30);
    mixed.insert(0, Observation { value: Some(999.0), ..straight[5].clone() });
    let (straight, mixed) = (read(&straight).unwrap(), read(&mixed).unwrap());
    assert_eq!(straight.values(), mixed.values());
    assert_eq!((mixed.notes().repeated, mixed.notes().sorted, mixed.notes().rows), (1, false, 41));
    assert!(straight.notes().sorted);
}

#[test]
fn many_rows_of_one_day_are_lines_of_what_was_sold() {
    let dates = ["2026-01-01", "2026-01-01", "2026-01-02", "2026-01-02", "2026-01-03"];
    let sold = read(&rows(&dates, &[Some(2.0), Some(3.0), Some(1.0), Some(1.0), Some(4.0)])).unwrap();
    assert_eq!((sold.values(), sold.notes().added, sold.notes().repeated), (&[5.0, 2.0, 4.0][..], 2, 0));
    assert_eq!(sold.frequency(), Frequency::Day);
}

#[test]
fn hours_of_one_day_add_up_where_days_are_asked_for() {
    let reading = Reading { frequency: Some(Frequency::Day), ..Reading::default() };
    let times = ["2026-01-01T09:00", "2026-01-01 17:30:00", "2026-01-02T08:00"];
    let series = Series::from_observations(&rows(&times, &[Some(2.0), Some(3.0), Some(4.0)]), reading).unwrap();
    assert_eq!((series.values(), series.notes().added), (&[5.0, 4.0][..], 1));
}

#[test]
fn dates_too_far_apart_are_refused_before_they_take_memory() {
    let rows = rows(&["2026-01-01", "2026-01-02", "2026-01-08"], &[Some(1.0), Some(2.0), Some(3.0)]);
    let ask = |longest| Series::from_observations(&rows, Reading { longest, ..Reading::default() });
    assert_eq!(ask(8).unwrap().values().len(), 8);
    assert_eq!(ask(7).unwrap_err(), ForecastError::TooLong { periods: 8, unit: "day", most: 7 });
}

#[test]
fn the_length_of_a_period_is_read_from_the_dates() {
    let detected = |dates: &[&str]| read(&rows(dates, &vec![Some(1.0); dates.len()])).unwrap().frequency();
    assert_eq!(detected(&["2026-01-01", "2026-01-02", "2026-01-05"]), Frequency::Day);
    assert_eq!(detected(&["2026-01-05", "2026-01-19", "2026-01-26"]), Frequency::Week);
    assert_eq!(detected(&["2026-01-31", "2026-02-28", "2026-03-31"]), Frequency::Month);
    assert_eq!(detected(&["2026-01", "2026-02", "2026-04"]), Frequency::Month);
    assert_eq!(detected(&["2026-01-01", "2026-04-01", "2026-07-01"]), Frequency::Quarter);
    assert_eq!(detected(&["2020-01-01", "2021-01-01", "2023-01-01"]), Frequency::Year);
    assert_eq!(detected(&["2026-01-01T00:00", "2026-01-01T01:00"]), Frequency::Hour);
}

#[test]
fn silence_is_zero_only_where_nobody_says_zero() {
    let dates = ["2026-01-01", "2026-01-02", "2026-01-05", "2026-01-06"];
    let sold = read(&rows(&dates, &[Some(2.0), Some(1.0), Some(3.0), Some(1.0)])).unwrap();
    assert_eq!(sold.values(), &[2.0, 1.0, 0.0, 0.0, 3.0, 1.0]);
    assert!(sold.notes().silence_is_zero);
    let counted = read(&rows(&dates, &[Some(2.0), Some(0.0), Some(3.0), Some(1.0)])).unwrap();
    assert_eq!(counted.values(), &[2.0, 0.0, 1.0, 2.0, 3.0, 1.0]);
    assert_eq!((counted.notes().missing, counted.notes().silence_is_zero), (2, false));
}

#[test]
fn demand_that_was_not_seen_is_not_zero() {
    let dates: Vec<String> = (0..84).map(date).collect();
    let demand = |at: usize| 20.0 + 5.0 * (at % 7) as f64;
    let rows: Vec<Observation<'_>> = dates
        .iter()
        .enumerate()
        .map(|(at, date)| {
            let out_of_stock = (60..70).contains(&at);
            let value = Some(if out_of_stock { 0.0 } else { demand(at) });
            Observation { line: at as u64 + 1, date, value, out_of_stock }
        })
        .collect();
    let series = read(&rows).unwrap();
    assert_eq!(series.notes().censored, 10);
    for at in 60..70 {
        assert_eq!(series.marks()[at], Mark::Censored);
        assert!((series.values()[at] - demand(at)).abs() < 2.0, "{at}: {}", series.values()[at]);
    }
}

#[test]
fn one_wild_day_is_held_and_does_not_move_the_forecast() {
    let mut values: Vec<f64> = (0..120).map(|at| 50.0 + f64::from(at % 7) + f64::from(at * at % 5)).collect();
    let calm = forecast(&values, Frequency::Day, 7).unwrap();
    values[100] = 5000.0;
    let series = series(&values, Frequency::Day);
    assert_eq!((series.notes().outliers, series.marks()[100]), (1, Mark::Outlier));
    let wild = forecast(&values, Frequency::Day, 7).unwrap();
    for (calm, wild) in calm.mean.iter().zip(&wild.mean) {
        assert!((calm - wild).abs() < 5.0, "{calm} {wild}");
    }
}

#[test]
fn too_little_work_is_said_and_little_work_gives_the_cheap_methods() {
    let values: Vec<f64> = (0..300).map(|at| 10.0 + f64::from(at % 7)).collect();
    let series = series(&values, Frequency::Day);
    let question = Question { horizon: 7, levels: &LEVELS };
    let ask = |steps| Forecast::automatic(&series, question, &mut Work::new(steps, 100));
    assert_eq!(ask(10).unwrap_err(), ForecastError::OutOfWork);
    let mut work = Work::new(40_000, 100);
    let cheap = Forecast::automatic(&series, question, &mut work).unwrap();
    assert!(cheap.model.contains("naive") && !cheap.model.contains("ets"), "{}", cheap.model);
    assert!(work.spent() <= 40_000);
}

#[test]
fn a_million_rows_are_read_and_forecast() {
    let day: Vec<String> = (0..41_667).map(date).collect();
    let times: Vec<String> =
        (0..1_000_000).map(|hour: usize| format!("{}T{:02}:00", day[hour / 24], hour % 24)).collect();
    let rows: Vec<Observation<'_>> = times
        .iter()
        .enumerate()
        .map(|(at, date)| Observation {
            line: at as u64 + 2,
            date,
            value: Some((at % 24) as f64 + (at * at % 7) as f64),
            out_of_stock: false,
        })
        .collect();
    let series = read(&rows).unwrap();
    assert_eq!((series.values().len(), series.frequency()), (1_000_000, Frequency::Hour));
    let question = Question { horizon: 48, levels: &LEVELS };
    let forecast = Forecast::automatic(&series, question, &mut Work::default()).unwrap();
    // The first hour ahead is the 16th of its day, so the eighth ahead is the last, the ninth the first of the next.
    assert!(forecast.mean[7] > forecast.mean[8] + 10.0, "{:?}", forecast.mean);
}
