//! One forecast of three years of daily sales: natively it prints milliseconds, as WebAssembly each call of `main` is
//! one forecast, for the caller to time. The exit code is made of the bits of the result, so that both can be compared.

use std::process::ExitCode;

use vitrine_forecast::{Forecast, Frequency, Question, Series, Work};

/// Three years with a trend, weekdays, a yearly wave and noise, the same everywhere.
fn sales() -> Vec<Option<f64>> {
    const WEEKDAYS: [f64; 7] = [0.9, 0.85, 0.9, 1.0, 1.2, 1.4, 0.75];
    let mut state: u32 = 1;
    let day = |(at, weekday): (usize, f64)| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = f64::from(state >> 8) / f64::from(1 << 24) - 0.5;
        let year = libm::sin(at as f64 * core::f64::consts::TAU / 365.25);
        Some(libm::round((80.0 + 0.03 * at as f64) * weekday * (1.0 + 0.3 * year) * (1.0 + 0.4 * noise)))
    };
    (0..1095).zip(WEEKDAYS.into_iter().cycle()).map(day).collect()
}

/// Forecasts four weeks; gives a sum over the bits of all numbers, and the steps of work.
fn forecast() -> (u64, u64) {
    let question = Question { horizon: 28, levels: &[0.05, 0.5, 0.95] };
    let mut work = Work::default();
    let series = Series::from_values(&sales(), Frequency::Day, "2023-01-01");
    let Ok(forecast) = series.and_then(|series| Forecast::automatic(&series, question, &mut work)) else {
        return (0, 0);
    };
    let numbers = forecast.mean.iter().chain(forecast.quantiles.iter().flatten());
    let sum = numbers.fold(0_u64, |sum, number| sum.rotate_left(7).wrapping_add(number.to_bits()));
    (sum, work.spent())
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> ExitCode {
    let mut times = Vec::new();
    let mut result = (0, 0);
    for _ in 0..50 {
        let start = std::time::Instant::now();
        result = std::hint::black_box(forecast());
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let median = times.get(times.len() / 2).copied().unwrap_or(f64::NAN);
    let code = (result.0 % 251) as u8;
    println!("{{\"milliseconds\":{median:.3},\"steps\":{},\"code\":{code}}}", result.1);
    ExitCode::SUCCESS
}

#[cfg(target_arch = "wasm32")]
fn main() -> ExitCode {
    ExitCode::from((forecast().0 % 251) as u8)
}
