//! Why a model does not compile.

use vitrine_model_runtime::PlanError;

/// What stands between a model and its plan.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// The file cannot be read.
    #[error("cannot read {path}: {cause}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The model is not one that tract understands.
    #[error("{path} is not a model that tract can read: {cause}")]
    Model {
        /// The file.
        path: String,
        /// What tract says.
        cause: String,
    },
    /// The model needs an operator that plans do not have.
    #[error(
        "operator `{operator}` of node `{node}` has no counterpart in plans ({why}). Express it by operators listed in \
         docs/plan-format.md when exporting the model, or add it to the compiler (crates/model-compiler/src/onnx)"
    )]
    Operator {
        /// The operator.
        operator: String,
        /// The node of the source model.
        node: String,
        /// What is missing.
        why: String,
    },
    /// A node has shapes or attributes that plans do not cover.
    #[error("node `{node}`: {what}")]
    Node {
        /// The node of the source model.
        node: String,
        /// What is wrong, and what to do.
        what: String,
    },
    /// A length was given for a model without one, or a model with one got none.
    #[error("{what}")]
    Length {
        /// What is wrong, and what to do.
        what: String,
    },
    /// What was compiled is not a valid plan: a mistake of the compiler.
    #[error("the compiler made a plan that the runtime refuses, which is a mistake of the compiler: {0}")]
    Plan(#[from] PlanError),
}
