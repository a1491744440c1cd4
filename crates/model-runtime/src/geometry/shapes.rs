//! What the operands and the result of a step measure, and rules that many operators share.

use vitrine_model_kernels as kernels;
use vitrine_model_kernels::{Activation, Image, Residual};

use crate::plan::{Draft, Epilogue, Function, Operand, Sizes, Step};

/// Why shapes do not fit.
pub(super) type Refusal = &'static str;

/// The shapes of one step at one length.
pub(super) struct Shapes<'a> {
    draft: &'a Draft<'a>,
    step: &'a Step,
    length: u32,
    /// The result's.
    pub(super) output: Sizes,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(draft: &'a Draft<'a>, step: &'a Step, length: u32) -> Result<Self, Refusal> {
        let value = draft.value(step.output).ok_or("it writes a value that is not there")?;
        let output = value.shape.at(length).ok_or("its result is too large")?;
        Ok(Self { draft, step, length, output })
    }

    /// How many operands there are.
    pub(super) fn count(&self) -> usize {
        self.step.operands.len()
    }

    pub(super) fn maybe(&self, position: usize) -> Result<Option<Sizes>, Refusal> {
        let operand = self.step.operand(position);
        if operand == Operand::Absent {
            return Ok(None);
        }
        let shape = self.draft.shape(operand).ok_or("it reads what is not there")?;
        shape.at(self.length).map(Some).ok_or("what it reads is too large")
    }

    pub(super) fn operand(&self, position: usize) -> Result<Sizes, Refusal> {
        self.maybe(position)?.ok_or("an operand is missing")
    }

    /// Weights come with the plan, since they are packed when it is loaded.
    pub(super) fn weights(&self, position: usize, shape: &[usize]) -> Result<(), Refusal> {
        if !matches!(self.step.operand(position), Operand::Constant(_)) {
            return Err("its weights are not a constant");
        }
        equal(self.operand(position)?.as_slice(), shape, "its weights have another shape")
    }

    /// Bias, slopes and the value to add, which linear operators and convolutions have after their weights.
    pub(super) fn epilogue(&self, epilogue: Epilogue) -> Result<kernels::Epilogue, Refusal> {
        let channels = self.output.last();
        for position in [2, 3] {
            if let Some(found) = self.maybe(position)? {
                equal(found.as_slice(), &[channels], "its bias or slopes are not one per channel")?;
                if !matches!(self.step.operand(position), Operand::Constant(_)) {
                    return Err("its bias or slopes are not a constant");
                }
            }
        }
        if (epilogue.function == Function::PRelu) != (self.step.operand(3) != Operand::Absent) {
            return Err("slopes come with prelu and only with it");
        }
        let residual = match self.maybe(4)? {
            None => Residual::None,
            Some(added) => {
                let own = added.last();
                let rows = |sizes: &Sizes| sizes.elements().unwrap_or(0).checked_div(sizes.last());
                if own == 0 || own > channels || rows(&added) != rows(&self.output) {
                    return Err("what it adds has another shape");
                }
                if epilogue.add_after {
                    Residual::AfterActivation { channels: own }
                } else {
                    Residual::BeforeActivation { channels: own }
                }
            }
        };
        Ok(kernels::Epilogue { activation: activation(epilogue.function), residual })
    }
}

pub(super) fn equal(found: &[usize], needed: &[usize], refusal: Refusal) -> Result<(), Refusal> {
    if found == needed { Ok(()) } else { Err(refusal) }
}

pub(super) fn image(sizes: Sizes) -> Result<Image, Refusal> {
    let [height, width, channels] =
        sizes.picture().ok_or("it needs pictures of shape 1 x height x width x channels")?;
    Ok(Image::new(height, width, channels))
}

pub(super) fn shape(sizes: Sizes) -> Result<kernels::Shape, Refusal> {
    kernels::Shape::new(sizes.as_slice()).map_err(|_| "a shape is too large")
}

pub(super) fn same_rank(from: &Sizes, to: &Sizes) -> Result<(), Refusal> {
    if from.as_slice().len() == to.as_slice().len() { Ok(()) } else { Err("its result has another number of axes") }
}

pub(super) fn within(axis: usize, sizes: &Sizes) -> Result<usize, Refusal> {
    if axis < sizes.as_slice().len() { Ok(axis) } else { Err("it has no such axis") }
}

/// The function as kernels name it.
pub(super) fn activation(function: Function) -> Activation {
    match function {
        Function::Identity => Activation::None,
        Function::Relu => Activation::Relu,
        Function::Clip { low: 0.0, high: 6.0 } => Activation::Relu6,
        Function::Clip { low, high } => Activation::Clamp { low, high },
        Function::PRelu => Activation::Prelu,
        Function::LeakyRelu { slope } => Activation::LeakyRelu { slope },
        Function::HardSwish => Activation::HardSwish,
        Function::HardSigmoid { slope, shift } => Activation::HardSigmoid { alpha: slope, beta: shift },
        Function::Sigmoid => Activation::Sigmoid,
        Function::Silu => Activation::Silu,
        Function::Tanh => Activation::Tanh,
        Function::Gelu => Activation::Gelu,
        Function::Sqrt => Activation::Sqrt,
        Function::Exp => Activation::Exp,
    }
}
