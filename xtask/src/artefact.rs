//! What cargo compiled, and where it put it, as cargo itself tells.

use std::{path::PathBuf, process::Command};

use crate::{
    failure::{Failure, Outcome},
    house,
};

/// Runs a `cargo build` and gives the path of the one file that `wanted` accepts.
///
/// # Errors
/// Where it does not compile, or no such file comes out of it.
pub(crate) fn build(cargo: &mut Command, what: &'static str, wanted: fn(&PathBuf) -> bool) -> Outcome<PathBuf> {
    cargo.current_dir(house::root()).args(["--message-format", "json-render-diagnostics"]);
    let messages = house::read(cargo, "Is cargo on PATH?")?;
    messages
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok())
        .filter(|message| message.get("reason").is_some_and(|reason| reason == "compiler-artifact"))
        .filter_map(|message| message.get("filenames")?.as_array().cloned())
        .flatten()
        .filter_map(|file| file.as_str().map(PathBuf::from))
        .rfind(wanted)
        .ok_or(Failure::NoArtefact { what })
}
