//! The plan: what a compiled model is, as data. `Draft` is any such data, `Plan` is data that was checked.

mod bytes;
mod constant;
mod decode;
mod encode;
mod operator;
mod operator_code;
mod shape;

use std::borrow::Cow;

pub use constant::{Constant, Element};
pub(crate) use decode::arena_of;
pub use decode::hash_of;
pub use operator::{Arithmetic, Epilogue, Function, Operator, Pooling, Reduction, Sampling, Window};
pub use shape::{Dim, MAX_RANK, Shape, Sizes};

use crate::error::PlanError;

/// Begins every plan file.
pub const MAGIC: [u8; 8] = *b"VITRPLAN";
/// The version of the format that this runtime reads and writes.
pub const VERSION: u32 = 1;
/// Most elements an arena may have (256 MB): a damaged number must not exhaust a page's memory.
pub const MAX_ARENA: u32 = 1 << 26;

/// Something computed, and where it lies in the arena while it is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Its axes.
    pub shape: Shape,
    /// Its first element's place in the arena, in elements.
    pub offset: u32,
}

/// What a step reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// Nothing: the operator does without.
    Absent,
    /// The value of this index.
    Value(u32),
    /// The constant of this index.
    Constant(u32),
}

/// One operator at work.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The node of the source model whose result this step computes.
    pub name: String,
    /// What is computed.
    pub operator: Operator,
    /// What is read, in the operator's own order; what is missing at the end is absent.
    pub operands: Vec<Operand>,
    /// Index of the value that is written.
    pub output: u32,
}

/// A named input or output.
#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    /// Its name in the source model.
    pub name: String,
    /// Index of its value.
    pub value: u32,
    /// Lowest and highest sensible element; infinite where the model says nothing.
    pub range: [f32; 2],
}

/// The length that is only known when a plan runs, such as the number of tokens of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Length {
    /// Its name in the source model.
    pub name: String,
    /// Least length.
    pub least: u32,
    /// Most, for which the arena is laid out.
    pub most: u32,
}

/// The data of a plan, not yet checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft<'a> {
    /// The model's name.
    pub name: String,
    /// The dynamic length, where there is one.
    pub length: Option<Length>,
    /// Elements of the arena.
    pub arena: u32,
    /// What the model is given.
    pub inputs: Vec<Port>,
    /// What it answers.
    pub outputs: Vec<Port>,
    /// Everything computed, inputs included.
    pub values: Vec<Value>,
    /// The model's weights and tables: what they are.
    pub constants: Vec<Constant>,
    /// The operators in the order in which they run.
    pub steps: Vec<Step>,
    /// The constants' elements.
    pub weights: Cow<'a, [u8]>,
}

/// A plan that was checked: every index exists, every shape fits its operator, nothing lies outside the arena.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<'a> {
    draft: Draft<'a>,
}

impl<'a> Plan<'a> {
    /// Reads and checks a plan file, its hash included.
    ///
    /// # Errors
    /// [`PlanError`] says which section or step is wrong, and what to do.
    pub fn open(file: &'a [u8]) -> Result<Self, PlanError> {
        Self::check(decode::draft(file, true)?)
    }

    /// The same for bytes whose hash the caller has compared with [`hash_of`] already: browsers hash much faster than
    /// WebAssembly does. Everything else is checked.
    ///
    /// # Errors
    /// [`PlanError`] says which section or step is wrong, and what to do.
    pub fn open_hashed(file: &'a [u8]) -> Result<Self, PlanError> {
        Self::check(decode::draft(file, false)?)
    }

    /// Checks data that was made rather than read.
    ///
    /// # Errors
    /// [`PlanError`] says which section or step is wrong.
    pub fn check(draft: Draft<'a>) -> Result<Self, PlanError> {
        crate::check::check(&draft)?;
        Ok(Self { draft })
    }

    /// The plan's data.
    #[must_use]
    pub fn data(&self) -> &Draft<'a> {
        &self.draft
    }

    /// The plan as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        encode::bytes(&self.draft)
    }
}

impl Draft<'_> {
    /// A value by index.
    #[must_use]
    pub fn value(&self, index: u32) -> Option<&Value> {
        self.values.get(index as usize)
    }

    /// A constant by index.
    #[must_use]
    pub fn constant(&self, index: u32) -> Option<&Constant> {
        self.constants.get(index as usize)
    }

    /// The shape of an operand, if it is there.
    #[must_use]
    pub fn shape(&self, operand: Operand) -> Option<&Shape> {
        match operand {
            Operand::Absent => None,
            Operand::Value(index) => self.value(index).map(|value| &value.shape),
            Operand::Constant(index) => self.constant(index).map(|constant| &constant.shape),
        }
    }

    /// The lengths for which the plan must hold: the least and the most.
    #[must_use]
    pub fn lengths(&self) -> [u32; 2] {
        self.length.as_ref().map_or([1, 1], |length| [length.least, length.most])
    }
}

impl Step {
    /// The operand at a position; absent where the list is shorter.
    #[must_use]
    pub fn operand(&self, position: usize) -> Operand {
        self.operands.get(position).copied().unwrap_or(Operand::Absent)
    }
}
