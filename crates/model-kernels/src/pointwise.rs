//! Pointwise (1x1) convolution, which is also the product of a matrix with constant weights.

use crate::epilogue::{Epilogue, Operands};
use crate::error::{KernelError, expect};
use crate::finish::{Finish, after};
use crate::image::LIMIT;
use crate::layer::Layer;
use crate::panels;
use crate::product::{Pixels, Walk, Weights, product};

const NAME: &str = "pointwise convolution";

/// `output[row][o] = epilogue(sum over i of input[row][i] * weights[o][i])`; a row is a pixel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pointwise {
    /// Pixels.
    pub rows: usize,
    /// Channels in.
    pub inputs: usize,
    /// Channels out.
    pub outputs: usize,
    /// What happens to the sums.
    pub epilogue: Epilogue,
}

impl Pointwise {
    /// Packs weights laid out as `[outputs][inputs]`.
    pub fn pack(&self, weights: &[f32]) -> Result<Vec<f32>, KernelError> {
        self.layer()?.check_weights(weights)?;
        Ok(panels::pack(self.outputs, self.inputs, weights))
    }

    /// The same from little-endian halves.
    pub fn pack_halves(&self, weights: &[u8]) -> Result<Vec<f32>, KernelError> {
        self.layer()?.check_halves(weights)?;
        panels::pack_halves(self.outputs, self.inputs, weights)
    }

    /// Numbers in the packed weights.
    pub fn packed_len(&self) -> usize {
        panels::packed_len(self.outputs, self.inputs)
    }

    /// What it needs, once its shapes are checked.
    fn layer(&self) -> Result<Layer<'_>, KernelError> {
        let small = self.rows < LIMIT && self.inputs < LIMIT && self.outputs < LIMIT;
        expect(NAME, small && self.inputs > 0 && self.outputs > 0, "sides must be from 1 to 2^28")?;
        Ok(Layer {
            name: NAME,
            epilogue: &self.epilogue,
            weights: self.inputs.saturating_mul(self.outputs),
            packed: self.packed_len(),
            input: self.rows.saturating_mul(self.inputs),
            pixels: self.rows,
            channels: self.outputs,
            scratch: 0,
        })
    }

    /// Runs on `rows x inputs` into `rows x outputs`.
    pub fn run(
        &self,
        packed: &[f32],
        operands: &Operands<'_>,
        input: &[f32],
        output: &mut [f32],
    ) -> Result<(), KernelError> {
        self.layer()?.check_run(packed, operands, input, output, &[])?;
        let finish = Finish::new(&self.epilogue, operands);
        let weights =
            Weights { panels: packed.as_ptr(), depth: self.inputs, skip: 0, outputs: self.outputs, finish: &finish };
        let pixels = Pixels {
            from: input.as_ptr(),
            from_step: self.inputs,
            to: output.as_mut_ptr(),
            to_step: self.outputs,
            place: 0,
            place_step: 1,
            count: self.rows,
        };
        // SAFETY: the lengths of packed weights, operands, input and output were checked above.
        unsafe { product(&Walk::straight(self.inputs), &pixels, &weights) };
        after(&self.epilogue, operands, output, self.outputs);
        Ok(())
    }
}
