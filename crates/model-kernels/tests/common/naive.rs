//! Reference arithmetic: no packing, no tiles, sums in double precision.

use vitrine_model_kernels::{Activation, Epilogue, Image, Operands, Residual, Window};

/// The epilogue of one number.
pub fn finish(epilogue: &Epilogue, operands: &Operands<'_>, sum: f64, pixel: usize, channel: usize) -> f32 {
    let bias = operands.bias.get(channel).copied().unwrap_or(0.0);
    let slope = operands.slopes.get(channel).copied().unwrap_or(0.0);
    let sum = (sum + f64::from(bias)) as f32;
    let residual = |own: usize| if channel < own { operands.residual[pixel * own + channel] } else { 0.0 };
    match epilogue.residual {
        Residual::None => activate(epilogue.activation, sum, slope),
        Residual::BeforeActivation { channels } => activate(epilogue.activation, sum + residual(channels), slope),
        Residual::AfterActivation { channels } => activate(epilogue.activation, sum, slope) + residual(channels),
    }
}

/// The activation in double precision, by the textbook.
pub fn activate(activation: Activation, x: f32, slope: f32) -> f32 {
    let x = f64::from(x);
    let y = match activation {
        Activation::None => x,
        Activation::Relu => x.max(0.0),
        Activation::Relu6 => x.clamp(0.0, 6.0),
        Activation::Clamp { low, high } => x.clamp(low.into(), high.into()),
        Activation::Prelu => x.max(0.0) + f64::from(slope) * x.min(0.0),
        Activation::LeakyRelu { slope } => x.max(0.0) + f64::from(slope) * x.min(0.0),
        Activation::HardSwish => x * (x / 6.0 + 0.5).clamp(0.0, 1.0),
        Activation::HardSigmoid { alpha, beta } => (x * f64::from(alpha) + f64::from(beta)).clamp(0.0, 1.0),
        Activation::Sigmoid => 1.0 / (1.0 + libm::exp(-x)),
        Activation::Silu => x / (1.0 + libm::exp(-x)),
        Activation::Tanh => x.tanh(),
        Activation::Gelu => 0.5 * x * (1.0 + libm::erf(x / std::f64::consts::SQRT_2)),
        Activation::Exp => libm::exp(x),
        Activation::Sqrt => x.sqrt(),
    };
    y as f32
}

/// The input under tap (row, column) of the window at (y, x); none outside the picture.
pub fn under(window: &Window, image: &Image, at: (usize, usize), tap: (usize, usize)) -> Option<usize> {
    let y = (at.0 * window.stride.0 + tap.0 * window.dilation.0).checked_sub(window.pad.0)?;
    let x = (at.1 * window.stride.1 + tap.1 * window.dilation.1).checked_sub(window.pad.1)?;
    (y < image.height && x < image.width).then_some(y * image.width + x)
}

/// Any convolution; `weights` is `[outputs][rows][columns][inputs]`.
pub fn conv(input: &Image, output: &Image, window: &Window, weights: &[f32], data: &[f32]) -> Vec<f64> {
    let mut sums = Vec::with_capacity(output.len());
    for pixel in 0..output.pixels() {
        for channel in 0..output.channels {
            let mut sum = 0.0;
            for tap in 0..window.taps() {
                let place = (tap / window.kernel.1, tap % window.kernel.1);
                let at = (pixel / output.width, pixel % output.width);
                let Some(from) = under(window, input, at, place) else { continue };
                for i in 0..input.channels {
                    let weight = weights[(channel * window.taps() + tap) * input.channels + i];
                    sum += f64::from(data[from * input.channels + i]) * f64::from(weight);
                }
            }
            sums.push(sum);
        }
    }
    sums
}

/// Depthwise; `weights` is `[rows][columns][channels]`.
pub fn depthwise(input: &Image, output: &Image, window: &Window, weights: &[f32], data: &[f32]) -> Vec<f64> {
    let mut sums = Vec::with_capacity(output.len());
    for pixel in 0..output.pixels() {
        for channel in 0..output.channels {
            let mut sum = 0.0;
            for tap in 0..window.taps() {
                let place = (tap / window.kernel.1, tap % window.kernel.1);
                let at = (pixel / output.width, pixel % output.width);
                if let Some(from) = under(window, input, at, place) {
                    let weight = weights[tap * input.channels + channel];
                    sum += f64::from(data[from * input.channels + channel]) * f64::from(weight);
                }
            }
            sums.push(sum);
        }
    }
    sums
}

/// Transposed, by scattering each input; `weights` is `[outputs][rows][columns][inputs]`.
pub fn transposed(input: &Image, output: &Image, window: &Window, weights: &[f32], data: &[f32]) -> Vec<f64> {
    let mut sums = vec![0.0; output.len()];
    for pixel in 0..input.pixels() {
        for tap in 0..window.taps() {
            let place = (tap / window.kernel.1, tap % window.kernel.1);
            let Some(to) = under(window, output, (pixel / input.width, pixel % input.width), place) else { continue };
            for channel in 0..output.channels {
                for i in 0..input.channels {
                    let weight = weights[(channel * window.taps() + tap) * input.channels + i];
                    let product = f64::from(data[pixel * input.channels + i]) * f64::from(weight);
                    sums[to * output.channels + channel] += product;
                }
            }
        }
    }
    sums
}
