//! A picture: borrowed RGBA bytes, with the way they have to be turned to be seen upright.

use crate::affine::Affine;
use crate::error::VisionError;

/// How the stored rows and columns lie in the picture that is seen: the eight cases of EXIF's tag 0x0112.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// 1: as stored. Browsers hand pictures over like this, having turned them.
    #[default]
    Upright,
    /// 2: left and right exchanged.
    Mirrored,
    /// 3: turned by half.
    HalfTurn,
    /// 4: top and bottom exchanged.
    UpsideDownMirrored,
    /// 5: rows and columns exchanged.
    Transposed,
    /// 6: to be turned clockwise by a quarter.
    Clockwise,
    /// 7: rows and columns exchanged along the other diagonal.
    Transverse,
    /// 8: to be turned counterclockwise by a quarter.
    Counterclockwise,
}

impl Orientation {
    /// The orientation that a picture file's tag names; `None` for numbers that EXIF does not have.
    #[must_use]
    pub fn from_exif(tag: u16) -> Option<Self> {
        Some(match tag {
            1 => Self::Upright,
            2 => Self::Mirrored,
            3 => Self::HalfTurn,
            4 => Self::UpsideDownMirrored,
            5 => Self::Transposed,
            6 => Self::Clockwise,
            7 => Self::Transverse,
            8 => Self::Counterclockwise,
            _ => return None,
        })
    }

    /// Whether width and height change places.
    #[must_use]
    pub fn exchanges_sides(self) -> bool {
        matches!(self, Self::Transposed | Self::Clockwise | Self::Transverse | Self::Counterclockwise)
    }
}

/// A picture in sRGB. All coordinates are those of the picture as it is seen: x to the right, y down, in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    pixels: &'a [u8],
    stored: [usize; 2],
    stride: usize,
    orientation: Orientation,
}

impl<'a> Picture<'a> {
    /// The longest side that is taken: beyond it, coordinates in single precision would lose the pixel.
    pub const LONGEST: usize = 1 << 15;

    /// A view of RGBA bytes, rows from top to bottom, `stride` bytes from one to the next. Alpha is not looked at.
    ///
    /// # Errors
    /// [`VisionError::Size`] for an empty or enormous picture, [`VisionError::Pixels`] where bytes are missing.
    pub fn new(
        pixels: &'a [u8],
        width: usize,
        height: usize,
        stride: usize,
        orientation: Orientation,
    ) -> Result<Self, VisionError> {
        let sides = 1..=Self::LONGEST;
        if !sides.contains(&width) || !sides.contains(&height) {
            return Err(VisionError::Size { width, height, most: Self::LONGEST });
        }
        let row = width * 4;
        let needed = stride.max(row).saturating_mul(height - 1).saturating_add(row);
        if stride < row || pixels.len() < needed {
            return Err(VisionError::Pixels { width, height, stride, needed, found: pixels.len() });
        }
        Ok(Self { pixels, stored: [width, height], stride, orientation })
    }

    /// A view of RGBA bytes that lie without gaps and upright.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn upright(pixels: &'a [u8], width: usize, height: usize) -> Result<Self, VisionError> {
        Self::new(pixels, width, height, width.saturating_mul(4), Orientation::Upright)
    }

    /// Width as seen.
    #[must_use]
    pub fn width(&self) -> usize {
        let [width, height] = self.stored;
        if self.orientation.exchanges_sides() { height } else { width }
    }

    /// Height as seen.
    #[must_use]
    pub fn height(&self) -> usize {
        let [width, height] = self.stored;
        if self.orientation.exchanges_sides() { width } else { height }
    }

    /// Red, green and blue at a place as seen; `None` outside.
    #[must_use]
    pub fn rgb(&self, x: usize, y: usize) -> Option<[u8; 3]> {
        if x >= self.width() || y >= self.height() {
            return None;
        }
        let [last_x, last_y] = [self.stored[0] - 1, self.stored[1] - 1];
        let (x, y) = match self.orientation {
            Orientation::Upright => (x, y),
            Orientation::Mirrored => (last_x - x, y),
            Orientation::HalfTurn => (last_x - x, last_y - y),
            Orientation::UpsideDownMirrored => (x, last_y - y),
            Orientation::Transposed => (y, x),
            Orientation::Clockwise => (y, last_y - x),
            Orientation::Transverse => (last_x - y, last_y - x),
            Orientation::Counterclockwise => (last_x - y, x),
        };
        self.stored_rgb(x, y)
    }

    /// From places as seen to places as stored, both counted from the middle of the first pixel.
    pub(crate) fn to_stored(self) -> Affine {
        let [last_x, last_y] = self.stored.map(|side| (side - 1) as f64);
        match self.orientation {
            Orientation::Upright => Affine::new([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]),
            Orientation::Mirrored => Affine::new([-1.0, 0.0, last_x], [0.0, 1.0, 0.0]),
            Orientation::HalfTurn => Affine::new([-1.0, 0.0, last_x], [0.0, -1.0, last_y]),
            Orientation::UpsideDownMirrored => Affine::new([1.0, 0.0, 0.0], [0.0, -1.0, last_y]),
            Orientation::Transposed => Affine::new([0.0, 1.0, 0.0], [1.0, 0.0, 0.0]),
            Orientation::Clockwise => Affine::new([0.0, 1.0, 0.0], [-1.0, 0.0, last_y]),
            Orientation::Transverse => Affine::new([0.0, -1.0, last_x], [-1.0, 0.0, last_y]),
            Orientation::Counterclockwise => Affine::new([0.0, -1.0, last_x], [1.0, 0.0, 0.0]),
        }
    }

    /// Width and height as stored.
    pub(crate) fn stored(&self) -> [usize; 2] {
        self.stored
    }

    /// The pixel at a place as stored; `None` outside.
    #[inline]
    pub(crate) fn stored_rgb(&self, x: usize, y: usize) -> Option<[u8; 3]> {
        if x >= self.stored[0] {
            return None;
        }
        let at = y.checked_mul(self.stride)? + x * 4;
        self.pixels.get(at..)?.first_chunk().copied()
    }
}
