//! Errors as JavaScript throws them: an `Error` with `name` and `code`, in the shape of the package's `VitrineError`.

use js_sys::{Error, Reflect};
use vitrine_model_runtime::{PlanError, RunError};
use wasm_bindgen::JsValue;

/// An error for JavaScript to throw.
pub(crate) fn failure(code: &str, message: &str) -> JsValue {
    let error = Error::new(message);
    error.set_name("VitrineError");
    // Setting a property of an object that was just made cannot fail.
    let _ = Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}

/// For `map_err`: a plan that was refused.
pub(crate) fn refused(error: PlanError) -> JsValue {
    let code = match error {
        PlanError::Hash => "plan-hash",
        PlanError::Version { .. } => "plan-version",
        _ => "plan",
    };
    failure(code, &error.to_string())
}

/// For `map_err`: a model that could not be loaded or run.
pub(crate) fn stopped(error: RunError) -> JsValue {
    let code = match error {
        RunError::Memory { .. } => "memory",
        RunError::Length { .. } => "request",
        _ => "internal",
    };
    failure(code, &error.to_string())
}
