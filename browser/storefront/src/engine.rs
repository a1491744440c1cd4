//! `Engine`: one shop and the session of the shopper who looks at it.

use js_sys::{Array, Map};
use serde::Serialize;
use vitrine_pack::Pack;
use vitrine_storefront::Storefront;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::answer::{assembled, copied, same, text_from};
use crate::convert::{read, read_sections, read_text, text, write};
use crate::failure::refused;

/// A shop opened from a pack, with the session of one shopper.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    storefront: Storefront,
    /// The session, as JavaScript holds it.
    events: Array,
}

/// What a session held that the pack does not know.
#[derive(Serialize)]
struct Ignored {
    ignored: Vec<String>,
}

#[wasm_bindgen]
impl Engine {
    /// Checks every byte of a pack and opens its shop. Throws a `VitrineError` that names the section at fault.
    pub fn open(
        manifest: &[u8],
        #[wasm_bindgen(unchecked_param_type = "Map<string, Uint8Array>")] sections: &Map,
    ) -> Result<Self, JsValue> {
        let pack = Pack::open(manifest, read_sections(sections)?).map_err(|error| refused(error.into()))?;
        Ok(Self { storefront: Storefront::open(&pack).map_err(refused)?, events: Array::new() })
    }

    /// Replaces the session, oldest event first. Events with unknown products are ignored; their ids come back.
    #[wasm_bindgen(js_name = setEvents, unchecked_return_type = "{ ignored: string[] }")]
    pub fn set_events(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "readonly Interaction[]")] events: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let kept = same(&self.events, events);
        let new = read_text(text_from(events, kept).ok(), "the list of events")?;
        self.events = copied(&self.events, events, kept);
        let ignored = self.storefront.follow_events(kept as usize, new);
        write(&Ignored { ignored })
    }

    /// The best suggestions, each with the parts of its score; the parts add up to it exactly.
    #[wasm_bindgen(unchecked_return_type = "Recommendations")]
    pub fn recommend(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "RecommendRequest")] request: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let request = read(request, "the request")?;
        let suggestions = self.storefront.suggest(&request).map_err(refused)?;
        let (numbers, texts) = suggestions.flat();
        Ok(assembled(&numbers, &text(&texts)?, &self.events))
    }

    /// A product by its id.
    #[wasm_bindgen(unchecked_return_type = "Product | undefined")]
    pub fn product(&self, id: &str) -> Result<JsValue, JsValue> {
        write(&self.storefront.shop().product(id))
    }

    /// A page of products.
    #[wasm_bindgen(unchecked_return_type = "ProductPage")]
    pub fn products(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ProductQuery")] query: &JsValue,
    ) -> Result<JsValue, JsValue> {
        write(&self.storefront.products(&read(query, "the query")?).map_err(refused)?)
    }

    /// The categories as a tree.
    #[wasm_bindgen(unchecked_return_type = "CategoryNode[]")]
    pub fn categories(&self) -> Result<JsValue, JsValue> {
        write(&self.storefront.shop().categories())
    }

    /// What the pack says about itself.
    #[wasm_bindgen(unchecked_return_type = "PackAbout")]
    pub fn about(&self) -> Result<JsValue, JsValue> {
        write(&self.storefront.shop().about())
    }
}
