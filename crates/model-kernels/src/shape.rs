//! The shape of a tensor of up to six axes, row-major.

use crate::error::{KernelError, expect};
use crate::image::LIMIT;

/// Most axes that a tensor may have.
pub const MOST_AXES: usize = 6;

/// Sides of a tensor, the last one adjacent in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    sides: [usize; MOST_AXES],
    rank: usize,
}

impl Shape {
    /// A shape of up to six axes; more give an error.
    pub fn new(sides: &[usize]) -> Result<Self, KernelError> {
        expect("shape", sides.len() <= MOST_AXES, "a tensor has at most six axes")?;
        let mut own = [1; MOST_AXES];
        own[..sides.len()].copy_from_slice(sides);
        // Sides of zero count as one, so that products of any of them stay small too.
        let numbers = sides.iter().fold(1_usize, |product, side| product.saturating_mul((*side).max(1)));
        expect("shape", numbers < LIMIT, "a tensor must be below 2^28 numbers")?;
        Ok(Self { sides: own, rank: sides.len() })
    }

    /// The sides.
    pub fn sides(&self) -> &[usize] {
        &self.sides[..self.rank]
    }

    /// Axes.
    pub fn rank(&self) -> usize {
        self.rank
    }

    /// Numbers.
    pub fn len(&self) -> usize {
        self.sides().iter().fold(1, |product, side| product.saturating_mul(*side))
    }

    /// Is a side zero?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The product of the sides before `axis`, of `axis`, and of those after it.
    pub(crate) fn around(&self, axis: usize) -> (usize, usize, usize) {
        let product = |sides: &[usize]| sides.iter().product();
        let sides = self.sides();
        (product(&sides[..axis]), sides[axis], product(&sides[axis + 1..]))
    }

    /// The sides aligned to the right in six places, filled up with ones.
    pub(crate) fn aligned(&self) -> [usize; MOST_AXES] {
        let mut all = [1; MOST_AXES];
        all[MOST_AXES - self.rank..].copy_from_slice(self.sides());
        all
    }
}

/// Steps in memory per axis of a dense tensor.
pub(crate) fn strides(sides: &[usize; MOST_AXES]) -> [usize; MOST_AXES] {
    let mut steps = [1; MOST_AXES];
    for axis in (0..MOST_AXES - 1).rev() {
        steps[axis] = steps[axis + 1] * sides[axis + 1].max(1);
    }
    steps
}

/// Calls `row` with the offset of each run along the last axis, in order, for a walk over `sides` with `steps`.
pub(crate) fn each_row(sides: &[usize; MOST_AXES], mut place: impl FnMut(&[usize; MOST_AXES - 1])) {
    let mut at = [0; MOST_AXES - 1];
    if sides.contains(&0) {
        return;
    }
    loop {
        place(&at);
        let mut axis = MOST_AXES - 1;
        loop {
            if axis == 0 {
                return;
            }
            axis -= 1;
            at[axis] += 1;
            if at[axis] < sides[axis] {
                break;
            }
            at[axis] = 0;
        }
    }
}

/// The offset of a place on all axes but the last.
pub(crate) fn offset(at: &[usize; MOST_AXES - 1], steps: &[usize; MOST_AXES]) -> usize {
    at.iter().zip(steps).map(|(at, step)| at * step).sum()
}
