//! A garment as data: what it is, its sizes, and how its photographs are cut out, mended and divided.

use std::collections::BTreeMap;

use serde::Deserialize;
use vitrine_catalog::{Attribute, Category, Localized, Measure};

use crate::cutout::Contrast;
use crate::shape::Outline;

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
