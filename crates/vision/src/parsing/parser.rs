//! Parsing a person: the network's answer for a region, brought to the picture's resolution along the picture's edges.

use vitrine_model_runtime::Model;

use super::guided::{Guide, Linear};
use super::parsed::Parsing;
use super::part::Part;
use crate::affine::Point;
use crate::error::VisionError;
use crate::network::Network;
use crate::picture::Picture;
use crate::region::Region;
use crate::sample::Border;

const SIDE: usize = 256;
/// The grid on which masks are explained by colours, per cell of the network.
const FINER: usize = 2;
/// Radius of the filter's squares, in cells of that grid: the network is about that wrong about edges.
const RADIUS: usize = 6;
/// Variance of colour below which an edge is none: a thirtieth of the range, squared.
const SOFTNESS: f32 = 0.001;

/// Narrower regions are widened: heads stretched to more than that get hats that are not there.
const LEAST_ASPECT: f32 = 0.75;
/// Shares up to here are what linear functions of colour leave over far from every edge.
const LEFT_OVER: f32 = 0.05;

/// The plan `selfie_multiclass_256x256`.
#[derive(Debug)]
pub struct PersonParser {
    network: Network<1>,
}

impl PersonParser {
    /// Takes the model of the plan `selfie_multiclass_256x256`.
    ///
    /// # Errors
    /// [`VisionError::Model`] for another one.
    pub fn new(model: Model) -> Result<Self, VisionError> {
        let outputs = [("Identity", SIDE * SIDE * Part::COUNT)];
        Ok(Self { network: Network::new(model, [SIDE; 2], outputs, Border::Edge)? })
    }

    /// The parts of the person in an upright region, as far as it lies in the picture; all of the picture where it does
    /// not. The region is stretched to a square for the network: black bars would become clothes.
    ///
    /// # Errors
    /// [`VisionError::Run`] where the model fails.
    pub fn parse(&mut self, picture: &Picture<'_>, region: &Region) -> Result<Parsing, VisionError> {
        let region = Region { width: region.width.max(region.height * LEAST_ASPECT), ..*region };
        let region = region.within(picture).unwrap_or_else(|| Region::whole(picture));
        let [left, top] = [region.center.x - region.width / 2.0, region.center.y - region.height / 2.0]
            .map(|least| libm::floorf(least) as usize);
        let right = (libm::ceilf(region.center.x + region.width / 2.0) as usize).min(picture.width());
        let bottom = (libm::ceilf(region.center.y + region.height / 2.0) as usize).min(picture.height());
        let (width, height) = (right - left.min(right), bottom - top.min(bottom));
        let rectangle = [left, top, width, height];
        let region = Region::between(Point::new(left as f32, top as f32), Point::new(right as f32, bottom as f32));

        self.network.look(picture, &region)?;
        let [answers] = self.network.outputs()?;
        let masks = probabilities(answers);
        let side = SIDE * FINER;
        let guide = Guide::new(colours(picture, rectangle, side), side, side, RADIUS, SOFTNESS);
        let explained = masks.map(|mask| guide.explain(&finer(&mask)));
        Ok(Parsing { left, top, width, height, shares: applied(picture, rectangle, side, &explained) })
    }
}

/// The softmax over the classes of each cell, as planes.
fn probabilities(answers: &[f32]) -> [Vec<f32>; Part::COUNT] {
    let mut planes = [const { Vec::new() }; Part::COUNT];
    for plane in &mut planes {
        plane.reserve_exact(SIDE * SIDE);
    }
    for cell in answers.as_chunks::<{ Part::COUNT }>().0 {
        let most = cell.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let shares = cell.map(|score| libm::expf(score - most));
        let sum: f32 = shares.iter().sum();
        for (plane, share) in planes.iter_mut().zip(shares) {
            plane.push(share / sum);
        }
    }
    planes
}

/// A plane of the network brought to the finer grid. A cell of the network stands for its left top corner.
fn finer(mask: &[f32]) -> Vec<f32> {
    let side = SIDE * FINER;
    let mut fine = Vec::with_capacity(side * side);
    for row in 0..side {
        let (upper, down) = between(row, FINER, SIDE);
        let line = |index: usize| mask.get(index * SIDE..(index + 1) * SIDE).unwrap_or_default();
        let (upper, lower) = (line(upper), line((upper + 1).min(SIDE - 1)));
        for column in 0..side {
            let (left, along) = between(column, FINER, SIDE);
            let mix = |line: &[f32]| {
                let at = |index: usize| line.get(index).copied().unwrap_or_default();
                at(left) * (1.0 - along) + at((left + 1).min(SIDE - 1)) * along
            };
            fine.push(mix(upper) * (1.0 - down) + mix(lower) * down);
        }
    }
    fine
}

/// Cell and share of the next one.
fn between(index: usize, finer: usize, cells: usize) -> (usize, f32) {
    ((index / finer).min(cells - 1), (index % finer) as f32 / finer as f32)
}

/// Mean colours of the picture around each cell of a grid over a rectangle, 0 to 1. A cell stands for its left top corner.
fn colours(picture: &Picture<'_>, [left, top, width, height]: [usize; 4], side: usize) -> [Vec<f32>; 3] {
    let mut planes = [const { Vec::new() }; 3];
    // Half a cell to both sides of the corner.
    let span = |index: usize, size: usize| {
        let at = |halves: usize| (halves * size / (2 * side)).min(size);
        let from = at((2 * index).saturating_sub(1));
        from..at(2 * index + 1).max(from + 1).min(size)
    };
    for row in 0..side {
        let rows = span(row, height);
        for column in 0..side {
            let columns = span(column, width);
            // Sixteen pixels tell a cell's colour well enough.
            let step = |span: &core::ops::Range<usize>| span.len().div_ceil(4).max(1);
            let (mut sum, mut count) = ([0_u32; 3], 0_u32);
            for y in rows.clone().step_by(step(&rows)) {
                for x in columns.clone().step_by(step(&columns)) {
                    let pixel = picture.rgb(left + x, top + y).unwrap_or_default();
                    sum.iter_mut().zip(pixel).for_each(|(sum, channel)| *sum += u32::from(channel));
                    count += 1;
                }
            }
            for (plane, sum) in planes.iter_mut().zip(sum) {
                plane.push(sum as f32 / (255 * count.max(1)) as f32);
            }
        }
    }
    planes
}

/// The masks at every pixel of a rectangle, made to add up to one.
fn applied(
    picture: &Picture<'_>,
    [left, top, width, height]: [usize; 4],
    side: usize,
    masks: &[Linear; Part::COUNT],
) -> [Vec<u8>; Part::COUNT] {
    let mut shares = [const { Vec::new() }; Part::COUNT];
    for plane in &mut shares {
        plane.reserve_exact(width * height);
    }
    // One row of each mask's four coefficients at a time, so that only columns remain to be mixed for each pixel.
    let mut line = vec![[[0.0_f32; 4]; Part::COUNT]; side + 1];
    let place = |index: usize, size: usize| {
        let at = index as f32 * side as f32 / size as f32;
        let cell = (at as usize).min(side - 1);
        (cell, at - cell as f32)
    };
    for y in 0..height {
        let (upper, down) = place(y, height);
        let lower = (upper + 1).min(side - 1);
        for (index, mask) in masks.iter().enumerate() {
            for (number, plane) in mask.0.iter().enumerate() {
                let row = |row: usize| plane.get(row * side..(row + 1) * side).unwrap_or_default();
                for (cell, (upper, lower)) in line.iter_mut().zip(row(upper).iter().zip(row(lower))) {
                    if let Some(place) = cell.get_mut(index).and_then(|mask| mask.get_mut(number)) {
                        *place = upper + (lower - upper) * down;
                    }
                }
            }
        }
        if let Some(last) = line.get(side - 1).copied() {
            line.iter_mut().skip(side).for_each(|beyond| *beyond = last);
        }
        for x in 0..width {
            let (cell, along) = place(x, width);
            let Some([here, next]) = line.get(cell..).and_then(<[_]>::first_chunk::<2>) else { continue };
            let [red, green, blue] =
                picture.rgb(left + x, top + y).unwrap_or_default().map(|channel| f32::from(channel) / 255.0);
            let mut sum = 0.0;
            let mut values = [0.0_f32; Part::COUNT];
            for (value, (here, next)) in values.iter_mut().zip(here.iter().zip(next)) {
                let colour = [red, green, blue, 1.0];
                let terms = here.iter().zip(next).zip(colour);
                let share: f32 = terms.map(|((here, next), colour)| (here + (next - here) * along) * colour).sum();
                *value = ((share - LEFT_OVER) / (1.0 - 2.0 * LEFT_OVER)).clamp(0.0, 1.0);
                sum += *value;
            }
            for (plane, value) in shares.iter_mut().zip(values) {
                plane.push((value / sum.max(1e-6) * 255.0 + 0.5) as u8);
            }
        }
    }
    shares
}
