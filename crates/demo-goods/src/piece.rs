//! A piece as data: a garment in one colour, with or without a print, named, described and priced.

use serde::Deserialize;
use vitrine_catalog::{Attribute, Localized};

use crate::colour::Hex;

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

fn one() -> f32 {
    1.0
}
