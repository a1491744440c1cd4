//! Held against statsforecast and scipy: `golden/make.py` wrote `golden/golden.json`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "in tests a failure is the message")]

mod common;

use serde_json::Value;
use vitrine_forecast::{
    CrostonSba, Distribution, Ets, History, Imapa, Level, Method, SeasonalNaive, Shape, Theta, Tsb, Work,
};

fn golden() -> Value {
    serde_json::from_str(include_str!("golden/golden.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn ahead(method: &dyn Method, values: &[f64], seasons: &[usize], horizon: usize) -> (String, Vec<f64>) {
    let fitted = method.fit(History { values, seasons }, &mut Work::default()).unwrap();
    (fitted.description(), fitted.predict(horizon).mean)
}

/// The largest difference, as a share.
fn apart(ours: &[f64], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    ours.iter().zip(theirs).map(|(a, b)| (a - b).abs() / b.abs()).fold(0.0, f64::max)
}

#[test]
fn the_seasonal_naive_forecast_is_the_same() {
    let golden = golden();
    let all = numbers(&golden["passengers"]);
    let theirs = numbers(&golden["passengers_last_year_held_back"]["seasonal_naive"]);
    assert_eq!(ahead(&SeasonalNaive::default(), &all[..132], &[12], 12).1, theirs);
}

#[test]
fn smoothing_of_the_air_passengers_is_as_good_as_statsforecasts() {
    let golden = golden();
    let all = numbers(&golden["passengers"]);
    let (train, test) = all.split_at(132);
    let error = |ahead: &[f64]| ahead.iter().zip(test).map(|(a, b)| (a - b).abs()).sum::<f64>() / 12.0;
    for (method, name) in [(&Ets::default() as &dyn Method, "auto_ets"), (&Theta, "dynamic_optimized_theta")] {
        let theirs = numbers(&golden["passengers_last_year_held_back"][name]);
        let (description, ours) = ahead(method, train, &[12], 12);
        // Starts and limits of the search differ, so the numbers do too; both describe the same growing summers.
        assert!(apart(&ours, &theirs) < 0.08, "{description}: {ours:?} {theirs:?}");
        assert!(error(&ours) < 1.15 * error(&theirs), "{description}: {} {}", error(&ours), error(&theirs));
    }
}

#[test]
fn the_theta_model_without_a_season_is_the_same_to_a_percent() {
    let golden = golden();
    let theirs = numbers(&golden["years_ahead"]["dynamic_optimized_theta"]);
    let (_, ours) = ahead(&Theta, &numbers(&golden["years"]), &[], 5);
    assert!(apart(&ours, &theirs) < 0.01, "{ours:?} {theirs:?}");
}

#[test]
fn slow_movers_are_the_same_for_the_weight_that_is_chosen() {
    let golden = golden();
    let slow = numbers(&golden["slow"]);
    for (method, name, series) in
        [(&Level as &dyn Method, "level", "slow"), (&Tsb, "tsb", "slow"), (&CrostonSba, "croston_sba", "steady")]
    {
        let (description, ours) = ahead(method, &numbers(&golden[series]), &[], 1);
        let weight = description.split(['(', ')']).nth(1).unwrap();
        let theirs = golden[format!("{series}_ahead")][name][weight]
            .as_f64()
            .unwrap_or_else(|| panic!("no golden {description}"));
        assert!((ours[0] - theirs).abs() < 1e-9 * theirs, "{description}: {} {theirs}", ours[0]);
    }
    let theirs = golden["slow_ahead"]["imapa"].as_f64().unwrap();
    let (description, ours) = ahead(&Imapa, &slow, &[], 1);
    // statsforecast searches the weight between 0.1 and 0.3, we try five values there.
    assert!((ours[0] - theirs).abs() < 0.05 * theirs, "{description}: {} {theirs}", ours[0]);
}

fn distribution(mean: f64, spread: f64, shape: Shape) -> Distribution {
    Distribution { mean, spread, shape }
}

#[test]
fn quantiles_are_scipys() {
    let golden = golden();
    for row in golden["normal_quantiles"].as_array().unwrap() {
        let [level, theirs] = numbers(row)[..] else { panic!() };
        let shape = Shape::Continuous { freedom: f64::INFINITY, above_zero: false };
        let normal = distribution(0.0, 1.0, shape);
        assert!((normal.quantile(level) - theirs).abs() < 1e-9, "{level}: {} {theirs}", normal.quantile(level));
        assert!((1.0 - normal.above(theirs) - level).abs() < 1e-12);
    }
    for row in golden["student_quantiles"].as_array().unwrap() {
        let [level, freedom, theirs] = numbers(row)[..] else { panic!() };
        let student = distribution(0.0, 1.0, Shape::Continuous { freedom, above_zero: false });
        let ours = student.quantile(level);
        assert!((ours - theirs).abs() < 0.01 * theirs.abs() + 1e-9, "{level} {freedom}: {ours} {theirs}");
        assert!((1.0 - student.above(ours) - level).abs() < 1e-9);
    }
}

#[test]
fn probabilities_of_counts_are_scipys() {
    for row in golden()["counts"].as_array().unwrap() {
        let [mean, spread, count, theirs] = numbers(row)[..] else { panic!() };
        let counts = distribution(mean, spread, Shape::Counts { unit: 1.0 });
        assert!((1.0 - counts.above(count) - theirs).abs() < 1e-9, "{row}: {}", 1.0 - counts.above(count));
        assert_eq!(counts.quantile(theirs - 1e-6), count);
    }
}
