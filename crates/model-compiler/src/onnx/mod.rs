//! The front end: tract reads a model, infers its shapes and folds its constants; each of its nodes becomes one of ours.
//!
//! tract's own declutter is left out, since it rearranges axes for tract's kernels; ours need the model's own axes.

mod arithmetic;
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

/// What a model leaves open, settled for its plan.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// Least and most of the dynamic length, where the model has one.
    pub lengths: Option<(u32, u32)>,
    /// Shapes of inputs, by name, in the place of those that the model gives.
    pub shapes: Vec<(String, Vec<usize>)>,
}

/// Reads an ONNX file, or NNEF: a folder with `graph.nnef`, or such a folder as `.tar`, `.tgz` or `.tar.gz`.
///
/// # Errors
/// [`CompileError::File`], [`CompileError::Model`] where tract cannot read it, [`CompileError::Length`] where what is
/// settled does not fit the model. Operators without a counterpart are found later, by [`crate::compile`], if anything
/// needs them.
pub fn load(path: &Path, settled: &Settled) -> Result<Loaded, CompileError> {
    let shown = path.display().to_string();
    std::fs::metadata(path).map_err(|cause| CompileError::File { path: shown.clone(), cause })?;
    let wrong = |cause: TractError| CompileError::Model { path: shown.clone(), cause: format!("{cause:#}") };
    let mut typed = if is_nnef(path) {
        if let Some((name, _)) = settled.shapes.first() {
            let what = format!(
                "NNEF files give the shapes of their inputs: leave --shape out, or change `{name}` in graph.nnef"
            );
            return Err(CompileError::Length { what });
        }
        tract_nnef::nnef().with_onnx().model_for_path(path).map_err(wrong)?
    } else {
        let mut model = tract_onnx::onnx()
            .with_ignore_output_shapes(true)
            .with_ignore_value_info(true)
            .model_for_path(path)
            .map_err(wrong)?;
        for (name, sizes) in &settled.shapes {
            reshape(&mut model, name, sizes)?;
        }
        model.into_typed().map_err(wrong)?
    };
    Optimizer::prop_consts().optimize(&mut typed).map_err(wrong)?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let graph = import::import(&typed, name, settled.lengths)?;
    Ok(Loaded { typed, graph })
}

fn is_nnef(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    path.is_dir() || [".tar", ".tgz", ".tar.gz", ".nnef"].iter().any(|ending| name.ends_with(ending))
}

/// Gives an input the shape that was asked for.
fn reshape(model: &mut InferenceModel, name: &str, sizes: &[usize]) -> Result<(), CompileError> {
    let names = || model.inputs.iter().filter_map(|outlet| model.nodes.get(outlet.node)).map(|node| node.name.as_str());
    let wrong = |cause: String| CompileError::Length {
        what: format!("input `{name}` cannot have the shape {sizes:?}: {cause}"),
    };
    let Some(position) = names().position(|input| input == name) else {
        return Err(wrong(format!("the model has the inputs {}", names().collect::<Vec<_>>().join(", "))));
    };
    let fact = model.input_fact(position).map_err(|cause| wrong(cause.to_string()))?;
    let fact = fact.clone().with_shape(sizes);
    model.set_input_fact(position, fact).map_err(|cause| wrong(cause.to_string()))
}
