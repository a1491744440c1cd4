//! The keys of a device: how they are written, made from random bytes, rotated and revoked.
use std::fmt;

use base64ct::{Base64, Encoding};
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::id::KeyId;
use crate::timestamp::Timestamp;

/// The most keys that may be live at once.
pub const MAX_LIVE: usize = 2;
/// How long the other keys live on after a rotation that says nothing else, in milliseconds.
pub const OVERLAP: i64 = 86_400_000;

/// How a device signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    /// HMAC-SHA256 with a secret that both sides know.
    #[default]
    #[serde(rename = "v1")]
    V1,
    /// Ed25519; the shop knows only the public half.
    #[serde(rename = "v1a")]
    V1a,
}

/// A text that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Another beginning, or no base64.
    #[error("expected {0} and then base64 with padding")]
    Form(&'static str),
    /// A secret of the wrong length.
    #[error("a secret has 24 to 64 bytes")]
    SecretLength,
    /// Bytes that are no ed25519 key.
    #[error("these bytes are no ed25519 key")]
    NotAKey,
    /// A third live key.
    #[error("two keys are live already; delete one, or wait until it expires")]
    TwoLive,
}

/// A secret for HMAC-SHA256; never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// Filled up with zeros to HMAC's block, which changes no signature.
    block: [u8; 64],
    length: usize,
}

/// An ed25519 public key.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// What the shop keeps of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "algorithm")]
pub enum Material {
    /// HMAC-SHA256.
    #[serde(rename = "v1")]
    V1 {
        /// `whsec_...`
        secret: Secret,
    },
    /// Ed25519.
    #[serde(rename = "v1a", rename_all = "camelCase")]
    V1a {
        /// `whpk_...`
        public_key: PublicKey,
    },
}

/// One key of a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Key {
    /// Its name within the device.
    pub id: KeyId,
    /// What signatures are checked with.
    #[serde(flatten)]
    pub material: Material,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// The keys of one device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    made: u32,
    keys: Vec<Key>,
}

fn decode(text: &str, prefix: &'static str) -> Result<Vec<u8>, KeyError> {
    let base64 = text.strip_prefix(prefix).ok_or(KeyError::Form(prefix))?;
    Base64::decode_vec(base64).map_err(|_| KeyError::Form(prefix))
}

impl Secret {
    /// Reads `whsec_` and base64 of 24 to 64 bytes.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let bytes = decode(text, "whsec_")?;
        if matches!(bytes.len(), 24..=64) { Ok(Self::of(&bytes)) } else { Err(KeyError::SecretLength) }
    }

    /// The text that the device is given.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("whsec_{}", Base64::encode_string(self.block.get(..self.length).unwrap_or(&self.block)))
    }

    /// Bytes beyond the 64th have no place.
    fn of(bytes: &[u8]) -> Self {
        let mut block = [0; 64];
        block.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
        Self { block, length: bytes.len().min(64) }
    }

    pub(crate) const fn block(&self) -> &[u8; 64] {
        &self.block
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl PublicKey {
    /// Reads `whpk_` and base64 of 32 bytes; keys of small order, which fit any signature, are refused.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let bytes = decode(text, "whpk_")?.try_into().map_err(|_| KeyError::NotAKey)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| KeyError::NotAKey)?;
        if key.is_weak() { Err(KeyError::NotAKey) } else { Ok(Self(key)) }
    }

    pub(crate) const fn key(&self) -> &VerifyingKey {
        &self.0
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "whpk_{}", Base64::encode_string(self.0.as_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.reveal())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl Material {
    /// A new key from 32 random bytes: what the shop keeps, and the secret text that the device is given once.
    #[must_use]
    pub fn generate(algorithm: Algorithm, random: &[u8; 32]) -> (Self, String) {
        match algorithm {
            Algorithm::V1 => {
                let secret = Secret::of(random);
                let text = secret.reveal();
                (Self::V1 { secret }, text)
            }
            Algorithm::V1a => {
                let key = SigningKey::from_bytes(random);
                let text = format!("whsk_{}", Base64::encode_string(&key.to_keypair_bytes()));
                (Self::V1a { public_key: PublicKey(key.verifying_key()) }, text)
            }
        }
    }

    /// How it signs.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        match self {
            Self::V1 { .. } => Algorithm::V1,
            Self::V1a { .. } => Algorithm::V1a,
        }
    }
}

impl Key {
    /// Whether its signatures are taken at this moment.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

impl Keys {
    /// The keys whose signatures are taken at this moment.
    pub fn live(&self, now: Timestamp) -> impl Iterator<Item = &Key> {
        self.keys.iter().filter(move |key| key.is_live(now))
    }

    /// All that are kept, the oldest first.
    #[must_use]
    pub fn all(&self) -> &[Key] {
        &self.keys
    }

    /// Adds a key, lets the others live on for `overlap` milliseconds, and forgets those that have expired.
    ///
    /// # Errors
    /// [`KeyError::TwoLive`].
    pub fn add(&mut self, material: Material, now: Timestamp, overlap: i64) -> Result<&Key, KeyError> {
        self.keys.retain(|key| key.is_live(now));
        if self.keys.len() >= MAX_LIVE {
            return Err(KeyError::TwoLive);
        }
        let id = KeyId::new(format!("k{}", self.made.saturating_add(1))).map_err(|_| KeyError::NotAKey)?;
        self.made = self.made.saturating_add(1);
        let end = now.plus(overlap.max(0));
        for key in &mut self.keys {
            key.expires_at = Some(key.expires_at.map_or(end, |earlier| earlier.min(end)));
        }
        self.keys.push(Key { id, material, created_at: now, expires_at: None });
        self.keys.last().ok_or(KeyError::NotAKey)
    }

    /// Takes a key away at once; whether it was there.
    pub fn remove(&mut self, id: &KeyId) -> bool {
        let before = self.keys.len();
        self.keys.retain(|key| key.id != *id);
        self.keys.len() < before
    }
}
