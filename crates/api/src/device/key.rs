//! The keys that a device signs with.

use serde::{Deserialize, Serialize};

/// How a device signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Default)]
pub enum Algorithm {
    /// HMAC-SHA256 with a shared secret.
    #[default]
    #[serde(rename = "v1")]
    V1,
    /// Ed25519; the worker knows the public key only.
    #[serde(rename = "v1a")]
    V1a,
}

/// A key that is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeyRequest {
    /// `v1` where it is left out.
    #[serde(default)]
    pub algorithm: Algorithm,
    /// The device's public key, `whpk_` and base64; left out with `v1a`, a pair is made and its secret half shown once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
}

/// A key as it is shown: never its secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Key {
    /// Its id.
    pub id: String,
    /// How it signs.
    pub algorithm: Algorithm,
    /// When it was made.
    pub created_at: String,
    /// When it stops to hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// When it last signed something, to within a flush.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<String>,
}

/// A key that has just been made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewKey {
    /// Its id.
    pub id: String,
    /// How it signs.
    pub algorithm: Algorithm,
    /// Its secret, `whsec_…` or `whsk_…`: shown this once. Not there where the device brought its own public key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// Body of `POST /v1/devices/{id}/keys`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddKey {
    /// `v1` where it is left out.
    #[serde(default)]
    pub algorithm: Algorithm,
    /// The device's public key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
    /// When the present keys stop to hold; a day where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expire_others_after_seconds: Option<u32>,
}
