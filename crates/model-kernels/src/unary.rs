//! An activation on its own, where it could not join the kernel before it.

use crate::activate::activate_slice;
use crate::activation::Activation;
use crate::copy::copy;
use crate::error::{KernelError, expect, expect_length};

/// Applies a function to every number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unary {
    /// The function.
    pub activation: Activation,
    /// Numbers per pixel; matters for `Prelu` alone.
    pub channels: usize,
}

impl Unary {
    fn check(&self, slopes: &[f32], data: &[f32]) -> Result<(), KernelError> {
        const NAME: &str = "activation";
        let prelu = self.activation == Activation::Prelu;
        expect(NAME, self.channels > 0 && data.len().is_multiple_of(self.channels), "data must be whole pixels")?;
        expect_length(NAME, "slopes", slopes, if prelu { self.channels } else { 0 })
    }

    /// Runs; `slopes` has one number per channel for `Prelu`, else none.
    pub fn run(&self, slopes: &[f32], input: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        self.check(slopes, input)?;
        expect_length("activation", "output", output, input.len())?;
        copy(input, output);
        self.run_in_place(slopes, output)
    }

    /// The same over its own input.
    pub fn run_in_place(&self, slopes: &[f32], data: &mut [f32]) -> Result<(), KernelError> {
        self.check(slopes, data)?;
        if self.activation == Activation::Prelu {
            for pixel in data.chunks_exact_mut(self.channels) {
                pixel.iter_mut().zip(slopes).for_each(|(x, slope)| *x = if *x < 0.0 { *x * slope } else { *x });
            }
        } else {
            activate_slice(self.activation, data);
        }
        Ok(())
    }
}
