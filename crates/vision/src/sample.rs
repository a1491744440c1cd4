//! Sampling: a part of a picture, through an affine map, into the numbers that a network takes.
//!
//! This is OpenCV's bilinear warp of bytes to the last bit, because MediaPipe's networks are fed by it: places are rounded
//! to a thirty-second of a pixel, and sampled colours to a whole number. The networks look at every tenth pixel or so of a
//! photo, and answer differently to the smallest change: without the two roundings, points lie 1-3 px elsewhere in
//! full-body photos and 2-20 px in close-ups.

use crate::affine::Affine;
use crate::picture::Picture;

/// What lies beyond the picture's edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// Black. MediaPipe's detectors are shown this.
    Black,
    /// The nearest pixel of the edge. MediaPipe's landmark networks are shown this; black instead moves points of
    /// close-ups, whose regions reach far beyond the picture, by 10-45 px.
    Edge,
}

/// Steps between two pixels that places are rounded to.
const STEPS: i64 = 32;

/// Fills `into` with rows of red, green and blue, `width` pixels each, brought from 0-255 into `range`.
/// `places` takes a pixel of the network's picture to a place in the picture as seen, where whole numbers are the middles
/// of pixels.
pub fn sample(picture: &Picture<'_>, places: &Affine, width: usize, border: Border, range: [f32; 2], into: &mut [f32]) {
    let places = places.then(&picture.to_stored());
    let [low, high] = range;
    let scale = (high - low) / 255.0;
    let most = picture.stored().map(|side| (side as i64 - 1) * STEPS);
    for (row, pixels) in into.chunks_exact_mut(width.max(1) * 3).enumerate() {
        for (column, pixel) in pixels.chunks_exact_mut(3).enumerate() {
            let place = places.exactly(column as f64, row as f64);
            // A place that is not a number becomes the corner; one far outside stays far outside.
            let mut place = place.map(|along| libm::rint((along * STEPS as f64).clamp(-1e9, 1e9)) as i64);
            if border == Border::Edge {
                for (along, most) in place.iter_mut().zip(most) {
                    *along = (*along).clamp(0, most);
                }
            }
            for (number, channel) in pixel.iter_mut().zip(bilinear(picture, place)) {
                *number = channel as f32 * scale + low;
            }
        }
    }
}

/// The mean of the four stored pixels around a place in steps, those outside being black.
#[inline]
fn bilinear(picture: &Picture<'_>, place: [i64; 2]) -> [u32; 3] {
    let [left, top] = place.map(|along| along.div_euclid(STEPS));
    let [right_share, low_share] = place.map(|along| along.rem_euclid(STEPS) as u32);
    let whole = STEPS as u32;
    let mut sum = [whole * whole / 2; 3];
    for (y, down) in [(top, whole - low_share), (top + 1, low_share)] {
        for (x, along) in [(left, whole - right_share), (left + 1, right_share)] {
            let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { continue };
            let pixel = picture.stored_rgb(x, y).unwrap_or_default();
            for (sum, channel) in sum.iter_mut().zip(pixel) {
                *sum += along * down * u32::from(channel);
            }
        }
    }
    sum.map(|sum| sum / (whole * whole))
}
