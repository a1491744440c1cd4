//! The token for a worker: from the environment or a file.

use std::env;
use std::fs;
use std::path::Path;

use crate::failure::Failure;

/// The environment variable that holds the token.
const TOKEN: &str = "VITRINE_TOKEN";

/// The token; never an argument, because arguments are seen by everybody on the machine.
pub(crate) fn token(file: Option<&Path>) -> Result<String, Failure> {
    let token = match file {
        Some(path) => fs::read_to_string(path).map_err(Failure::file(path))?,
        None => env::var(TOKEN)
            .map_err(|_| Failure::Usage(format!("set {TOKEN} to the token of an operator, or give --token-file")))?,
    };
    let token = token.trim().to_owned();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Failure::Usage("the token is empty or has characters that no token has".to_owned()));
    }
    Ok(token)
}
