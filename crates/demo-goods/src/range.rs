//! The range as data: what each garment is, how its photographs are worked on, and every piece that is sold.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use vitrine_catalog::{Attribute, Category, Localized, Measure};

use crate::colour::Hex;
use crate::cutout::Contrast;
use crate::shape::Outline;

/// Everything under `demo/`: garments by key, pieces in shop order.
pub struct Range {
    /// What there is to dye and print.
    pub garments: BTreeMap<String, Garment>,
    /// What is sold.
    pub pieces: Vec<Piece>,
}

/// A garment as it is sewn, in any colour.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Garment {
    /// Start of the photographs' file names: `NAME_front.jpg`, `NAME_back.jpg`.
    pub source: String,
    /// From the root to the leaf.
    pub category: Vec<Category>,
    /// The label sewn in, unless the piece has its own.
    pub brand: String,
    /// Cut, cloth and care: the second paragraph of each description.
    pub cut: Localized,
    /// What all its colours share.
    pub attributes: Vec<Attribute>,
    /// Sizes, smallest first.
    pub sizes: Vec<String>,
    /// For each size its measure, in centimetres.
    pub measures: BTreeMap<Measure, Vec<f32>>,
    /// The photograph from before.
    pub front: Shot,
    /// The photograph from behind.
    pub back: Shot,
}

/// How one photograph is cut out, mended and divided.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shot {
    /// What tells cloth from backdrop.
    #[serde(default)]
    pub contrast: Option<Contrast>,
    /// The garment's outline where the light alone does not show it.
    #[serde(default)]
    pub outline: Option<Outline>,
    /// Shadow as dark as the cloth, which light alone does not tell from it.
    #[serde(default)]
    pub shade: Vec<Outline>,
    /// Marks to be covered with cloth from beside them.
    #[serde(default)]
    pub mend: Vec<Mend>,
    /// What is not cloth and takes no dye.
    #[serde(default)]
    pub undyed: Vec<Outline>,
    /// Threads and metal that take no dye, known by their colour.
    #[serde(default)]
    pub keeps: Keeps,
    /// Differences of light up to this share are compression, not folds; the knit they hid is woven in again.
    #[serde(default)]
    pub blocks: f32,
    /// The cut pieces of cloth that patterns are laid on.
    #[serde(default)]
    pub panels: Vec<Panel>,
}

/// A mark to be covered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mend {
    /// Around the mark.
    pub outline: Outline,
    /// From the mark to the cloth that covers it, in pixels.
    pub from: [f32; 2],
}

/// What a dye does not colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keeps {
    /// Nothing.
    #[default]
    Nothing,
    /// Orange thread and brass, on blue cloth.
    Warm,
}

/// A cut piece of cloth.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    /// Where it is seen.
    pub outline: Outline,
    /// How far its grain is turned clockwise, in degrees.
    #[serde(default)]
    pub turn: f32,
    /// Where the pattern's origin lies on it, in pixels.
    #[serde(default)]
    pub origin: [f32; 2],
    /// Whether it keeps the plain colour: ribbing, linings.
    #[serde(default)]
    pub bare: bool,
}

/// A product of the demo shop.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Piece {
    /// Product id and start of the picture names.
    pub id: String,
    /// Key of the garment.
    pub garment: String,
    /// Name.
    pub title: Localized,
    /// First paragraph of the description.
    pub words: Localized,
    /// Euro cents.
    pub price: i64,
    /// Euro cents before the reduction.
    #[serde(default)]
    pub compare_at: Option<i64>,
    /// Another label than the garment's.
    #[serde(default)]
    pub brand: Option<String>,
    /// Colour, pattern and what else sets it apart.
    pub attributes: Vec<Attribute>,
    /// The colour of its cloth; as photographed if absent.
    #[serde(default)]
    pub dye: Option<Dye>,
    /// What is printed, on which side.
    #[serde(default)]
    pub prints: Vec<Print>,
    /// Whether all sizes are gone.
    #[serde(default)]
    pub sold_out: bool,
}

/// A colour of cloth.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dye {
    /// The cloth's colour in plain light.
    pub colour: Hex,
    /// Depth of folds against the photograph: 1 as photographed, more for dark dyes on white cloth.
    #[serde(default = "one")]
    pub depth: f32,
    /// How far worn places lose their colour, 0 to 1.
    #[serde(default)]
    pub fade: f32,
    /// The colour of a resist pattern's lines, known in the photograph by their brightness.
    #[serde(default)]
    pub lines: Option<Hex>,
}

/// Artwork on cloth.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Print {
    /// File under `demo/prints`, without `.svg`.
    pub art: String,
    /// Which side it is on.
    pub side: Side,
    /// Where and how large.
    pub lay: Lay,
    /// Replaces the drawing's `currentColor`.
    #[serde(default)]
    pub ink: Option<String>,
}

/// A side of a garment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The front only.
    Front,
    /// The back only.
    Back,
    /// Both.
    Both,
}

/// How artwork lies on the cloth, in pixels of the photograph.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Lay {
    /// Repeated over all panels, one repeat this wide.
    Repeat(f32),
    /// Once: middle x, top y, width.
    Once([f32; 3]),
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

fn one() -> f32 {
    1.0
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
