//! Opening a pack: every byte is checked before anything is read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::migration::migrate;
use crate::{Manifest, PackError, Section};

/// A checked pack.
#[derive(Clone, Debug, PartialEq)]
pub struct Pack {
    manifest: Manifest,
    sections: BTreeMap<String, Vec<u8>>,
}

impl Pack {
    /// Checks the manifest and, by length and SHA-256, every section it names.
    ///
    /// `sections` maps section names to their bytes; what the manifest does not name is dropped.
    pub fn open(manifest: &[u8], mut sections: BTreeMap<String, Vec<u8>>) -> Result<Self, PackError> {
        let manifest = Manifest::read(manifest)?;
        let mut checked = BTreeMap::new();
        for section in &manifest.sections {
            let bytes = sections.get_mut(&section.name).map(std::mem::take);
            let bytes = bytes.ok_or_else(|| PackError::Missing { section: section.name.clone() })?;
            check(section, &bytes)?;
            checked.insert(section.name.clone(), bytes);
        }
        Ok(Self { manifest, sections: checked })
    }

    pub(crate) fn assemble(manifest: Manifest, sections: BTreeMap<String, Vec<u8>>) -> Self {
        Self { manifest, sections }
    }

    /// The table of contents.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The bytes of every section, by name.
    pub fn sections(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.sections
    }

    /// A section in the form of version `known`; `None` if the pack has none of that name.
    pub fn section(&self, name: &str, known: u32) -> Result<Option<Cow<'_, [u8]>>, PackError> {
        match (self.manifest.section(name), self.sections.get(name)) {
            (Some(section), Some(bytes)) => migrate(name, bytes, section.version, known).map(Some),
            _ => Ok(None),
        }
    }

    /// `manifest.json` as bytes.
    pub fn manifest_json(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(&self.manifest).unwrap_or_default()
    }
}

fn check(section: &Section, bytes: &[u8]) -> Result<(), PackError> {
    let found = bytes.len() as u64;
    if found != section.bytes {
        return Err(PackError::Length { section: section.name.clone(), found, expected: section.bytes });
    }
    if sha256(bytes) != section.sha256 {
        return Err(PackError::Hash { section: section.name.clone() });
    }
    Ok(())
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
