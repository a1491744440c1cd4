//! A mask row by row: the stretches of cloth in each.

use crate::mask::Mask;

/// Shorter stretches, in shares of the photo's width, are threads.
const THREAD: f32 = 0.008;

/// First column, and the one after the last.
pub(crate) type Stretch = [usize; 2];

/// The stretches of cloth in a row, from left to right; gaps narrower than a thread are closed.
pub(crate) fn stretches(mask: &Mask, y: usize) -> Vec<Stretch> {
    let thread = (THREAD * mask.width as f32) as usize;
    let mut found: Vec<Stretch> = Vec::new();
    for x in (0..mask.width).filter(|&x| mask.at(x, y)) {
        match found.last_mut() {
            Some([_, end]) if x <= *end + thread => *end = x + 1,
            _ => found.push([x, x + 1]),
        }
    }
    found.retain(|[start, end]| end - start > thread);
    found
}

/// The first and last row with cloth.
pub(crate) fn extent(mask: &Mask) -> Option<Stretch> {
    let cloth = |y: &usize| !stretches(mask, *y).is_empty();
    let first = (0..mask.height).find(cloth)?;
    let last = (first..mask.height).rev().find(cloth)?;
    Some([first, last + 1])
}

/// The column that a garment is symmetrical about: the middle of the middles of its rows.
pub(crate) fn axis(mask: &Mask) -> f32 {
    let mut middles: Vec<usize> = (0..mask.height)
        .filter_map(|y| {
            let row = stretches(mask, y);
            Some(row.first()?[0] + row.last()?[1])
        })
        .collect();
    middles.sort_unstable();
    middles.get(middles.len() / 2).map_or(0.0, |&twice| twice as f32 / 2.0)
}
