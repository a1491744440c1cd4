//! Shapes with a dynamic length: small helpers.

use vitrine_model_runtime::plan::{Dim, Shape};

/// A length at which shapes are compared: a prime that no model's own sizes have as a factor.
const SAMPLE: u32 = 61;

/// A shape whose sizes never change. Sizes beyond 32 bits do not occur in memory.
#[must_use]
pub fn fixed(sizes: &[usize]) -> Shape {
    let dims = sizes.iter().map(|&size| Dim::fixed(u32::try_from(size).unwrap_or(u32::MAX))).collect();
    Shape::new(dims).unwrap_or_else(|| Shape::new(Vec::new()).unwrap_or_else(|| unreachable!("no axes are few enough")))
}

/// The sizes at a length that stands for any.
#[must_use]
pub fn at(shape: &Shape) -> Vec<usize> {
    shape.at(SAMPLE).map(|sizes| sizes.as_slice().to_vec()).unwrap_or_default()
}

/// The axes reordered.
#[must_use]
pub fn permuted(shape: &Shape, order: &[usize]) -> Shape {
    let dims = order.iter().filter_map(|&axis| shape.dims().get(axis)).copied().collect();
    Shape::new(dims).unwrap_or_else(|| shape.clone())
}

/// Whether two shapes have as many elements.
#[must_use]
pub fn same_elements(a: &Shape, b: &Shape) -> bool {
    at(a).iter().product::<usize>() == at(b).iter().product::<usize>()
}
