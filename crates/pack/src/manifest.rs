//! The manifest: what a pack holds, for whom, and how to check it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::PackError;

/// What `format` must say.
const FORMAT: &str = "vitrine-pack";
/// Newest manifest version.
const VERSION: u32 = 1;
/// Longest id, in bytes; it names the browser's database.
const MAX_ID: usize = 64;

/// The pack's table of contents, `manifest.json`. Fields unknown to this version are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    format: String,
    version: u32,
    /// Name of the pack: lower-case letters, digits and hyphens, at most 64; also names the shopper's stored session.
    pub id: String,
    /// When it was written, an ISO 8601 date or time.
    pub created: String,
    /// Languages its texts are in.
    pub languages: Vec<String>,
    /// ISO 4217 code of its prices, if there is one for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Whether it was trained on a simulated log.
    #[serde(default)]
    pub simulated: bool,
    /// Constants per capability, such as `recommend`.
    #[serde(default)]
    pub settings: BTreeMap<String, Value>,
    /// Its sections.
    pub sections: Vec<Section>,
    #[serde(flatten)]
    other: BTreeMap<String, Value>,
}

/// What must be known of a manifest before the rest of it can be read.
#[derive(Deserialize)]
struct Kind {
    format: Option<String>,
    version: Option<u32>,
}

/// One section of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Unique in the pack.
    pub name: String,
    /// Version of the section's own format.
    pub version: u32,
    /// File name beside the manifest: no folders.
    pub file: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// A manifest without sections; the id is made of what is usable in `id`, `shop` if nothing is.
    pub(crate) fn new(id: &str, created: &str) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            id: kebab(id),
            created: created.to_owned(),
            languages: Vec::new(),
            currency: None,
            simulated: false,
            settings: BTreeMap::new(),
            sections: Vec::new(),
            other: BTreeMap::new(),
        }
    }

    /// Reads and checks `manifest.json`.
    pub fn read(bytes: &[u8]) -> Result<Self, PackError> {
        let problem = |problem: &str| PackError::Manifest(problem.to_owned());
        let unreadable = |error: serde_json::Error| PackError::Manifest(error.to_string());
        let Kind { format, version } = serde_json::from_slice(bytes).map_err(unreadable)?;
        if format.as_deref() != Some(FORMAT) {
            return Err(problem("it does not say \"format\": \"vitrine-pack\""));
        }
        let found = version.ok_or_else(|| problem("it has no version"))?;
        if found != VERSION {
            return Err(PackError::Version { found, known: VERSION });
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(unreadable)?;
        if manifest.id.is_empty() || manifest.id != kebab(&manifest.id) {
            return Err(problem("its id is not made of at most 64 lower-case letters, digits and single hyphens"));
        }
        for (index, section) in manifest.sections.iter().enumerate() {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
            if section.file.is_empty() || section.file.starts_with('.') || !section.file.chars().all(plain) {
                return Err(PackError::Manifest(format!("section `{}` has no plain file name", section.name)));
            }
            if manifest.sections.iter().take(index).any(|other| other.name == section.name) {
                return Err(PackError::Manifest(format!("section `{}` is listed twice", section.name)));
            }
        }
        Ok(manifest)
    }

    /// The section called `name`, if the pack has it.
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }
}

/// Lower-case letters, digits and single hyphens made of `text`; `shop` where nothing is left.
fn kebab(text: &str) -> String {
    let mut id = String::new();
    for c in text.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(MAX_ID);
    let id = id.trim_end_matches('-');
    if id.is_empty() { "shop".to_owned() } else { id.to_owned() }
}
