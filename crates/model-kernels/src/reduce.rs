//! Sums, means and extremes along neighbouring axes.

use crate::error::{KernelError, expect, expect_length};
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
            to.copy_from_slice(&block[..after]);
            for line in block.chunks_exact(after).skip(1) {
                for (to, from) in to.iter_mut().zip(line) {
                    *to = match self.kind {
                        ReduceKind::Sum | ReduceKind::Mean => *to + from,
                        ReduceKind::Max => to.max(*from),
                        ReduceKind::Min => to.min(*from),
                    };
                }
            }
            if self.kind == ReduceKind::Mean {
                let share = 1.0 / side as f32;
                to.iter_mut().for_each(|to| *to *= share);
            }
        }
        Ok(())
    }
}
