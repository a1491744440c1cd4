//! What can be wrong with a pack.

use thiserror::Error;

/// Why a pack cannot be used; every message names the section and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PackError {
    /// The manifest is no JSON of the expected shape.
    #[error(
        "the pack's manifest cannot be read: {0}; check that the address leads to a folder written by `vitrine train` or `vitrine pack`"
    )]
    Manifest(String),
    /// The manifest is of a newer format.
    #[error(
        "the pack has format version {found}, this program reads up to {known}; update it, or write the pack again with its own `vitrine`"
    )]
    Version {
        /// Version of the manifest.
        found: u32,
        /// Newest version known.
        known: u32,
    },
    /// A section that the manifest names was not given.
    #[error("the pack's section `{section}` is missing; copy the whole folder again")]
    Missing {
        /// The section.
        section: String,
    },
    /// A section is shorter or longer than the manifest says.
    #[error(
        "the pack's section `{section}` has {found} bytes instead of {expected}; it was cut or mixed up on the way, copy the whole folder again"
    )]
    Length {
        /// The section.
        section: String,
        /// Bytes given.
        found: u64,
        /// Bytes the manifest promises.
        expected: u64,
    },
    /// A section's bytes are not those that were written.
    #[error(
        "the pack's section `{section}` was altered: its SHA-256 differs from the manifest's; copy the whole folder again"
    )]
    Hash {
        /// The section.
        section: String,
    },
    /// A section is of a version that this program does not know.
    #[error(
        "the pack's section `{section}` has version {found}, this program reads version {known}; update the older of the two"
    )]
    SectionVersion {
        /// The section.
        section: String,
        /// Version of the section.
        found: u32,
        /// Version known.
        known: u32,
    },
    /// A section is intact but its content makes no sense.
    #[error("the pack's section `{section}` cannot be read: {problem}; write the pack again")]
    Content {
        /// The section.
        section: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl PackError {
    /// The section at fault; `None` where it is the manifest.
    pub fn section(&self) -> Option<&str> {
        match self {
            Self::Manifest(_) | Self::Version { .. } => None,
            Self::Missing { section }
            | Self::Length { section, .. }
            | Self::Hash { section }
            | Self::SectionVersion { section, .. }
            | Self::Content { section, .. } => Some(section),
        }
    }
}
