//! Picking rows by number.

use crate::copy::copy;
use crate::error::{KernelError, expect, expect_length};

/// Copies the rows that the indices name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gather {
    /// Rows to pick from.
    pub rows: usize,
    /// Numbers per row.
    pub width: usize,
}

impl Gather {
    /// Runs; indices are whole numbers held as `f32`, as everything in a plan is. One that names no row is refused.
    pub fn run(&self, table: &[f32], indices: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        const NAME: &str = "gather";
        expect(NAME, self.width > 0, "a row must not be empty")?;
        expect_length(NAME, "table", table, self.rows.saturating_mul(self.width))?;
        expect_length(NAME, "output", output, indices.len().saturating_mul(self.width))?;
        let named = indices.iter().all(|index| *index >= 0.0 && *index < self.rows as f32);
        expect(NAME, named, "every index must name a row")?;
        for (index, to) in indices.iter().zip(output.chunks_exact_mut(self.width)) {
            copy(&table[(*index as usize).min(self.rows - 1) * self.width..][..self.width], to);
        }
        Ok(())
    }
}
