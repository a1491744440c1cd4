//! What a kernel does to its sums before it stores them: bias, residual, activation, in one pass.

use crate::activation::Activation;
use crate::error::{KernelError, expect, expect_length};

/// Where a residual joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Residual {
    /// There is none.
    #[default]
    None,
    /// `activation(sum + bias + residual)`
    BeforeActivation {
        /// Channels of the residual; those that the output has beyond them get nothing added.
        channels: usize,
    },
    /// `activation(sum + bias) + residual`
    AfterActivation {
        /// Channels of the residual; those that the output has beyond them get nothing added.
        channels: usize,
    },
}

/// The fixed part: what is done.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Epilogue {
    /// The function applied.
    pub activation: Activation,
    /// Whether and where a residual is added.
    pub residual: Residual,
}

/// The numbers that it is done with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Operands<'a> {
    /// One per output channel, or empty for none.
    pub bias: &'a [f32],
    /// One per output channel for `Activation::Prelu`, else empty.
    pub slopes: &'a [f32],
    /// Pixels of the output times the channels of the residual, or empty for none.
    pub residual: &'a [f32],
}

impl Epilogue {
    /// Only an activation.
    pub const fn activate(activation: Activation) -> Self {
        Self { activation, residual: Residual::None }
    }

    /// Checks the operands against an output of `pixels` with `channels` each.
    pub(crate) fn check(
        &self,
        kernel: &'static str,
        operands: &Operands<'_>,
        pixels: usize,
        channels: usize,
    ) -> Result<(), KernelError> {
        if !operands.bias.is_empty() {
            expect_length(kernel, "bias", operands.bias, channels)?;
        }
        let slopes = if self.activation == Activation::Prelu { channels } else { 0 };
        expect_length(kernel, "slopes", operands.slopes, slopes)?;
        let residual = match self.residual {
            Residual::None => 0,
            Residual::BeforeActivation { channels: own } | Residual::AfterActivation { channels: own } => {
                expect(kernel, own > 0 && own <= channels, "a residual has 1 to as many channels as the output")?;
                pixels.saturating_mul(own)
            }
        };
        expect_length(kernel, "residual", operands.residual, residual)
    }

    /// Finishes one number: `sum` of `channel` at `pixel`.
    pub(crate) fn finish(&self, operands: &Operands<'_>, sum: f32, pixel: usize, channel: usize) -> f32 {
        let sum = sum + operands.bias.get(channel).copied().unwrap_or(0.0);
        let slope = operands.slopes.get(channel).copied().unwrap_or(0.0);
        let residual = |own: usize| if channel < own { operands.residual[pixel * own + channel] } else { 0.0 };
        match self.residual {
            Residual::None => self.activation.of(sum, slope),
            Residual::BeforeActivation { channels } => self.activation.of(sum + residual(channels), slope),
            Residual::AfterActivation { channels } => self.activation.of(sum, slope) + residual(channels),
        }
    }
}
