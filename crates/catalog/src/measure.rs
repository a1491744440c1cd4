//! Sizes of garments in centimetres: what is measured, and a row of the size table.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A length in centimetres: finite, above 0, at most 400.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f32", into = "f32")]
pub struct Centimeters(f32);

/// Why a number is no garment measure.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
#[error("{0} is no garment measure; give centimetres above 0 and at most 400")]
pub struct CentimetersError(f32);

/// What is measured on a garment laid flat; girths are twice the flat width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Girth under the armpits.
    Chest,
    /// Girth at the waist.
    Waist,
    /// Girth at the widest part of the hip.
    Hip,
    /// Shoulder seam to shoulder seam across the back.
    Shoulder,
    /// Shoulder seam to cuff.
    Sleeve,
    /// Highest point of the shoulder to the hem (tops), waistband to the hem (trousers).
    Length,
    /// Crotch to the hem.
    Inseam,
}

/// One row of a size table, such as `M` with its measures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SizeRow {
    /// The label on the garment: `M`, `32/34`.
    pub label: String,
    /// Its measures, in centimetres.
    pub measures: BTreeMap<Measure, Centimeters>,
}

impl Centimeters {
    /// Checks and wraps a length in centimetres.
    pub fn new(value: f32) -> Result<Self, CentimetersError> {
        if value > 0.0 && value <= 400.0 { Ok(Self(value)) } else { Err(CentimetersError(value)) }
    }

    /// The length in centimetres.
    pub fn get(self) -> f32 {
        self.0
    }
}

impl TryFrom<f32> for Centimeters {
    type Error = CentimetersError;

    fn try_from(value: f32) -> Result<Self, Self::Error> {
        Self::new(value)
    }
}

impl From<Centimeters> for f32 {
    fn from(length: Centimeters) -> Self {
        length.0
    }
}
