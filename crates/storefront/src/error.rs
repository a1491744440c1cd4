//! What can go wrong between a shop's page and its pack.

use thiserror::Error;
use vitrine_pack::PackError;
use vitrine_recommend::ModelError;

/// Why the storefront cannot do what it was asked.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum StorefrontError {
    /// The pack is damaged, incomplete or of another version.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The pack's parts do not belong together.
    #[error("the pack cannot be used: {0}")]
    Model(#[from] ModelError),
    /// The feed cannot be read; the sentence says why and what to do.
    #[error("{0}")]
    Feed(String),
    /// The request makes no sense.
    #[error("`{field}` of the request {problem}")]
    Request {
        /// The field at fault.
        field: &'static str,
        /// What is wrong with it and what would be right.
        problem: String,
    },
}

impl StorefrontError {
    /// A short name for programs, stable between versions.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Pack(error) => match error {
                PackError::Manifest(_) => "pack-manifest",
                PackError::Version { .. } => "pack-version",
                PackError::Missing { .. } => "pack-missing",
                PackError::Length { .. } => "pack-length",
                PackError::Hash { .. } => "pack-hash",
                PackError::SectionVersion { .. } => "pack-section-version",
                PackError::Content { .. } => "pack-content",
            },
            Self::Model(ModelError::Settings(_)) => "pack-manifest",
            Self::Model(ModelError::Size { .. }) => "pack-content",
            Self::Feed(_) => "feed",
            Self::Request { .. } => "request",
        }
    }

    /// The section of the pack at fault, if it is one.
    pub fn section(&self) -> Option<&str> {
        match self {
            Self::Pack(error) => error.section(),
            Self::Model(ModelError::Size { part, .. }) => Some(part),
            Self::Model(ModelError::Settings(_)) | Self::Feed(_) | Self::Request { .. } => None,
        }
    }

    /// A pack whose `section` is intact but makes no sense.
    pub(crate) fn content(section: &str, problem: impl ToString) -> Self {
        PackError::Content { section: section.to_owned(), problem: problem.to_string() }.into()
    }

    pub(crate) fn request(field: &'static str, problem: impl Into<String>) -> Self {
        Self::Request { field, problem: problem.into() }
    }
}
