//! Weights packed from halves are those packed from the same numbers, whatever the shape, and nothing is packed from too few.

mod common;

use common::Draw;
use proptest::prelude::*;
use vitrine_model_kernels::{Conv, Depthwise, Epilogue, Image, KernelError, Pointwise, Window, widen_halves};

/// Halves of any bits but those that are not a number, which do not equal themselves, and what they say.
fn halves(draw: &mut Draw, count: usize) -> (Vec<u8>, Vec<f32>) {
    let bits = |draw: &mut Draw| u16::try_from(draw.between(0, 0x7bff) | draw.between(0, 1) << 15).unwrap_or(0);
    let bytes: Vec<u8> = (0..count).flat_map(|_| bits(draw).to_le_bytes()).collect();
    let mut numbers = vec![0.0; count];
    assert_eq!(widen_halves(&bytes, &mut numbers), Ok(()));
    (bytes, numbers)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pointwise(seed: u64) {
        let draw = &mut Draw(seed);
        let (inputs, outputs) = (draw.between(1, 41), draw.between(1, 29));
        let kernel = Pointwise { rows: 1, inputs, outputs, epilogue: Epilogue::default() };
        let (bytes, numbers) = halves(draw, inputs * outputs);
        prop_assert_eq!(kernel.pack_halves(&bytes), kernel.pack(&numbers));
    }

    #[test]
    fn convolution(seed: u64) {
        let draw = &mut Draw(seed);
        let (size, inputs, outputs) = (draw.between(1, 3), draw.between(1, 12), draw.between(1, 19));
        let (input, output) = (Image::new(5, 6, inputs), Image::new(6 - size, 7 - size, outputs));
        let kernel = Conv { input, output, window: Window::square(size, 1, 0), epilogue: Epilogue::default() };
        let (bytes, numbers) = halves(draw, size * size * inputs * outputs);
        prop_assert_eq!(kernel.pack_halves(&bytes), kernel.pack(&numbers));
    }

    #[test]
    fn depthwise(seed: u64) {
        let draw = &mut Draw(seed);
        let (size, channels) = (draw.between(1, 3), draw.between(1, 19));
        let (input, output) = (Image::new(5, 6, channels), Image::new(6 - size, 7 - size, channels));
        let kernel = Depthwise { input, output, window: Window::square(size, 1, 0), epilogue: Epilogue::default() };
        let (bytes, numbers) = halves(draw, size * size * channels);
        prop_assert_eq!(kernel.pack_halves(&bytes), kernel.pack(&numbers));
    }
}

#[test]
fn another_number_of_bytes_is_refused_with_what_is_needed() {
    let pointwise = Pointwise { rows: 1, inputs: 3, outputs: 2, epilogue: Epilogue::default() };
    let refused =
        KernelError::Length { kernel: "pointwise convolution", what: "bytes of weights", needed: 12, found: 11 };
    assert_eq!(pointwise.pack_halves(&[0; 11]), Err(refused));
    let (input, window) = (Image::new(5, 5, 3), Window::square(3, 1, 1));
    for outputs in [1, 4] {
        let conv = Conv { input, output: Image::new(5, 5, outputs), window, epilogue: Epilogue::default() };
        assert!(conv.pack_halves(&vec![0; 54 * outputs + 2]).is_err());
    }
    let depthwise = Depthwise { input, output: input, window, epilogue: Epilogue::default() };
    assert!(depthwise.pack_halves(&[0; 27]).is_err());
}

#[test]
fn shapes_beyond_any_memory_are_refused_before_anything_is_allocated() {
    let huge = Pointwise { rows: usize::MAX, inputs: usize::MAX, outputs: usize::MAX, epilogue: Epilogue::default() };
    assert!(huge.pack_halves(&[]).is_err());
}
