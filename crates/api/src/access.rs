//! Tokens, publishable keys, and who changed what.

use serde::{Deserialize, Serialize};

/// What a token may do; each role may do all that the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Role {
    /// See.
    Viewer,
    /// See and change things.
    Operator,
    /// Everything, tokens included.
    Owner,
}

/// Body of `POST /v1/tokens`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AddToken {
    /// What it may do.
    pub role: Role,
    /// What it is for.
    pub label: String,
    /// When it stops to hold; never where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// A token as it is shown: never itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Token {
    /// Its id.
    pub id: String,
    /// What it may do.
    pub role: Role,
    /// What it is for.
    pub label: String,
    /// When it was made.
    pub created_at: String,
    /// When it stops to hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// A token that has just been made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewToken {
    /// `vat_…`: shown this once.
    pub token: String,
    /// What is known of it from now on.
    #[serde(flatten)]
    pub about: Token,
}

/// Body of `POST /v1/storefront-keys`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AddStorefrontKey {
    /// Origins of pages that may use it: `https://shop.example`, no path.
    pub origins: Vec<String>,
    /// What it is for.
    pub label: String,
}

/// A publishable key. It is no secret: it stands in the shop's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StorefrontKey {
    /// Its id.
    pub id: String,
    /// `vsk_…`.
    pub key: String,
    /// Origins of pages that may use it.
    pub origins: Vec<String>,
    /// What it is for.
    pub label: String,
    /// When it was made.
    pub created_at: String,
}

/// Answer of `GET /v1/me`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Me {
    /// The token's id; `owner` for the one set at deployment.
    pub id: String,
    /// What it may do.
    pub role: Role,
    /// What it is for.
    pub label: String,
}

/// A change that somebody made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditEntry {
    /// Grows.
    pub id: u64,
    /// When.
    pub at: String,
    /// The id of the token, or how else the change came.
    pub by: String,
    /// The operation, as it is called in the document.
    pub action: String,
    /// What was changed.
    pub target: String,
    /// The request's id.
    pub request: String,
}
