//! Prepares a step: its kernel, its weights packed for it, and where it reads and writes.

use vitrine_model_kernels::KernelError;

use crate::check::place;
use crate::error::RunError;
use crate::geometry::{Geometry, geometry};
use crate::plan::{Draft, Element, Operand, Step};

/// A place in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Where an operand is while the plan runs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    Nothing,
    Arena(Place),
    Constant(u32),
}

/// A step ready to run.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) geometry: Geometry,
    pub(crate) packed: Vec<f32>,
    pub(crate) operands: Vec<Source>,
    pub(crate) output: Place,
}

impl Ready {
    /// Prepares a step at a length. Its weights are packed once, here.
    /// `numbers` is memory to unpack them in, kept from one step to the next.
    pub(crate) fn new(
        draft: &Draft<'_>,
        number: usize,
        step: &Step,
        length: u32,
        numbers: &mut Vec<f32>,
    ) -> Result<Self, RunError> {
        let failed = |what: String| RunError::Step {
            step: number,
            operator: step.operator.name(),
            name: step.name.clone(),
            what,
        };
        let geometry = geometry(draft, step, length).map_err(|what| failed(what.to_owned()))?;
        let packed = pack(draft, step, &geometry, numbers).map_err(|error| failed(error.to_string()))?;
        let mut ready = Self {
            geometry,
            packed,
            operands: vec![Source::Nothing; step.operands.len()],
            output: Place { start: 0, end: 0 },
        };
        ready.settle(draft, step, length).map_err(|what| failed(what.to_owned()))?;
        Ok(ready)
    }

    /// Brings shapes and places to another length; allocates nothing.
    pub(crate) fn change(&mut self, draft: &Draft<'_>, step: &Step, length: u32) -> Result<(), &'static str> {
        self.geometry = geometry(draft, step, length)?;
        self.settle(draft, step, length)
    }

    /// Finds the places of what is read and written.
    fn settle(&mut self, draft: &Draft<'_>, step: &Step, length: u32) -> Result<(), &'static str> {
        const OUTSIDE: &str = "a value lies outside the arena";
        let at = |value: u32| place(draft, value as usize, length).map(|(start, end)| Place { start, end });
        self.output = at(step.output).ok_or(OUTSIDE)?;
        let packed = !self.packed.is_empty();
        for (position, (source, operand)) in self.operands.iter_mut().zip(&step.operands).enumerate() {
            *source = match *operand {
                Operand::Absent => Source::Nothing,
                Operand::Value(index) => Source::Arena(at(index).ok_or(OUTSIDE)?),
                Operand::Constant(_) if packed && position == 1 => Source::Nothing,
                Operand::Constant(index) => Source::Constant(index),
            };
        }
        Ok(())
    }

    /// What the kernel needs on the side.
    pub(crate) fn scratch_len(&self) -> usize {
        match &self.geometry {
            Geometry::Conv(conv) => conv.scratch_len(),
            Geometry::Transposed(conv) => conv.scratch_len(),
            Geometry::MatMul(matmul) => matmul.scratch_len(),
            _ => 0,
        }
    }
}

/// Elements that loading a plan will ask for: packed weights, the largest weights unpacked.
pub(crate) fn memory(draft: &Draft<'_>, length: u32) -> usize {
    let mut packed = 0_usize;
    let mut unpacked = 0_usize;
    for step in &draft.steps {
        let Ok(geometry) = geometry(draft, step, length) else { continue };
        let own = packed_len(&geometry);
        packed = packed.saturating_add(own);
        unpacked = unpacked.max(own);
    }
    packed.saturating_add(unpacked)
}

fn packed_len(geometry: &Geometry) -> usize {
    match geometry {
        Geometry::Pointwise(kernel) => kernel.packed_len(),
        Geometry::Conv(kernel) => kernel.packed_len(),
        Geometry::Depthwise(kernel) => kernel.packed_len(),
        Geometry::Transposed(kernel) => kernel.packed_len(),
        _ => 0,
    }
}

/// Packs the weights of an operator that packs them; for others there is nothing. Halves go straight into the layout of the
/// kernels that have most of the weights, for others through `numbers`.
fn pack(draft: &Draft<'_>, step: &Step, geometry: &Geometry, numbers: &mut Vec<f32>) -> Result<Vec<f32>, KernelError> {
    let constant = match step.operand(1) {
        Operand::Constant(index) => draft.constant(index),
        _ => None,
    };
    let Some(constant) = constant else { return Ok(Vec::new()) };
    if constant.element == Element::F16 {
        let halves = constant.bytes(&draft.weights).unwrap_or_default();
        match geometry {
            Geometry::Pointwise(kernel) => return kernel.pack_halves(halves),
            Geometry::Conv(kernel) => return kernel.pack_halves(halves),
            Geometry::Depthwise(kernel) => return kernel.pack_halves(halves),
            _ => {}
        }
    }
    if packed_len(geometry) == 0 || constant.read_into(&draft.weights, numbers).is_none() {
        return Ok(Vec::new());
    }
    match geometry {
        Geometry::Pointwise(kernel) => kernel.pack(numbers),
        Geometry::Conv(kernel) => kernel.pack(numbers),
        Geometry::Depthwise(kernel) => kernel.pack(numbers),
        Geometry::Transposed(kernel) => kernel.pack(numbers),
        _ => Ok(Vec::new()),
    }
}
