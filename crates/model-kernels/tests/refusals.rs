//! No length, shape or window makes a kernel panic or touch memory that is not its own: it says what is wrong.

use vitrine_model_kernels::{Conv, Depthwise, Epilogue, Image, KernelError, Operands, Pointwise, Shape, Window};

const NOTHING: Operands<'static> = Operands { bias: &[], slopes: &[], residual: &[] };

#[test]
fn a_slice_of_another_length_is_named() {
    let kernel = Pointwise { rows: 2, inputs: 3, outputs: 1, epilogue: Epilogue::default() };
    let packed = kernel.pack(&[1.0, 2.0, 3.0]).expect("three weights");
    let error = kernel.run(&packed, &NOTHING, &[0.0; 5], &mut [0.0; 2]);
    let expected = KernelError::Length { kernel: "pointwise convolution", what: "input", needed: 6, found: 5 };
    assert_eq!(error, Err(expected));
}

#[test]
fn shapes_beyond_any_memory_are_refused_before_anything_is_allocated() {
    let huge = Pointwise { rows: usize::MAX, inputs: usize::MAX, outputs: usize::MAX, epilogue: Epilogue::default() };
    assert!(huge.pack(&[]).is_err());
    assert!(huge.run(&[], &NOTHING, &[], &mut []).is_err());
    let image = Image::new(usize::MAX, 3, 7);
    for window in [Window::square(3, 1, 1), Window::square(usize::MAX, 1, 0), Window::square(3, usize::MAX, 2)] {
        let conv = Conv { input: image, output: image, window, epilogue: Epilogue::default() };
        assert!(conv.pack(&[]).is_err());
        let (_, _) = (conv.packed_len(), conv.scratch_len());
        let depthwise = Depthwise { input: image, output: image, window, epilogue: Epilogue::default() };
        assert!(depthwise.run(&[], &NOTHING, &[], &mut []).is_err());
    }
}

#[test]
fn a_window_that_never_touches_the_picture_is_refused() {
    let (input, output) = (Image::new(4, 4, 1), Image::new(9, 4, 1));
    let conv = Conv { input, output, window: Window::square(1, 1, 0), epilogue: Epilogue::default() };
    let rule = "the last window must begin inside the padded input";
    assert_eq!(conv.pack(&[1.0]), Err(KernelError::Shape { kernel: "convolution", rule }));
}

#[test]
fn a_side_of_zero_does_not_hide_huge_ones() {
    assert!(Shape::new(&[1 << 27, 1 << 27, 0]).is_err());
    assert!(Shape::new(&[0, usize::MAX]).is_err());
    assert_eq!(Shape::new(&[3, 0, 5]).map(|shape| shape.len()), Ok(0));
}
