//! The functions of `answer.js`, which lies beside the generated glue.

use js_sys::Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(raw_module = "./answer.js")]
extern "C" {
    /// How many events at the beginning of both lists are the same.
    pub(crate) fn same(before: &Array, events: &JsValue) -> u32;

    /// The events from `start` on as JSON.
    #[wasm_bindgen(catch, js_name = textFrom)]
    pub(crate) fn text_from(events: &JsValue, start: u32) -> Result<JsValue, JsValue>;

    /// The events as they are now, of which the first `start` are those of `before`.
    pub(crate) fn copied(before: &Array, events: &JsValue, start: u32) -> Array;

    /// A whole answer out of its numbers and texts.
    pub(crate) fn assembled(numbers: &[f64], texts: &str, events: &Array) -> JsValue;
}
