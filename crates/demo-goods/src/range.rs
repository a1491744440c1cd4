//! The range: all garments there are to dye and print, and all pieces that are sold, read from `demo/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::garment::Garment;
use crate::piece::Piece;

/// Everything under `demo/`: garments by key, pieces in shop order.
pub struct Range {
    /// What there is to dye and print.
    pub garments: BTreeMap<String, Garment>,
    /// What is sold.
    pub pieces: Vec<Piece>,
}

/// Why the range cannot be read.
#[derive(Debug, Error)]
pub enum RangeError {
    /// A file or folder is missing.
    #[error("cannot read {}: {source}; run from the project's root or pass --demo", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not as it should be.
    #[error("{} does not describe the range: {source}", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// Line, column and what was expected.
        source: serde_json::Error,
    },
    /// A piece names a garment that there is not.
    #[error("the piece {piece} is made of the garment {garment}, which is not in garments/")]
    Garment {
        /// The piece.
        piece: String,
        /// The garment it names.
        garment: String,
    },
}

/// Reads `demo/garments/*.json` and `demo/range/*.json`, the latter in the order of their names.
pub fn read(demo: &Path) -> Result<Range, RangeError> {
    let mut garments = BTreeMap::new();
    for path in json_files(&demo.join("garments"))? {
        let key = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        garments.insert(key, parse::<Garment>(&path)?);
    }
    let mut pieces = Vec::new();
    for path in json_files(&demo.join("range"))? {
        pieces.extend(parse::<Vec<Piece>>(&path)?);
    }
    match pieces.iter().find(|piece| !garments.contains_key(&piece.garment)) {
        Some(piece) => Err(RangeError::Garment { piece: piece.id.clone(), garment: piece.garment.clone() }),
        None => Ok(Range { garments, pieces }),
    }
}

fn json_files(folder: &Path) -> Result<Vec<PathBuf>, RangeError> {
    let read = |source| RangeError::Read { path: folder.to_owned(), source };
    let entries = fs::read_dir(folder).map_err(read)?.collect::<Result<Vec<_>, _>>().map_err(read)?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    Ok(paths)
}

fn parse<T: DeserializeOwned>(path: &Path) -> Result<T, RangeError> {
    let text = fs::read(path).map_err(|source| RangeError::Read { path: path.to_owned(), source })?;
    serde_json::from_slice(&text).map_err(|source| RangeError::Parse { path: path.to_owned(), source })
}
