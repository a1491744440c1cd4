//! The product of two matrices neither of which is known ahead, as attention needs it.

use crate::error::{KernelError, expect, expect_length};
use crate::image::LIMIT;

/// `output[b][r][c] = scale * sum over i of left[b][r][i] * right[b][i][c]`, for each of `batch` pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MatMul {
    /// Pairs of matrices.
    pub batch: usize,
    /// Rows of the left and the output.
    pub rows: usize,
    /// Columns of the left, rows of the right.
    pub inner: usize,
    /// Columns of the right and the output.
    pub columns: usize,
    /// Is the left one given as `[inner][rows]`?
    pub left_transposed: bool,
    /// Is the right one given as `[columns][inner]`?
    pub right_transposed: bool,
    /// Factor of the result.
    pub scale: f32,
}

impl MatMul {
    /// Numbers of scratch memory that `run` needs.
    pub fn scratch_len(&self) -> usize {
        0
    }

    /// Runs; `scratch` may hold anything and is left holding anything.
    pub fn run(&self, left: &[f32], right: &[f32], output: &mut [f32], scratch: &mut [f32]) -> Result<(), KernelError> {
        const NAME: &str = "matrix product";
        let sides = [self.batch, self.rows, self.inner, self.columns];
        expect(NAME, sides.iter().all(|side| *side < LIMIT), "sides must be below 2^28")?;
        let length = |rows: usize, columns: usize| self.batch.saturating_mul(rows).saturating_mul(columns);
        expect_length(NAME, "left", left, length(self.rows, self.inner))?;
        expect_length(NAME, "right", right, length(self.inner, self.columns))?;
        expect_length(NAME, "output", output, length(self.rows, self.columns))?;
        expect_length(NAME, "scratch", scratch, self.scratch_len())?;
        let (left_row, left_step) = if self.left_transposed { (1, self.rows) } else { (self.inner, 1) };
        let (right_step, right_column) = if self.right_transposed { (1, self.inner) } else { (self.columns, 1) };
        for (index, to) in output.iter_mut().enumerate() {
            let (line, column) = (index / self.columns, index % self.columns);
            let (batch, row) = (line / self.rows, line % self.rows);
            let left_at = batch * self.rows * self.inner + row * left_row;
            let right_at = batch * self.inner * self.columns + column * right_column;
            let products = (0..self.inner).map(|i| left[left_at + i * left_step] * right[right_at + i * right_step]);
            let sum: f32 = products.sum();
            *to = sum * self.scale;
        }
        Ok(())
    }
}
