//! Demand forecasts from a shop's own series, with calibrated intervals, and what a merchant asks of them.
//!
//! Rows become a clean [`Series`]; [`Forecast::automatic`] tries the methods that suit it from earlier points of the
//! same history, weights them by their errors there, and calibrates its intervals on the same. From its [`Outlook`] come
//! the risk of running out and what to reorder ([`Stock`]), [`peaks`], [`changes`] and [`taking_off`].
//!
//! Nothing here knows the time, draws at random or does input or output. Limits are counts of [`Work`]. Transcendental
//! functions come from `libm` and sums have a fixed order, so that numbers are the same natively and as WebAssembly.
//!
//! ```
//! use vitrine_forecast::{Forecast, Observation, Question, Reading, Series, Work};
//!
//! let dates: Vec<String> = (1..=28).map(|day| format!("2026-02-{day:02}")).collect();
//! let rows = dates.iter().zip([5.0, 6.0, 5.0, 7.0, 9.0, 12.0, 11.0].into_iter().cycle());
//! let rows: Vec<Observation> = rows
//!     .enumerate()
//!     .map(|(at, (date, value))| Observation { line: at as u64 + 1, date, value: Some(value), out_of_stock: false })
//!     .collect();
//! let series = Series::from_observations(&rows, Reading::default())?;
//! let question = Question { horizon: 7, levels: &[0.05, 0.5, 0.95] };
//! let forecast = Forecast::automatic(&series, question, &mut Work::default())?;
//! assert_eq!(forecast.dates[0], "2026-03-01");
//! assert!(forecast.mean[5] > forecast.mean[0]);
//! # Ok::<(), vitrine_forecast::ForecastError>(())
//! ```

mod automatic;
mod autoregression;
mod calibration;
mod candidates;
mod ces;
mod changes;
mod combination;
mod counts;
mod error;
mod ets;
mod events;
mod fill;
mod forecast;
mod frequency;
mod linear;
mod loess;
mod method;
mod minimise;
mod mstl;
mod naive;
mod normal;
mod observation;
mod outlook;
mod pattern;
mod peaks;
mod recent;
mod rolling;
pub mod scores;
mod series;
mod slow;
mod stl;
mod stock;
mod student;
mod takeoff;
mod theta;
mod work;

pub use automatic::Automatic;
pub use autoregression::Autoregression;
pub use calibration::Validation;
pub use ces::Ces;
pub use changes::{Change, changes};
pub use combination::Combination;
pub use error::ForecastError;
pub use ets::Ets;
pub use forecast::{FARTHEST, Forecast, Parts, Question, Shares};
pub use frequency::Frequency;
pub use method::{Fitted, History, Method, Path};
pub use mstl::Mstl;
pub use naive::SeasonalNaive;
pub use observation::{LONGEST, Observation, Reading, Silence};
pub use outlook::{Distribution, Outlook, Shape};
pub use peaks::{Peak, peaks};
pub use series::{Mark, Notes, Series};
pub use slow::{CrostonSba, Imapa, Level, Tsb};
pub use stock::{Policy, Reorder, Stock, StockError};
pub use takeoff::{Growth, taking_off};
pub use theta::Theta;
pub use work::Work;
