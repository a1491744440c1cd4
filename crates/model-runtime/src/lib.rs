//! Reads, checks and runs compiled models.
//!
//! A plan (see `docs/plan-format.md`) is a flat list of operators over one arena. [`Plan::open`] checks all of it;
//! [`Program::load`] brings the weights into the layouts that the kernels read; from then on a run allocates nothing.
//!
//! ```no_run
//! use vitrine_model_runtime::{Model, Plan};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let file = std::fs::read("selfie_segmentation.plan")?;
//! let mut model = Model::load(&Plan::open(&file)?)?;
//! model.input_mut(0)?.fill(0.5);
//! model.run()?;
//! let mask = model.output(0)?;
//! # Ok(())
//! # }
//! ```

mod arena;
mod check;
mod error;
mod execute;
mod geometry;
mod load;
mod model;
pub mod plan;
mod program;

pub use arena::Arena;
pub use error::{PlanError, RunError};
pub use model::Model;
pub use plan::Plan;
pub use program::{Program, Traced};
