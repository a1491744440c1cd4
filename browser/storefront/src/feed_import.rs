//! `FeedImport`: a product feed that becomes a pack, piece by piece.

use js_sys::{Object, Reflect, Uint8Array};
use serde::Deserialize;
use vitrine_storefront::FeedImport as Import;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::convert::{read, write, write_sections};
use crate::failure::{failure, refused};

/// A feed that is being read.
#[wasm_bindgen]
pub struct FeedImport {
    import: Import,
}

/// What the finished pack is called.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    id: String,
    created: String,
}

#[wasm_bindgen]
impl FeedImport {
    /// Begins with nothing read yet.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_param_type = "FeedFormatOptions")] options: &JsValue) -> Result<Self, JsValue> {
        Ok(Self { import: Import::new(read(options, "the options of the feed")?) })
    }

    /// Reads the next piece; pieces may have any size.
    #[wasm_bindgen(unchecked_return_type = "FeedProgress")]
    pub fn push(&mut self, piece: &[u8]) -> Result<JsValue, JsValue> {
        write(&self.import.push(piece).map_err(refused)?)
    }

    /// Ends the feed: the pack's manifest and sections, and how it went. The import is used up.
    #[wasm_bindgen(
        unchecked_return_type = "{ manifest: Uint8Array; sections: Map<string, Uint8Array>; report: FeedReport }"
    )]
    pub fn finish(
        self,
        #[wasm_bindgen(unchecked_param_type = "{ id: string; created: string }")] name: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let Name { id, created } = read(name, "the name of the pack")?;
        let (pack, report) = self.import.finish(&id, &created).map_err(refused)?;
        let made = Object::new();
        let parts = [
            ("manifest", Uint8Array::from(pack.manifest_json().as_slice()).into()),
            ("sections", write_sections(pack.sections()).into()),
            ("report", write(&report)?),
        ];
        for (name, part) in parts {
            let set = Reflect::set(&made, &name.into(), &part);
            set.map_err(|_| failure("answer", "the finished pack cannot be handed over", None))?;
        }
        Ok(made.into())
    }
}
