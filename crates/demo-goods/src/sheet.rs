//! Contact sheets: many pictures side by side, for looking at.

use crate::grid::Grid;
use crate::picture::{Picture, resize};

/// The pictures in rows of `columns`, each `side` pixels wide.
pub fn contact(pictures: &[Picture], columns: usize, side: u32) -> Picture {
    let small: Vec<Picture> = pictures.iter().map(|picture| resize(picture, side)).collect();
    let (columns, side) = (columns.max(1), side as usize);
    Grid::from_fn(columns * side, small.len().div_ceil(columns) * side, |x, y| {
        let place = (y / side) * columns + x / side;
        small.get(place).map_or([1.0; 3], |picture| picture.get(x % side, y % side))
    })
}
