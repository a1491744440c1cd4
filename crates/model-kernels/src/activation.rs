//! Activation functions: their names, and what each does to one number.

/// What is done to a number on its way out of a kernel.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Activation {
    /// Nothing.
    #[default]
    None,
    /// `max(x, 0)`
    Relu,
    /// `min(max(x, 0), 6)`
    Relu6,
    /// `min(max(x, low), high)`
    Clamp {
        /// Least value.
        low: f32,
        /// Greatest value.
        high: f32,
    },
    /// `x` where positive, else `x * slope`, one slope per channel.
    Prelu,
    /// `x * slope` where negative, one slope for all.
    LeakyRelu {
        /// Factor below zero.
        slope: f32,
    },
    /// `x * clamp(x / 6 + 1/2, 0, 1)`
    HardSwish,
    /// `clamp(x * alpha + beta, 0, 1)`
    HardSigmoid {
        /// Factor; 1/6 in most nets.
        alpha: f32,
        /// Offset; 1/2 in most nets.
        beta: f32,
    },
    /// `1 / (1 + e^-x)`
    Sigmoid,
    /// `x / (1 + e^-x)`
    Silu,
    /// Hyperbolic tangent.
    Tanh,
    /// `x * Φ(x)`, by the error function.
    Gelu,
    /// `e^x`
    Exp,
    /// `√x`
    Sqrt,
}

impl Activation {
    /// Is it done in a few instructions, so that kernels do it while they store?
    pub(crate) const fn is_quick(self) -> bool {
        !matches!(self, Self::Sigmoid | Self::Silu | Self::Tanh | Self::Gelu | Self::Exp | Self::Sqrt)
    }

    /// The function of one number; `slope` is the channel's, for `Prelu`.
    pub fn of(self, x: f32, slope: f32) -> f32 {
        match self {
            Self::None => x,
            Self::Relu => x.max(0.0),
            Self::Relu6 => x.clamp(0.0, 6.0),
            Self::Clamp { low, high } => x.max(low).min(high),
            Self::Prelu => x.max(0.0) + slope * x.min(0.0),
            Self::LeakyRelu { slope } => x.max(0.0) + slope * x.min(0.0),
            Self::HardSwish => x * (x * (1.0 / 6.0) + 0.5).clamp(0.0, 1.0),
            Self::HardSigmoid { alpha, beta } => (x * alpha + beta).clamp(0.0, 1.0),
            Self::Sigmoid => 1.0 / (1.0 + libm::expf(-x)),
            Self::Silu => x / (1.0 + libm::expf(-x)),
            Self::Tanh => libm::tanhf(x),
            Self::Gelu => 0.5 * x * (1.0 + libm::erff(x * core::f32::consts::FRAC_1_SQRT_2)),
            Self::Exp => libm::expf(x),
            Self::Sqrt => libm::sqrtf(x),
        }
    }
}
