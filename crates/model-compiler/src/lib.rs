//! Makes plans for the model runtime out of ONNX and NNEF models.
//!
//! tract reads a model, infers its shapes and folds its constants (feature `onnx`, which takes minutes to compile).
//! What it gives becomes a [`graph::Graph`]; the passes bring that to the layout and the fused operators of a plan, and
//! [`lower`] lays out its arena and its weights.

pub mod error;
pub mod explain;
pub mod graph;
pub mod lower;
#[cfg(feature = "onnx")]
pub mod onnx;
pub mod passes;

pub use error::CompileError;
pub use lower::{Compiled, Options, Weights, compile};

/// What the compiled plans run on.
pub use vitrine_model_runtime as runtime;
