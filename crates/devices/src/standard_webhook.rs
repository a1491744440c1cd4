//! Standard Webhooks: signatures over `id.timestamp.body`, v1 (HMAC-SHA256) and v1a (ed25519), checked in constant time.
//!
//! An id may hold a point, so that one text could be read as two requests; the house is safe from that because a
//! timestamp is all digits and a body begins with a bracket.
use std::fmt;

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signature, Signer as _, SigningKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::key::{Key, KeyError, Keys, Material, Secret};
use crate::timestamp::Timestamp;

/// How far a request's timestamp may lie from now, either way, in seconds.
pub const WINDOW: i64 = 300;
/// The most signatures that are looked at in one header.
pub const MAX_SIGNATURES: usize = 8;
/// The most characters of the header that names the message.
pub const MAX_ID: usize = 256;

/// The three headers, as they were sent.
#[derive(Clone, Copy, Debug)]
pub struct Headers<'a> {
    /// `webhook-id`
    pub id: &'a str,
    /// `webhook-timestamp`: seconds since 1970.
    pub timestamp: &'a str,
    /// `webhook-signature`: signatures with their version, parted by spaces.
    pub signature: &'a str,
}

/// Why a request was not taken: for the log. To the outside all are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unauthenticated {
    /// A header is empty, too long or malformed.
    #[error("a header is malformed")]
    Malformed,
    /// The timestamp lies outside the window.
    #[error("the timestamp is more than five minutes away")]
    Stale,
    /// No live key made any of the signatures.
    #[error("no live key made this signature")]
    NoMatch,
}

/// Checks a request; gives the key that signed it.
///
/// # Errors
/// [`Unauthenticated`]: a hint for the log. Answer all alike.
pub fn verify<'k>(
    keys: &'k Keys,
    headers: &Headers<'_>,
    body: &[u8],
    now: Timestamp,
) -> Result<&'k Key, Unauthenticated> {
    if headers.id.is_empty() || headers.id.len() > MAX_ID {
        return Err(Unauthenticated::Malformed);
    }
    let digits =
        matches!(headers.timestamp.len(), 1..=12) && headers.timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let sent: i64 = headers.timestamp.parse().ok().filter(|_| digits).ok_or(Unauthenticated::Malformed)?;
    if (now.seconds() - sent).abs() > WINDOW {
        return Err(Unauthenticated::Stale);
    }
    let sent = || headers.signature.split(' ').take(MAX_SIGNATURES).filter_map(Sent::parse);
    let mut signed = None;
    keys.live(now)
        .find(|key| match &key.material {
            Material::V1 { secret } => {
                let mut candidates = sent().filter_map(Sent::v1).peekable();
                if candidates.peek().is_none() {
                    return false;
                }
                let expected = hmac(secret, headers.id, headers.timestamp, body);
                // All of them are compared, so that time tells nothing about which one fits.
                candidates.fold(subtle::Choice::from(0), |found, sent| found | expected.ct_eq(&sent)).into()
            }
            Material::V1a { public_key } => sent().filter_map(Sent::v1a).any(|signature| {
                let text = signed.get_or_insert_with(|| content(headers.id, headers.timestamp, body));
                public_key.key().verify_strict(text, &signature).is_ok()
            }),
        })
        .ok_or(Unauthenticated::NoMatch)
}

enum Sent {
    V1([u8; 32]),
    V1a(Signature),
}

impl Sent {
    /// `None` for what is no signature, or one of a version that is not known.
    fn parse(text: &str) -> Option<Self> {
        let (version, base64) = text.split_once(',')?;
        match version {
            "v1" => {
                let mut bytes = [0; 32];
                let length = Base64::decode(base64, &mut bytes).ok()?.len();
                (length == 32).then_some(Self::V1(bytes))
            }
            "v1a" => {
                let mut bytes = [0; 64];
                let length = Base64::decode(base64, &mut bytes).ok()?.len();
                (length == 64).then(|| Self::V1a(Signature::from_bytes(&bytes)))
            }
            _ => None,
        }
    }

    const fn v1(self) -> Option<[u8; 32]> {
        if let Self::V1(bytes) = self { Some(bytes) } else { None }
    }

    const fn v1a(self) -> Option<Signature> {
        if let Self::V1a(signature) = self { Some(signature) } else { None }
    }
}

fn hmac(secret: &Secret, id: &str, timestamp: &str, body: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new(secret.block().into());
    for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn content(id: &str, timestamp: &str, body: &[u8]) -> Vec<u8> {
    [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat()
}

/// What a device signs with; for tools and tests, the worker has no use for it.
pub struct Signer(Private);

enum Private {
    V1(Secret),
    V1a(Box<SigningKey>),
}

impl Signer {
    /// Reads `whsec_...`, or `whsk_...` with the 64 bytes of a key pair or the 32 of its seed.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let Some(base64) = text.strip_prefix("whsk_") else {
            return Secret::parse(text).map(|secret| Self(Private::V1(secret)));
        };
        let bytes = Base64::decode_vec(base64).map_err(|_| KeyError::Form("whsk_"))?;
        let key = match bytes.len() {
            64 => SigningKey::from_keypair_bytes(&bytes.try_into().map_err(|_| KeyError::NotAKey)?),
            _ => Ok(SigningKey::from_bytes(&bytes.try_into().map_err(|_| KeyError::NotAKey)?)),
        };
        key.map(|key| Self(Private::V1a(Box::new(key)))).map_err(|_| KeyError::NotAKey)
    }

    /// The `whpk_...` of an ed25519 key; `None` for a shared secret.
    #[must_use]
    pub fn public_key(&self) -> Option<String> {
        match &self.0 {
            Private::V1(_) => None,
            Private::V1a(key) => Some(format!("whpk_{}", Base64::encode_string(key.verifying_key().as_bytes()))),
        }
    }

    /// One signature with its version, as it stands in the header.
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        let timestamp = timestamp.to_string();
        match &self.0 {
            Private::V1(secret) => format!("v1,{}", Base64::encode_string(&hmac(secret, id, &timestamp, body))),
            Private::V1a(key) => {
                let signature = key.sign(&content(id, &timestamp, body));
                format!("v1a,{}", Base64::encode_string(&signature.to_bytes()))
            }
        }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer")
    }
}
