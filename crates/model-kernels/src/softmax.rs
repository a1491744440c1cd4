//! Softmax along one axis.

use crate::activate::activate_slice;
use crate::activation::Activation;
use crate::copy::copy;
use crate::error::{KernelError, expect, expect_length};
use crate::shape::Shape;

/// `e^x` over the sum of them along an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Softmax {
    /// Shape of input and output.
    pub shape: Shape,
    /// The axis that sums up to 1.
    pub axis: usize,
}

impl Softmax {
    /// Runs.
    pub fn run(&self, input: &[f32], output: &mut [f32]) -> Result<(), KernelError> {
        const NAME: &str = "softmax";
        expect(NAME, self.axis < self.shape.rank(), "the axis must be one of the shape's")?;
        expect_length(NAME, "input", input, self.shape.len())?;
        expect_length(NAME, "output", output, self.shape.len())?;
        let (before, side, after) = self.shape.around(self.axis);
        if after == 1 {
            copy(input, output);
            output.chunks_exact_mut(side.max(1)).for_each(softmax);
            return Ok(());
        }
        for outer in 0..before {
            for inner in 0..after {
                let at = |index: usize| (outer * side + index) * after + inner;
                let greatest = (0..side).map(|index| input[at(index)]).fold(f32::NEG_INFINITY, f32::max);
                let mut sum = 0.0;
                for index in 0..side {
                    let value = libm::expf(input[at(index)] - greatest);
                    output[at(index)] = value;
                    sum += value;
                }
                let share = 1.0 / sum;
                (0..side).for_each(|index| output[at(index)] *= share);
            }
        }
        Ok(())
    }
}

/// Over neighbouring numbers.
fn softmax(row: &mut [f32]) {
    let greatest = row.iter().fold(f32::NEG_INFINITY, |a, b| if a < *b { *b } else { a });
    row.iter_mut().for_each(|x| *x -= greatest);
    activate_slice(Activation::Exp, row);
    let share = 1.0 / row.iter().sum::<f32>();
    row.iter_mut().for_each(|x| *x *= share);
}
