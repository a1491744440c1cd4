//! Remembers what an output was made from, so that it is made again only when that changes.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{
    failure::{Failure, Outcome},
    house,
};

/// A hash over everything that goes into an output, kept in `build/stamps`.
pub(crate) struct Stamp {
    file: PathBuf,
    hash: Sha256,
}

impl Stamp {
    /// The stamp of the output `name`.
    pub(crate) fn new(name: &str) -> Self {
        Self { file: house::path("build/stamps").join(name), hash: Sha256::new() }
    }

    /// Adds one input; its length goes in too, so that two inputs cannot be told from their concatenation otherwise.
    pub(crate) fn add(&mut self, input: &[u8]) {
        self.hash.update(input.len().to_le_bytes());
        self.hash.update(input);
    }

    /// Adds the contents of a file.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(crate) fn add_file(&mut self, path: &Path) -> Outcome {
        self.add(&fs::read(path).map_err(Failure::file("read", path))?);
        Ok(())
    }

    /// Whether the output was made from the very same inputs and all of `outputs` are still there.
    pub(crate) fn is_current(&self, outputs: &[PathBuf]) -> bool {
        outputs.iter().all(|output| output.exists())
            && fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.text())
    }

    /// Records that the output is now made from these inputs.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(crate) fn keep(&self) -> Outcome {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder).map_err(Failure::file("create", folder))?;
        }
        fs::write(&self.file, self.text()).map_err(Failure::file("write", &self.file))
    }

    fn text(&self) -> String {
        self.hash.clone().finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}
