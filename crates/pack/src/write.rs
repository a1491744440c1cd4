//! Writing a pack: sections in, manifest out.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::open::sha256;
use crate::{Manifest, Pack, PackError, Section};

/// Collects the sections of a new pack.
///
/// ```
/// use vitrine_pack::PackWriter;
/// let pack = PackWriter::new("Corner shop", "2026-01-31").section("catalogue", 1, "json", b"[]".to_vec()).finish();
/// assert_eq!(pack.manifest().id, "corner-shop");
/// ```
#[derive(Clone, Debug)]
pub struct PackWriter {
    manifest: Manifest,
    sections: BTreeMap<String, Vec<u8>>,
}

impl PackWriter {
    /// An empty pack; `id` is brought into the form that ids have, `created` is an ISO 8601 date or time.
    pub fn new(id: &str, created: &str) -> Self {
        Self { manifest: Manifest::new(id, created), sections: BTreeMap::new() }
    }

    /// Languages of its texts.
    pub fn languages(mut self, languages: Vec<String>) -> Self {
        self.manifest.languages = languages;
        self
    }

    /// The one currency of its prices.
    pub fn currency(mut self, currency: Option<String>) -> Self {
        self.manifest.currency = currency;
        self
    }

    /// Says whether it was trained on a simulated log.
    pub fn simulated(mut self, simulated: bool) -> Self {
        self.manifest.simulated = simulated;
        self
    }

    /// Constants of a capability.
    pub fn settings(mut self, capability: &str, settings: &impl Serialize) -> Result<Self, PackError> {
        let value = serde_json::to_value(settings).map_err(|error| PackError::Manifest(error.to_string()))?;
        self.manifest.settings.insert(capability.to_owned(), value);
        Ok(self)
    }

    /// Adds a section; one of the same name is replaced.
    pub fn section(mut self, name: &str, version: u32, extension: &str, bytes: Vec<u8>) -> Self {
        let sha256 = sha256(&bytes);
        let file = format!("{name}.{}.{extension}", sha256.get(..16).unwrap_or_default());
        self.manifest.sections.retain(|section| section.name != name);
        let section = Section { name: name.to_owned(), version, file, bytes: bytes.len() as u64, sha256 };
        self.manifest.sections.push(section);
        self.sections.insert(name.to_owned(), bytes);
        self
    }

    /// The finished pack.
    pub fn finish(self) -> Pack {
        Pack::assemble(self.manifest, self.sections)
    }
}
