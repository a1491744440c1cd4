//! Errors as JavaScript throws them: an `Error` with `name`, `code` and, for packs, `section`.

use js_sys::{Error, Reflect};
use vitrine_storefront::StorefrontError;
use wasm_bindgen::JsValue;

/// An error for JavaScript to throw; it has the shape of `VitrineError`.
pub(crate) fn failure(code: &str, message: &str, section: Option<&str>) -> JsValue {
    let error = Error::new(message);
    error.set_name("VitrineError");
    // Setting a property of an object that was just made cannot fail.
    let _ = Reflect::set(&error, &"code".into(), &code.into());
    if let Some(section) = section {
        let _ = Reflect::set(&error, &"section".into(), &section.into());
    }
    error.into()
}

/// For `map_err`: what the storefront refuses.
pub(crate) fn refused(error: StorefrontError) -> JsValue {
    failure(error.code(), &error.to_string(), error.section())
}
