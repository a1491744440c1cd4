//! Constants while a model is compiled.

use vitrine_model_runtime::plan::Shape;

use super::order::inverse;

/// Numbers with axes, densely, the last axis adjacent.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// Sizes of the axes.
    pub sizes: Vec<usize>,
    /// The elements.
    pub data: Vec<f32>,
}

impl Tensor {
    /// A tensor; `None` where the sizes do not give the number of elements.
    #[must_use]
    pub fn new(sizes: Vec<usize>, data: Vec<f32>) -> Option<Self> {
        (sizes.iter().product::<usize>() == data.len() && sizes.len() <= 6).then_some(Self { sizes, data })
    }

    /// The shape as a plan has it.
    #[must_use]
    pub fn shape(&self) -> Shape {
        super::fixed(&self.sizes)
    }

    /// The one number that all elements are.
    #[must_use]
    pub fn uniform(&self) -> Option<f32> {
        let first = *self.data.first()?;
        self.data.iter().all(|&element| element == first).then_some(first)
    }

    /// Axes reordered: axis `i` of the result is axis `order[i]` of this.
    #[must_use]
    pub fn permuted(&self, order: &[usize]) -> Self {
        let sizes: Vec<usize> = order.iter().filter_map(|&axis| self.sizes.get(axis)).copied().collect();
        let data = indices(&self.sizes, order).into_iter().filter_map(|at| self.data.get(at)).copied().collect();
        Self { sizes, data }
    }

    /// The tensor that, once reordered by `order`, is this.
    #[must_use]
    pub fn before(&self, order: &[usize]) -> Self {
        self.permuted(&inverse(order))
    }

    /// The elements as a list, for channels that were given as 1 x .. x 1 x C.
    #[must_use]
    pub fn as_channels(&self, channels: usize) -> Option<Vec<f32>> {
        match *self.data.as_slice() {
            [one] => Some(vec![one; channels]),
            _ if self.data.len() == channels && self.sizes.last() == Some(&channels) => Some(self.data.clone()),
            _ => None,
        }
    }
}

/// For each element of the reordered tensor, in its own order, where it lies in the original.
#[must_use]
fn indices(sizes: &[usize], order: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; sizes.len()];
    for axis in (0..sizes.len().saturating_sub(1)).rev() {
        let next = strides.get(axis + 1).copied().unwrap_or(1) * sizes.get(axis + 1).copied().unwrap_or(1);
        if let Some(stride) = strides.get_mut(axis) {
            *stride = next;
        }
    }
    let mut found = vec![0];
    for &axis in order {
        let (size, stride) = (sizes.get(axis).copied().unwrap_or(1), strides.get(axis).copied().unwrap_or(0));
        found = found.iter().flat_map(|&base| (0..size).map(move |at| base + at * stride)).collect();
    }
    found
}
