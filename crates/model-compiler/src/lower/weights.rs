//! Constants as bytes: half precision where that loses nothing, each content once.

use std::collections::BTreeMap;

use vitrine_model_runtime::plan::{Constant, Element, Shape};

use crate::graph::Graph;

/// How weights are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weights {
    /// In half precision where every element is one, else in single.
    #[default]
    Exact,
    /// Rounded to half precision, where no element is beyond its range.
    Half,
}

/// The constants of a plan being made.
pub(super) struct Pool {
    how: Weights,
    constants: Vec<Constant>,
    bytes: Vec<u8>,
    known: BTreeMap<(Vec<usize>, Vec<u32>), u32>,
}

impl Pool {
    pub(super) fn new(how: Weights) -> Self {
        Self { how, constants: Vec::new(), bytes: Vec::new(), known: BTreeMap::new() }
    }

    /// The index of a constant in the plan.
    pub(super) fn add(&mut self, graph: &Graph, constant: usize) -> u32 {
        let Some(tensor) = graph.constants.get(constant) else { return u32::MAX };
        let key = (tensor.sizes.clone(), tensor.data.iter().map(|number| number.to_bits()).collect());
        if let Some(&index) = self.known.get(&key) {
            return index;
        }
        let index = u32::try_from(self.constants.len()).unwrap_or(u32::MAX);
        self.store(tensor.shape(), &tensor.data);
        self.known.insert(key, index);
        index
    }

    fn store(&mut self, shape: Shape, data: &[f32]) {
        while !self.bytes.len().is_multiple_of(16) {
            self.bytes.push(0);
        }
        let offset = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        let halves: Vec<half::f16> = data.iter().map(|&number| half::f16::from_f32(number)).collect();
        let exact = halves.iter().zip(data).all(|(half, number)| half.to_f32().to_bits() == number.to_bits());
        let fits = halves.iter().zip(data).all(|(half, number)| half.is_finite() || !number.is_finite());
        let element = if exact || (self.how == Weights::Half && fits && shape.dims().len() > 1) {
            self.bytes.extend(halves.iter().flat_map(|half| half.to_le_bytes()));
            Element::F16
        } else {
            self.bytes.extend(data.iter().flat_map(|number| number.to_le_bytes()));
            Element::F32
        };
        self.constants.push(Constant { shape, element, offset });
    }

    pub(super) fn into_parts(self) -> (Vec<Constant>, Vec<u8>) {
        (self.constants, self.bytes)
    }
}
