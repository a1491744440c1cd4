//! Layer normalization.

use crate::error::{KernelError, expect, expect_length};

/// Brings each row to mean 0 and variance 1, then scales and shifts it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LayerNorm {
    /// Rows.
    pub rows: usize,
    /// Numbers per row.
    pub width: usize,
    /// Added to the variance.
    pub epsilon: f32,
}

impl LayerNorm {
    /// Runs; `scale` and `shift` have one number per column, or none.
    pub fn run(&self, scale: &[f32], shift: &[f32], input: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        const NAME: &str = "layer normalization";
        expect(NAME, self.width > 0, "a row must not be empty")?;
        for (what, slice) in [("scale", scale), ("shift", shift)] {
            if !slice.is_empty() {
                expect_length(NAME, what, slice, self.width)?;
            }
        }
        expect_length(NAME, "input", input, self.rows.saturating_mul(self.width))?;
        expect_length(NAME, "output", output, self.rows.saturating_mul(self.width))?;
        let share = 1.0 / self.width as f32;
        for (from, to) in input.chunks_exact(self.width).zip(output.chunks_exact_mut(self.width)) {
            let mean = from.iter().sum::<f32>() * share;
            let variance = from.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() * share;
            let factor = 1.0 / libm::sqrtf(variance + self.epsilon);
            for (column, (to, from)) in to.iter_mut().zip(from).enumerate() {
                let scale = scale.get(column).copied().unwrap_or(1.0);
                let shift = shift.get(column).copied().unwrap_or(0.0);
                *to = (from - mean) * factor * scale + shift;
            }
        }
        Ok(())
    }
}
