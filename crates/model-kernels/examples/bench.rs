//! One kernel at a time, for `bench/kernels/run.mjs`: a page prepares a case, runs it often, and measures.

#![allow(missing_docs, unreachable_pub, clippy::panic, reason = "a measurement may stop at the first mistake")]

use std::cell::RefCell;

use vitrine_model_kernels::{
    Activation, Conv, Depthwise, Epilogue, Image, Interpolation, KernelError, Operands, Pointwise, Residual, Resize,
    Sampling, ScaleChannels, TransposedConv, Unary, Window,
};

type Case = Box<dyn FnMut() -> Result<(), KernelError>>;

thread_local! {
    static CASE: RefCell<Option<Case>> = const { RefCell::new(None) };
}

/// Numbers that are neither all alike nor random.
fn numbers(count: usize) -> Vec<f32> {
    (0..count).map(|i| ((i * 37 % 101) as f32 - 50.0) / 64.0).collect()
}

fn prepare(kind: u32, input: Image, output: Image, window: Window) -> Result<Case, KernelError> {
    let residual = if kind >= 10 { Residual::BeforeActivation { channels: output.channels } } else { Residual::None };
    let epilogue = Epilogue { activation: Activation::Relu, residual };
    let more = if kind >= 10 { numbers(output.len()) } else { Vec::new() };
    let (from, mut to) = (numbers(input.len()), numbers(output.len()));
    let bias = numbers(output.channels);
    let taps = window.kernel.0 * window.kernel.1;
    Ok(match kind % 10 {
        0 => {
            let kernel = Pointwise { rows: input.pixels(), inputs: input.channels, outputs: output.channels, epilogue };
            let packed = kernel.pack(&numbers(input.channels * output.channels))?;
            Box::new(move || {
                kernel.run(&packed, &Operands { bias: &bias, slopes: &[], residual: &more }, &from, &mut to)
            })
        }
        1 => {
            let kernel = Depthwise { input, output, window, epilogue };
            let packed = kernel.pack(&numbers(taps * input.channels))?;
            Box::new(move || {
                kernel.run(&packed, &Operands { bias: &bias, slopes: &[], residual: &more }, &from, &mut to)
            })
        }
        2 => {
            let kernel = Conv { input, output, window, epilogue };
            let packed = kernel.pack(&numbers(taps * input.channels * output.channels))?;
            let mut scratch = vec![0.0; kernel.scratch_len()];
            Box::new(move || {
                let operands = Operands { bias: &bias, slopes: &[], residual: &more };
                kernel.run(&packed, &operands, &from, &mut to, &mut scratch)
            })
        }
        7 => {
            let kernel = Unary { activation: Activation::Relu, channels: input.channels };
            Box::new(move || kernel.run(&[], &from, &mut to))
        }
        4 => {
            let kernel = Unary { activation: Activation::Sigmoid, channels: input.channels };
            Box::new(move || kernel.run(&[], &from, &mut to))
        }
        5 => {
            let (sampling, interpolation) = (Sampling::HalfPixel, Interpolation::Bilinear);
            let output = Image { height: input.height * 2, width: input.width * 2, ..input };
            let kernel = Resize { input, output, sampling, interpolation };
            let mut to = numbers(output.len());
            Box::new(move || kernel.run(&from, &mut to))
        }
        6 => {
            let kernel = ScaleChannels { rows: input.pixels(), channels: input.channels };
            let (addend, factors) = (numbers(input.len()), numbers(input.channels));
            Box::new(move || kernel.run(&from, &factors, &addend, &mut to))
        }
        _ => {
            let kernel = TransposedConv { input, output, window, epilogue };
            let packed = kernel.pack(&numbers(taps * input.channels * output.channels))?;
            let mut scratch = vec![0.0; kernel.scratch_len()];
            Box::new(move || {
                let operands = Operands { bias: &bias, slopes: &[], residual: &more };
                kernel.run(&packed, &operands, &from, &mut to, &mut scratch)
            })
        }
    })
}

/// Prepares a case: 0 pointwise, 1 depthwise, 2 convolution, 3 transposed, 4 sigmoid, 5 twice the size,
/// 6 scaled and added; 10 more with a residual. False if refused.
#[unsafe(no_mangle)]
#[allow(clippy::too_many_arguments, reason = "numbers are all that crosses without glue")]
pub extern "C" fn prepare_case(
    kind: u32,
    height: usize,
    width: usize,
    channels: usize,
    outputs: usize,
    kernel: usize,
    stride: usize,
    pad: usize,
) -> bool {
    let input = Image::new(height, width, channels);
    let output = if kind % 10 == 3 {
        Image::new(height * stride, width * stride, outputs)
    } else {
        Image::new(height.div_ceil(stride), width.div_ceil(stride), outputs)
    };
    let case = prepare(kind, input, output, Window::square(kernel, stride, pad)).ok();
    let there = case.is_some();
    CASE.with_borrow_mut(|own| *own = case);
    there
}

/// Runs the case; false where there is none or it is refused.
#[unsafe(no_mangle)]
pub extern "C" fn run_case(times: u32) -> bool {
    CASE.with_borrow_mut(|case| match case {
        Some(case) => (0..times).all(|_| case().is_ok()),
        None => false,
    })
}

/// A loop of nothing but multiply-adds on registers: 12 x 4 a turn, as many turns as asked.
#[unsafe(no_mangle)]
pub extern "C" fn peak(turns: u32) -> f32 {
    #[cfg(target_arch = "wasm32")]
    {
        use core::arch::wasm32::{f32x4_add, f32x4_extract_lane, f32x4_splat};
        let mut sums = [f32x4_splat(turns as f32); 12];
        let factor = f32x4_splat(0.5 + turns as f32 * 1e-9);
        let more = f32x4_splat(0.25 + turns as f32 * 1e-9);
        for _ in 0..turns {
            for sum in &mut sums {
                #[cfg(target_feature = "relaxed-simd")]
                let next = core::arch::wasm32::f32x4_relaxed_madd(factor, more, *sum);
                #[cfg(not(target_feature = "relaxed-simd"))]
                let next = f32x4_add(core::arch::wasm32::f32x4_mul(*sum, factor), more);
                *sum = next;
            }
        }
        let sum = sums.into_iter().fold(f32x4_splat(0.0), |a, b| f32x4_add(a, b));
        f32x4_extract_lane::<0>(sum)
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        turns as f32
    }
}
