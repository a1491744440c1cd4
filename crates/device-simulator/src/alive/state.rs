//! What a fleet keeps on disk between two starts: keys, counters, and events that were not acknowledged.

use std::{collections::BTreeMap, fs, io::Write, path::Path};

use serde::{Deserialize, Serialize};
use vitrine_api::device::Algorithm;

use crate::{error::SimulatorError, event::Event};

/// What one device keeps.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct KeptDevice {
    /// The worker's id of its key.
    pub(crate) key: String,
    pub(crate) algorithm: Algorithm,
    /// `whsec_...` or `whsk_...`.
    pub(crate) secret: String,
    pub(crate) epoch: u64,
    pub(crate) next_sequence: u64,
    pub(crate) events: Vec<Event>,
}

/// What the fleet keeps, by device.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Kept(BTreeMap<String, KeptDevice>);

impl Kept {
    /// Reads the file; nothing is kept where there is none yet.
    pub(crate) fn read(path: Option<&Path>) -> Result<Self, SimulatorError> {
        let Some(path) = path.filter(|path| path.exists()) else { return Ok(Self::default()) };
        let text = fs::read_to_string(path).map_err(SimulatorError::file(path))?;
        serde_json::from_str(&text)
            .map_err(|error| SimulatorError::State { path: path.to_owned(), problem: error.to_string() })
    }

    /// What was kept of one device.
    pub(crate) fn take(&mut self, id: &str) -> Option<KeptDevice> {
        self.0.remove(id)
    }

    /// Writes the file anew, whole or not at all, so that only its owner can read it.
    pub(crate) fn write(
        devices: impl Iterator<Item = (String, KeptDevice)>,
        path: &Path,
    ) -> Result<(), SimulatorError> {
        let kept = Self(devices.collect());
        let problem =
            |error: serde_json::Error| SimulatorError::State { path: path.to_owned(), problem: error.to_string() };
        let text = serde_json::to_string(&kept).map_err(problem)?;
        let beside = path.with_extension("new");
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside).map_err(SimulatorError::file(&beside))?;
        file.write_all(text.as_bytes()).map_err(SimulatorError::file(&beside))?;
        fs::rename(&beside, path).map_err(SimulatorError::file(path))
    }
}
