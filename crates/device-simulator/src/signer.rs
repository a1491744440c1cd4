//! Signing as Standard Webhooks says it, written from the specification and not with the worker's code, so that one
//! mistake cannot hide in both.

use std::fmt;

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signer as _, SigningKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::error::SimulatorError;

/// The three headers of a signed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHeaders {
    /// `webhook-id`.
    pub id: String,
    /// `webhook-timestamp`, seconds since 1970.
    pub timestamp: String,
    /// `webhook-signature`.
    pub signature: String,
}

/// A device's key.
#[derive(Clone)]
pub enum Signer {
    /// v1: HMAC-SHA256 with a shared secret.
    Shared(Vec<u8>),
    /// v1a: ed25519; only the device has the private half.
    Own(Box<SigningKey>),
}

impl Signer {
    /// A secret in the notation of Standard Webhooks: `whsec_` and base64 for a shared one; `whsk_` and base64 for an
    /// ed25519 key, of its seed alone (32 bytes) or with the public half behind it (64).
    ///
    /// # Errors
    /// Where it is neither.
    pub fn from_secret(secret: &str) -> Result<Self, SimulatorError> {
        let bytes = |text: &str| Base64::decode_vec(text).map_err(|_| SimulatorError::BadSecret);
        if let Some(shared) = secret.strip_prefix("whsec_") {
            return Ok(Self::Shared(bytes(shared)?));
        }
        let own = bytes(secret.strip_prefix("whsk_").ok_or(SimulatorError::BadSecret)?)?;
        let seed: [u8; 32] = match own.len() {
            32 | 64 => own.first_chunk().copied().ok_or(SimulatorError::BadSecret)?,
            _ => return Err(SimulatorError::BadSecret),
        };
        Ok(Self::from_seed(seed))
    }

    /// An ed25519 key from 32 random bytes.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self::Own(Box::new(SigningKey::from_bytes(&seed)))
    }

    /// An ed25519 key that nobody can guess: it may be used at a deployed worker.
    ///
    /// # Errors
    /// Where the system has no randomness to give.
    pub fn generate() -> Result<Self, SimulatorError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|error| SimulatorError::Randomness { problem: error.to_string() })?;
        Ok(Self::from_seed(seed))
    }

    /// The secret in the notation of Standard Webhooks, to be kept where only the device can read it.
    #[must_use]
    pub fn secret(&self) -> String {
        match self {
            Self::Shared(secret) => format!("whsec_{}", Base64::encode_string(secret)),
            Self::Own(key) => format!("whsk_{}", Base64::encode_string(key.as_bytes())),
        }
    }

    /// The public half as it is registered: `whpk_` and base64; none for a shared secret.
    #[must_use]
    pub fn public_key(&self) -> Option<String> {
        match self {
            Self::Shared(_) => None,
            Self::Own(key) => Some(format!("whpk_{}", Base64::encode_string(key.verifying_key().as_bytes()))),
        }
    }

    /// Signs `body` under this message id at `seconds` since 1970.
    #[must_use]
    pub fn sign(&self, id: &str, seconds: i64, body: &[u8]) -> SignedHeaders {
        let timestamp = seconds.to_string();
        let mut signed = format!("{id}.{timestamp}.").into_bytes();
        signed.extend_from_slice(body);
        let signature = match self {
            Self::Shared(secret) => format!("v1,{}", Base64::encode_string(&authentication_code(secret, &signed))),
            Self::Own(key) => format!("v1a,{}", Base64::encode_string(&key.sign(&signed).to_bytes())),
        };
        SignedHeaders { id: id.to_owned(), timestamp, signature }
    }
}

fn authentication_code(secret: &[u8], message: &[u8]) -> Vec<u8> {
    // HMAC takes keys of any length: the error cannot happen, and an empty code would be refused by every worker.
    Hmac::<Sha256>::new_from_slice(secret).map_or_else(
        |_| Vec::new(),
        |mut code| {
            code.update(message);
            code.finalize().into_bytes().to_vec()
        },
    )
}

impl fmt::Debug for Signer {
    /// Tells the algorithm and nothing of the key.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Shared(_) => "Signer::Shared",
            Self::Own(_) => "Signer::Own",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Standard Webhooks specification's reference libraries.
    #[test]
    fn a_message_is_signed_as_in_the_reference_libraries() {
        let signer = Signer::from_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let headers = signer.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(headers.signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_is_read_as_it_is_written() {
        for signer in [Signer::generate().unwrap(), Signer::Shared(vec![9; 24])] {
            let again = Signer::from_secret(&signer.secret()).unwrap();
            assert_eq!(again.sign("msg", 1, b"{}"), signer.sign("msg", 1, b"{}"));
        }
    }

    #[test]
    fn a_debugged_signer_keeps_its_key_to_itself() {
        assert_eq!(format!("{:?}", Signer::from_seed([7; 32])), "Signer::Own");
    }

    #[test]
    fn what_is_no_secret_is_refused() {
        assert!(Signer::from_secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").is_err());
        assert!(Signer::from_secret("whsec_*").is_err());
        assert!(Signer::from_secret("whsk_AAAA").is_err());
    }
}
