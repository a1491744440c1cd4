//! Where things lie in the repository, and running programs there.

use std::{
    env,
    path::PathBuf,
    process::{Command, Stdio},
};

use crate::failure::{Failure, Outcome};

/// The root of the repository that `cargo xtask` was called in; the program may have been compiled in another one.
pub(crate) fn root() -> PathBuf {
    let here = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let mut root = PathBuf::from(here);
    root.pop();
    root
}

/// A file or folder of the repository, by its path from the root.
pub(crate) fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// Runs `command` to its end, its output going to the terminal.
///
/// # Errors
/// Where it does not start (then `advice` is shown) or ends with an error.
pub(crate) fn run(command: &mut Command, advice: &'static str) -> Outcome {
    let program = name(command);
    let status = command.status().map_err(|source| Failure::NotStarted { program: program.clone(), advice, source })?;
    if status.success() { Ok(()) } else { Err(Failure::Ended { program, status }) }
}

/// Runs `command` to its end and gives what it wrote to standard output.
///
/// # Errors
/// As [`run`].
pub(crate) fn read(command: &mut Command, advice: &'static str) -> Outcome<Vec<u8>> {
    let program = name(command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|source| Failure::NotStarted {
        program: program.clone(),
        advice,
        source,
    })?;
    if output.status.success() { Ok(output.stdout) } else { Err(Failure::Ended { program, status: output.status }) }
}

fn name(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().take(3).map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
