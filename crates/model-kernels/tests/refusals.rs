//! No length, shape or window makes a kernel panic or touch memory that is not its own: it says what is wrong.

use vitrine_model_kernels::{
    Conv, Depthwise, Epilogue, Image, KernelError, Operands, Pointwise, Shape, TransposedConv, Window,
};

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

#[test]
fn every_layer_refuses_each_slice_of_another_length() {
    let (image, window, epilogue) = (Image::new(4, 4, 2), Window::square(2, 2, 0), Epilogue::default());
    let half = Image::new(2, 2, 2);
    let conv = Conv { input: image, output: half, window, epilogue };
    let depthwise = Depthwise { input: image, output: half, window, epilogue };
    let pointwise = Pointwise { rows: 16, inputs: 2, outputs: 2, epilogue };
    let transposed = TransposedConv { input: half, output: image, window, epilogue };
    let what = |result: Result<(), KernelError>| match result {
        Err(KernelError::Length { what, .. }) => what,
        other => panic!("it should name a slice: {other:?}"),
    };
    let zeros = [0.0_f32; 99];
    for slice in ["packed weights", "input", "output", "scratch", "bias", "slopes", "residual"] {
        // One number more than there should be, in one slice.
        let of = |name: &str, length: usize| zeros.get(..length + usize::from(name == slice)).unwrap_or_default();
        let more = |name| of(name, 0);
        let bias = if slice == "bias" { &zeros[..3] } else { &[] };
        let operands = Operands { bias, slopes: more("slopes"), residual: more("residual") };
        let (mut out, side) = (of("output", 8).to_vec(), |length| of("scratch", length).to_vec());
        let (input, small) = (of("input", 32), of("input", 8));
        let mut large = of("output", 32).to_vec();
        let packed = |length| of("packed weights", length);
        let scratch = &mut side(conv.scratch_len());
        assert_eq!(what(conv.run(packed(conv.packed_len()), &operands, input, &mut out, scratch)), slice);
        let scratch = &mut side(transposed.scratch_len());
        let length = transposed.packed_len();
        assert_eq!(what(transposed.run(packed(length), &operands, small, &mut large, scratch)), slice);
        if slice == "scratch" {
            continue; // the others need none
        }
        let length = depthwise.packed_len();
        assert_eq!(what(depthwise.run(packed(length), &operands, input, &mut out)), slice);
        let length = pointwise.packed_len();
        assert_eq!(what(pointwise.run(packed(length), &operands, input, &mut large)), slice);
    }
    for refused in [conv.pack(&zeros[..7]), depthwise.pack(&zeros[..7]), pointwise.pack(&zeros[..7])] {
        assert_eq!(what(refused.map(drop)), "weights");
    }
    assert_eq!(what(transposed.pack(&zeros[..7]).map(drop)), "weights");
}
