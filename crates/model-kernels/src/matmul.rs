//! The product of two matrices neither of which is known ahead, as attention needs it.

use crate::epilogue::{Epilogue, Operands};
use crate::error::{KernelError, expect, expect_length};
use crate::finish::Finish;
use crate::image::LIMIT;
use crate::panels;
use crate::product::{Pixels, Walk, Weights, product};

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
        panels::packed_len(self.columns, self.inner).saturating_add(self.turned_len())
    }

    /// Numbers of a left matrix that has to be turned over.
    fn turned_len(&self) -> usize {
        if self.left_transposed { self.rows.saturating_mul(self.inner) } else { 0 }
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
        if output.is_empty() {
            return Ok(());
        }
        let finish = Finish::new(&Epilogue::default(), &Operands::default());
        let (packed, turned) = scratch.split_at_mut(panels::packed_len(self.columns, self.inner));
        let (left_len, right_len) = (self.rows * self.inner, self.inner * self.columns);
        for (batch, to) in output.chunks_exact_mut(self.rows * self.columns).enumerate() {
            let left = &left[batch * left_len..][..left_len];
            let right = &right[batch * right_len..][..right_len];
            if self.inner == 0 {
                // A sum of nothing; there is nothing to pack either.
            } else if self.right_transposed {
                panels::pack_into(packed, self.columns, self.inner, right);
            } else {
                panels::pack_columns_into(packed, self.columns, self.inner, right);
            }
            let from = if self.left_transposed {
                for (row, to) in turned.chunks_exact_mut(self.inner.max(1)).enumerate() {
                    to.iter_mut().enumerate().for_each(|(i, to)| *to = left[i * self.rows + row]);
                }
                turned.as_ptr()
            } else {
                left.as_ptr()
            };
            let weights =
                Weights { panels: packed.as_ptr(), depth: self.inner, skip: 0, outputs: self.columns, finish: &finish };
            let pixels = Pixels {
                from,
                from_step: self.inner,
                to: to.as_mut_ptr(),
                to_step: self.columns,
                place: 0,
                place_step: 1,
                count: self.rows,
            };
            // SAFETY: all lengths were checked above; `from` holds `rows` times `inner` numbers.
            unsafe { product(&Walk::straight(self.inner), &pixels, &weights) };
        }
        if self.scale != 1.0 {
            output.iter_mut().for_each(|x| *x *= self.scale);
        }
        Ok(())
    }
}
