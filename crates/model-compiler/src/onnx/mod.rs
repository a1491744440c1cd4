//! The front end: tract reads a model, infers its shapes and folds its constants; each of its nodes becomes one of ours.
//!
//! tract's own declutter is left out, since it rearranges axes for tract's kernels; ours need the model's own axes.

mod convolution;
mod einsum;
mod import;
mod interpolation;
pub mod reference;
mod resize;
mod shapes;

use std::path::Path;

use tract_onnx::prelude::*;
use tract_onnx::tract_core::optim::Optimizer;

pub use shapes::symbol_values;

use crate::CompileError;
use crate::graph::Graph;

/// A model as tract has it and as the compiler has it.
pub struct Loaded {
    /// tract's, which is the reference in tests: [`crate::graph::Origin::node`] counts its nodes.
    pub typed: TypedModel,
    /// Ours, as read.
    pub graph: Graph,
}

/// Reads an ONNX model. `lengths` are the least and the most of its dynamic length, where it has one.
///
/// # Errors
/// [`CompileError::File`], [`CompileError::Model`] where tract cannot read it, [`CompileError::Length`] where `lengths`
/// do not fit the model. Operators without a counterpart are found later, by [`crate::lower`], if anything needs them.
pub fn load(path: &Path, lengths: Option<(u32, u32)>) -> Result<Loaded, CompileError> {
    let shown = path.display().to_string();
    std::fs::metadata(path).map_err(|cause| CompileError::File { path: shown.clone(), cause })?;
    let wrong = |cause: TractError| CompileError::Model { path: shown.clone(), cause: format!("{cause:#}") };
    let typed = tract_onnx::onnx()
        .with_ignore_output_shapes(true)
        .with_ignore_value_info(true)
        .model_for_path(path)
        .and_then(|model| model.into_typed())
        .and_then(|mut model| Optimizer::prop_consts().optimize(&mut model).map(|()| model))
        .map_err(wrong)?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let graph = import::import(&typed, name, lengths)?;
    Ok(Loaded { typed, graph })
}
