//! What can be wrong with a plan, and with running one.

/// Why a plan was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The file begins differently.
    #[error(
        "this is not a plan: it does not begin with VITRPLAN. Make one with `vitrine compile MODEL.onnx -o MODEL.plan`"
    )]
    NotAPlan,
    /// The file was written by another version.
    #[error(
        "the plan has format version {found}, this runtime reads version {}. Compile the model again",
        crate::plan::VERSION
    )]
    Version {
        /// The file's version.
        found: u32,
    },
    /// The file is shorter or longer than it says.
    #[error("the plan should have {expected} bytes and has {found}. Load it again")]
    Size {
        /// As the header says.
        expected: u64,
        /// As it is.
        found: u64,
    },
    /// The content is not what was hashed.
    #[error(
        "the plan's content does not have the hash that its header gives: it was damaged on the way. Load it again"
    )]
    Hash,
    /// Something is wrong in a section.
    #[error("section `{section}` of the plan, item {item}: {what}. Compile the model again")]
    Section {
        /// The section.
        section: &'static str,
        /// The item's number in it, from 0.
        item: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// A step does not hold together.
    #[error("step {step} of the plan ({operator} `{name}`): {what}. Compile the model again")]
    Step {
        /// The step's number, from 0.
        step: usize,
        /// The name of its operator.
        operator: &'static str,
        /// The node of the source model.
        name: String,
        /// What is wrong.
        what: String,
    },
}

/// Why a model could not be loaded or run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// There is not enough memory for the weights or the arena.
    #[error(
        "there is no memory for {bytes} bytes, which the model needs; close what is not used, or take a smaller model"
    )]
    Memory {
        /// What was asked for.
        bytes: usize,
    },
    /// The length is not one that the plan was made for.
    #[error("the plan runs for lengths from {least} to {most}, not for {found}: shorten the input")]
    Length {
        /// What was asked for.
        found: u32,
        /// Least length.
        least: u32,
        /// Most.
        most: u32,
    },
    /// The arena is of another model.
    #[error("the arena has {found} elements and the model needs {needed}: make it with `Arena::fit` for this model")]
    Arena {
        /// Its elements.
        found: usize,
        /// What the model needs.
        needed: usize,
    },
    /// There is no such input or output.
    #[error("the model has no {what} number {index}")]
    NoPort {
        /// Input or output.
        what: &'static str,
        /// What was asked for.
        index: usize,
    },
    /// A step failed: its kernel refuses the shapes, or what the inputs hold.
    #[error("step {step} ({operator} `{name}`): {what}. Check the inputs; if they are right, compile the model again")]
    Step {
        /// The step's number, from 0.
        step: usize,
        /// The name of its operator.
        operator: &'static str,
        /// The node of the source model.
        name: String,
        /// What is wrong.
        what: String,
    },
}
