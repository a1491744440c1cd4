//! Shapes and constants out of tract's types.

use tract_onnx::prelude::*;
use vitrine_model_runtime::plan::{Dim, Shape};

use crate::CompileError;
use crate::graph::Tensor;

/// A length for the model's one symbol.
#[must_use]
pub fn symbol_values(symbol: Option<&Symbol>, length: i64) -> SymbolValues {
    match symbol {
        Some(symbol) => SymbolValues::default().with(symbol, length),
        None => SymbolValues::default(),
    }
}

/// The symbols of the inputs: at most one is allowed, the dynamic length.
pub(super) fn symbol(model: &TypedModel) -> Result<Option<Symbol>, CompileError> {
    let mut found: Option<Symbol> = None;
    for outlet in &model.inputs {
        let Ok(fact) = model.outlet_fact(*outlet) else { continue };
        for symbol in fact.shape.iter().flat_map(|dim| dim.symbols()) {
            match &found {
                Some(first) if *first != symbol => {
                    return Err(CompileError::Length {
                        what: format!(
                            "the model has two dynamic axes, `{first}` and `{symbol}`; plans have one. Give the inputs their \
                             shapes, as in --shape image=1x3x224x224"
                        ),
                    });
                }
                _ => found = Some(symbol),
            }
        }
    }
    Ok(found)
}

/// An axis: linear in the symbol, or nothing we can use.
pub(super) fn dim(dim: &TDim, symbol: Option<&Symbol>) -> Option<Dim> {
    if let Ok(fixed) = dim.to_i64() {
        return Some(Dim::fixed(u32::try_from(fixed).ok()?));
    }
    let at = |length: i64| dim.eval(&symbol_values(symbol, length)).to_i64().ok();
    let [one, two, many] = [at(1)?, at(2)?, at(97)?];
    let per_length = two - one;
    let fixed = one - per_length;
    (many == per_length * 97 + fixed).then_some(())?;
    Some(Dim { per_length: u32::try_from(per_length).ok()?, fixed: u32::try_from(fixed).ok()? })
}

/// A shape, where all axes are linear in the symbol and there are at most six.
pub(super) fn shape(fact: &TypedFact, symbol: Option<&Symbol>) -> Option<Shape> {
    Shape::new(fact.shape.iter().map(|axis| dim(axis, symbol)).collect::<Option<Vec<_>>>()?)
}

/// A constant's numbers.
pub(super) fn tensor(tensor: &tract_onnx::prelude::Tensor) -> Option<Tensor> {
    let data = match tensor.datum_type() {
        DatumType::TDim => {
            let whole = tensor.cast_to::<i64>().ok()?;
            whole.cast_to::<f32>().ok()?.into_owned()
        }
        _ => tensor.cast_to::<f32>().ok()?.into_owned(),
    };
    let data = data.to_plain_array_view::<f32>().ok()?.iter().copied().collect();
    Tensor::new(tensor.shape().to_vec(), data)
}
