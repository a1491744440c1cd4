//! Randomness and hashes for tokens and ids.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use js_sys::Uint8Array;
use sha2::{Digest as _, Sha256};
use wasm_bindgen::prelude::*;

use crate::failure::Outcome;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(into: &Uint8Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = crypto, js_name = randomUUID)]
    fn random_uuid() -> Result<String, JsValue>;
}

/// Bytes that nobody can guess.
pub(crate) fn bytes<const N: usize>() -> Outcome<[u8; N]> {
    let array = Uint8Array::new_with_length(u32::try_from(N).unwrap_or_default());
    get_random_values(&array).map_err(worker::Error::from)?;
    let mut bytes = [0; N];
    array.copy_to(&mut bytes);
    Ok(bytes)
}

/// A token: `prefix` and 43 characters that stand for 32 random bytes.
pub(crate) fn token(prefix: &str) -> Outcome<String> {
    Ok(format!("{prefix}{}", Base64UrlUnpadded::encode_string(&bytes::<32>()?)))
}

/// A short id that is not used yet.
pub(crate) fn id() -> Outcome<String> {
    Ok(hex(&bytes::<8>()?))
}

/// An id for a request that brought none.
pub(crate) fn request_id() -> String {
    random_uuid().unwrap_or_else(|_| "unknown".to_owned())
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| DIGITS.get(usize::from(value & 15)).map_or('0', |digit| char::from(*digit));
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}
