//! `Parsing`: how much of each pixel is what.

use super::part::Part;

/// The parts of a person in an upright rectangle of a picture, at the picture's resolution.
#[derive(Clone, Debug)]
pub struct Parsing {
    /// The rectangle's first column in the picture.
    pub left: usize,
    /// The rectangle's first row in the picture.
    pub top: usize,
    /// The rectangle's columns.
    pub width: usize,
    /// The rectangle's rows.
    pub height: usize,
    pub(crate) shares: [Vec<u8>; Part::COUNT],
}

impl Parsing {
    /// The shares of one part, 0 to 255, row by row over the rectangle. The shares of a pixel add up to about 255.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "there are as many planes as parts, which the type says")]
    pub fn plane(&self, part: Part) -> &[u8] {
        &self.shares[part as usize]
    }

    /// The share of one part at a place of the picture; outside the rectangle all is background.
    #[must_use]
    pub fn share(&self, part: Part, x: usize, y: usize) -> u8 {
        let place = x.checked_sub(self.left).zip(y.checked_sub(self.top));
        let place = place.filter(|&(x, y)| x < self.width && y < self.height);
        let outside = if part == Part::Background { u8::MAX } else { 0 };
        place.and_then(|(x, y)| self.plane(part).get(y * self.width + x).copied()).unwrap_or(outside)
    }

    /// What a pixel is most of.
    #[must_use]
    pub fn most(&self, x: usize, y: usize) -> Part {
        Part::ALL.into_iter().max_by_key(|&part| self.share(part, x, y)).unwrap_or(Part::Background)
    }
}
