//! `Garment`: what a product photo becomes.

use std::collections::BTreeMap;

use vitrine_vision::{Picture, Point};

use crate::alpha::{peel, soften};
use crate::error::GarmentError;
use crate::legs;
use crate::mask::Mask;
use crate::outline::Outline;
use crate::place::{Kind, Place, Side, Sleeves};
use crate::rows::axis;
use crate::top;

/// Half the length of the waves that coarse outlines come in, in pixels.
const WAVE: usize = 8;

/// A point of a garment in its photo.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Pixels of the photo as seen.
    pub point: Point,
    /// Whether the outline shows it; else it was put where it is in garments of that kind, and a person should look.
    pub seen: bool,
}

/// A garment, cut out of its photo.
#[derive(Clone, Debug)]
pub struct Garment {
    /// What it is.
    pub kind: Kind,
    /// Its sleeves, of a top.
    pub sleeves: Option<Sleeves>,
    /// Columns of the photo.
    pub width: usize,
    /// Rows of the photo.
    pub height: usize,
    /// The share of cloth in each pixel, 0 to 255, row by row.
    pub alpha: Vec<u8>,
    /// The column that it is symmetrical about.
    pub axis: f32,
    /// Where two legs meet.
    pub crotch: Option<Point>,
    /// The points by which it is worn.
    pub marks: BTreeMap<(Place, Side), Mark>,
}

impl Garment {
    /// Finds the garment in a photo: lying flat or hung, upright, on a plain light ground. Steps of shadows are those of
    /// photos of about a thousand pixels: bring larger ones to that size before.
    ///
    /// # Errors
    /// [`GarmentError`] where the ground is not plain, or the outline that of nothing known here.
    pub fn find(picture: &Picture<'_>) -> Result<Self, GarmentError> {
        let mut mask = Mask::of(picture)?;
        peel(picture, &mut mask);
        let opened = mask.opened();
        let axis = axis(&opened);
        let outline = Outline::of(&opened);
        let outline = if mask.coarse { outline.calmed(WAVE) } else { outline };
        let (kind, sleeves, crotch, marks) = match legs::find(&opened, axis) {
            Some(found) => {
                let kind = if found.overall { Kind::Overall } else { Kind::Trousers };
                (kind, None, Some(found.crotch), found.marks)
            }
            None => {
                let (sleeves, marks) = top::find(&outline, axis)?;
                (Kind::Top, Some(sleeves), None, marks)
            }
        };
        let alpha = soften(picture, &mask);
        Ok(Self { kind, sleeves, width: mask.width, height: mask.height, alpha, axis, crotch, marks })
    }

    /// A point by its name; `None` where a garment of this kind has none.
    #[must_use]
    pub fn at(&self, place: Place, side: Side) -> Option<Mark> {
        self.marks.get(&(place, side)).copied()
    }
}
