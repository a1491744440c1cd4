//! Demand forecasts.

mod automatic;
mod autoregression;
mod ces;
mod error;
mod ets;
mod linear;
mod loess;
mod method;
mod minimise;
mod mstl;
mod naive;
mod normal;
mod pattern;
mod rolling;
mod stl;
mod theta;
mod work;

pub use automatic::Automatic;
pub use autoregression::Autoregression;
pub use ces::Ces;
pub use error::ForecastError;
pub use ets::Ets;
pub use method::{Fitted, History, Method, Path};
pub use mstl::Mstl;
pub use naive::SeasonalNaive;
pub use theta::Theta;
pub use work::Work;
