//! Convolutions of odd shapes, strides and paddings, drawn from a seed, held against `naive`.

use vitrine_model_kernels::{
    Activation, Conv, Depthwise, Epilogue, Image, KernelError, Operands, Pointwise, Residual, TransposedConv, Window,
};

use super::{Draw, compare, naive};

/// How far a kernel may be from double precision, relative to the larger of 1 and the true number.
pub const TOLERANCE: f32 = 2e-5;

struct Own {
    epilogue: Epilogue,
    bias: Vec<f32>,
    slopes: Vec<f32>,
    residual: Vec<f32>,
}

impl Own {
    fn draw(draw: &mut Draw, output: &Image) -> Self {
        let activation = draw.of(&[
            Activation::None,
            Activation::Relu,
            Activation::Relu6,
            Activation::Clamp { low: -0.5, high: 0.75 },
            Activation::Prelu,
            Activation::LeakyRelu { slope: 0.1 },
            Activation::HardSwish,
            Activation::HardSigmoid { alpha: 0.2, beta: 0.5 },
            Activation::Sigmoid,
            Activation::Silu,
            Activation::Tanh,
            Activation::Gelu,
        ]);
        let channels = draw.of(&[output.channels, draw.0 as usize % output.channels + 1]);
        let residual =
            draw.of(&[Residual::None, Residual::BeforeActivation { channels }, Residual::AfterActivation { channels }]);
        let more = if residual == Residual::None { 0 } else { output.pixels() * channels };
        let biases = draw.of(&[output.channels, 0]);
        let slopes = if activation == Activation::Prelu { output.channels } else { 0 };
        Self {
            epilogue: Epilogue { activation, residual },
            bias: draw.numbers(biases),
            slopes: draw.numbers(slopes),
            residual: draw.numbers(more),
        }
    }

    fn operands(&self) -> Operands<'_> {
        Operands { bias: &self.bias, slopes: &self.slopes, residual: &self.residual }
    }

    /// Compares what `run` writes with the sums of the reference.
    fn hold(
        &self,
        what: String,
        output: &Image,
        sums: &[f64],
        run: impl FnOnce(&Operands<'_>, &mut [f32]) -> Result<(), KernelError>,
    ) -> Result<(), String> {
        let expected: Vec<f32> = (sums.iter().enumerate())
            .map(|(i, sum)| {
                let (pixel, channel) = (i / output.channels, i % output.channels);
                naive::finish(&self.epilogue, &self.operands(), *sum, pixel, channel)
            })
            .collect();
        let mut found = vec![f32::NAN; output.len()];
        run(&self.operands(), &mut found).map_err(|error| format!("{what}: {error}"))?;
        compare(&format!("{what} {:?}", self.epilogue), &expected, &found, TOLERANCE)
    }
}

/// A window, an input and an output over which it slides, of all kinds.
fn sliding(draw: &mut Draw, channels: usize, dilated: bool) -> (Image, Window) {
    let kernel = (draw.of(&[1, 2, 3, 3, 3, 5, 5, 7]), draw.of(&[1, 2, 3, 3, 3, 5, 5, 4]));
    let kernel = draw.of(&[kernel, (kernel.1, kernel.1)]);
    let stride = draw.of(&[(1, 1), (1, 1), (2, 2), (2, 1), (3, 2)]);
    let dilation = if dilated { draw.of(&[(1, 1), (1, 1), (1, 2), (3, 1), (2, 2)]) } else { (1, 1) };
    let reach = ((kernel.0 - 1) * dilation.0, (kernel.1 - 1) * dilation.1);
    let pad = (draw.between(0, reach.0), draw.between(0, reach.1));
    let image = Image::new(draw.between(1, 14), draw.between(1, 27), channels);
    (image, Window { kernel, stride, pad, dilation })
}

/// As many outputs as may be asked for, or fewer.
fn outputs(draw: &mut Draw, input: &Image, window: &Window, channels: usize) -> Image {
    let most = |size: usize, pad: usize, stride: usize| (size + pad - 1) / stride + 1;
    let height = most(input.height, window.pad.0, window.stride.0);
    let width = most(input.width, window.pad.1, window.stride.1);
    Image::new(draw.between(height.div_ceil(2), height), draw.between(width.div_ceil(2), width), channels)
}

pub fn pointwise(seed: u64) -> Result<(), String> {
    let draw = &mut Draw(seed);
    let (rows, inputs) = (draw.between(1, 40), draw.between(1, 70));
    let outputs = draw.of(&[draw.0 as usize % 43 + 1, draw.0 as usize % 70 + 30]);
    let output = Image::new(1, rows, outputs);
    let own = Own::draw(draw, &output);
    let kernel = Pointwise { rows, inputs, outputs, epilogue: own.epilogue };
    let (weights, data) = (draw.numbers(inputs * outputs), draw.numbers(rows * inputs));
    let sums = naive::conv(&Image::new(1, rows, inputs), &output, &Window::square(1, 1, 0), &weights, &data);
    own.hold(format!("seed {seed}: {kernel:?}"), &output, &sums, |operands, found| {
        kernel.run(&kernel.pack(&weights)?, operands, &data, found)
    })
}

pub fn conv(seed: u64) -> Result<(), String> {
    let draw = &mut Draw(seed);
    let channels = draw.of(&[1, 2, 3, 3, 4, 8, 13]);
    let (input, window) = sliding(draw, channels, true);
    let channels = draw.of(&[1, draw.0 as usize % 21 + 1]);
    let output = outputs(draw, &input, &window, channels);
    let own = Own::draw(draw, &output);
    let kernel = Conv { input, output, window, epilogue: own.epilogue };
    let weights = draw.numbers(window.taps() * input.channels * output.channels);
    let data = draw.numbers(input.len());
    let sums = naive::conv(&input, &output, &window, &weights, &data);
    own.hold(format!("seed {seed}: {kernel:?}"), &output, &sums, |operands, found| {
        let mut scratch = vec![f32::NAN; kernel.scratch_len()];
        kernel.run(&kernel.pack(&weights)?, operands, &data, found, &mut scratch)
    })
}

pub fn depthwise(seed: u64) -> Result<(), String> {
    let draw = &mut Draw(seed);
    let channels = draw.of(&[1, 3, 4, 7, 8, 16, 18, 24, 35, 64]);
    let (input, window) = sliding(draw, channels, true);
    // Half of them what most nets have.
    let plain = Window::square(3, draw.of(&[1, 2]), draw.of(&[0, 1]));
    let window = draw.of(&[window, plain]);
    let output = outputs(draw, &input, &window, channels);
    let own = Own::draw(draw, &output);
    let kernel = Depthwise { input, output, window, epilogue: own.epilogue };
    let (weights, data) = (draw.numbers(window.taps() * channels), draw.numbers(input.len()));
    let sums = naive::depthwise(&input, &output, &window, &weights, &data);
    own.hold(format!("seed {seed}: {kernel:?}"), &output, &sums, |operands, found| {
        kernel.run(&kernel.pack(&weights)?, operands, &data, found)
    })
}

pub fn transposed(seed: u64) -> Result<(), String> {
    let draw = &mut Draw(seed);
    let channels = draw.of(&[1, draw.0 as usize % 21 + 1]);
    let (output, window) = sliding(draw, channels, false);
    let window = draw.of(&[window, Window::square(2, 2, 0)]);
    let tiling = draw.of(&[true, false]);
    let window = if tiling { Window { stride: window.kernel, pad: (0, 0), ..window } } else { window };
    let channels = draw.between(1, 19);
    let (output, input) = if tiling {
        let input = Image::new(draw.between(1, 9), draw.between(1, 15), channels);
        let sides = (input.height * window.kernel.0, input.width * window.kernel.1);
        (Image::new(sides.0, sides.1, output.channels), input)
    } else {
        (output, outputs(draw, &output, &window, channels))
    };
    let own = Own::draw(draw, &output);
    let kernel = TransposedConv { input, output, window, epilogue: own.epilogue };
    let weights = draw.numbers(window.taps() * input.channels * output.channels);
    let data = draw.numbers(input.len());
    let sums = naive::transposed(&input, &output, &window, &weights, &data);
    own.hold(format!("seed {seed}: {kernel:?}"), &output, &sums, |operands, found| {
        let mut scratch = vec![f32::NAN; kernel.scratch_len()];
        kernel.run(&kernel.pack(&weights)?, operands, &data, found, &mut scratch)
    })
}
