//! Sums, means and extremes along neighbouring axes.

use crate::error::{KernelError, expect, expect_length};
use crate::lanes::{F32x4, LANES};
use crate::shape::Shape;

/// What a line of numbers is reduced to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReduceKind {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// The greatest.
    Max,
    /// The least.
    Min,
}

/// Reduces the axes `first..last` (at least one; neighbours, since others are transposed there first).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reduce {
    /// Shape of the input.
    pub input: Shape,
    /// The first axis reduced.
    pub first: usize,
    /// One past the last axis reduced.
    pub last: usize,
    /// What a line becomes.
    pub kind: ReduceKind,
}

impl Reduce {
    /// Runs; the output has the sides that are left.
    pub fn run(&self, input: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        const NAME: &str = "reduce";
        let inside = self.first < self.last && self.last <= self.input.rank();
        expect(NAME, inside, "the axes must be at least one, and of the input")?;
        let product = |sides: &[usize]| sides.iter().product::<usize>();
        let sides = self.input.sides();
        let (before, side, after) =
            (product(&sides[..self.first]), product(&sides[self.first..self.last]), product(&sides[self.last..]));
        expect(NAME, side > 0, "what is reduced must not be empty")?;
        expect_length(NAME, "input", input, self.input.len())?;
        expect_length(NAME, "output", output, before * after)?;
        if output.is_empty() {
            return Ok(());
        }
        for (block, to) in input.chunks_exact(side * after).zip(output.chunks_exact_mut(after)) {
            match self.kind {
                ReduceKind::Sum | ReduceKind::Mean => fold_lines(block, to, |a, b| a + b, F32x4::add),
                ReduceKind::Max => fold_lines(block, to, f32::max, F32x4::max),
                ReduceKind::Min => fold_lines(block, to, f32::min, F32x4::min),
            }
            if self.kind == ReduceKind::Mean {
                let share = 1.0 / side as f32;
                to.iter_mut().for_each(|to| *to *= share);
            }
        }
        Ok(())
    }
}

/// Folds lines as long as `to`, of which `block` has at least one, into one, column by column.
#[allow(clippy::inline_always, reason = "one loop per kind")]
#[inline(always)]
pub(crate) fn fold_lines(
    block: &[f32],
    to: &mut [f32],
    one: impl Fn(f32, f32) -> f32,
    four: impl Fn(F32x4, F32x4) -> F32x4,
) {
    let length = to.len();
    if length == 1 {
        // One long line: four neighbours at a time.
        let (fours, rest) = block.as_chunks::<LANES>();
        let mut lanes = [block[0]; LANES];
        if let [first, more @ ..] = fours {
            // SAFETY: each chunk, and `lanes`, holds four numbers.
            unsafe {
                let sum = more.iter().fold(F32x4::load(first.as_ptr()), |a, b| four(a, F32x4::load(b.as_ptr())));
                sum.store(lanes.as_mut_ptr());
            }
            to[0] = one(one(lanes[0], lanes[1]), one(lanes[2], lanes[3]));
            to[0] = rest.iter().fold(to[0], |a, b| one(a, *b));
        } else {
            to[0] = block[1..].iter().fold(block[0], |a, b| one(a, *b));
        }
        return;
    }
    // Sixteen columns in registers, from the first line to the last.
    const WIDE: usize = 4;
    let lines = block.len() / length;
    let mut column = 0;
    while column + WIDE * LANES <= length {
        // SAFETY: sixteen columns of every line exist.
        unsafe {
            let mut from = block.as_ptr().add(column);
            let mut sums = [0, 1, 2, 3].map(|v| F32x4::load(from.add(v * LANES)));
            for _ in 1..lines {
                from = from.add(length);
                for (v, sum) in sums.iter_mut().enumerate() {
                    *sum = four(*sum, F32x4::load(from.add(v * LANES)));
                }
            }
            for (v, sum) in sums.into_iter().enumerate() {
                sum.store(to.as_mut_ptr().add(column + v * LANES));
            }
        }
        column += WIDE * LANES;
    }
    for (column, to) in to.iter_mut().enumerate().skip(column) {
        *to = block.iter().skip(column + length).step_by(length).fold(block[column], |a, b| one(a, *b));
    }
}
