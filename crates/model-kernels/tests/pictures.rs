//! Pooling, resizing and moving between depth and space, held against what each output is said to be.

mod common;

use common::{Draw, compare, naive};
use proptest::prelude::*;
use vitrine_model_kernels::{
    DepthToSpace, GlobalAverage, Image, Interpolation, Pool, PoolKind, Resize, Sampling, SpaceToDepth, Window,
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_pool_sees_only_what_lies_inside(seed: u64, side in 1_usize..4, stride in 1_usize..4, pad in 0_usize..3) {
        let draw = &mut Draw(seed);
        let window = Window::square(side, stride, pad.min(side - 1));
        let input = Image::new(draw.between(3, 9), draw.between(3, 9), draw.between(1, 9));
        let most = |size: usize| (size + window.pad.0 - 1) / stride + 1;
        let output = Image::new(most(input.height), most(input.width), input.channels);
        let data = draw.numbers(input.len());
        for kind in [PoolKind::Max, PoolKind::Average, PoolKind::AverageWithPadding] {
            let mut expected = Vec::new();
            for pixel in 0..output.pixels() {
                for channel in 0..output.channels {
                    let at = (pixel / output.width, pixel % output.width);
                    let seen: Vec<f32> = (0..window.taps())
                        .filter_map(|tap| naive::under(&window, &input, at, (tap / side, tap % side)))
                        .map(|place| data[place * input.channels + channel])
                        .collect();
                    expected.push(match kind {
                        PoolKind::Max => seen.iter().copied().fold(f32::NEG_INFINITY, f32::max),
                        PoolKind::Average => seen.iter().sum::<f32>() / seen.len() as f32,
                        PoolKind::AverageWithPadding => seen.iter().sum::<f32>() / (side * side) as f32,
                    });
                }
            }
            let mut found = vec![f32::NAN; output.len()];
            prop_assert_eq!(Pool { input, output, window, kind }.run(&data, &mut found), Ok(()));
            prop_assert_eq!(compare("pool", &expected, &found, 1e-6), Ok(()));
        }
    }

    #[test]
    fn the_global_average_is_the_mean_of_each_channel(seed: u64) {
        let draw = &mut Draw(seed);
        let input = Image::new(draw.between(1, 9), draw.between(1, 9), draw.between(1, 19));
        let data = draw.numbers(input.len());
        let expected: Vec<f32> = (0..input.channels)
            .map(|channel| data.iter().skip(channel).step_by(input.channels).sum::<f32>() / input.pixels() as f32)
            .collect();
        let mut found = vec![f32::NAN; input.channels];
        prop_assert_eq!(GlobalAverage { input }.run(&data, &mut found), Ok(()));
        prop_assert_eq!(compare("mean", &expected, &found, 1e-5), Ok(()));
    }

    #[test]
    fn depth_to_space_and_back_is_where_it_was(seed: u64, block in 1_usize..4) {
        let draw = &mut Draw(seed);
        let input = Image::new(draw.between(1, 6), draw.between(1, 6), block * block * draw.between(1, 5));
        let data = draw.numbers(input.len());
        let (mut there, mut back) = (vec![f32::NAN; data.len()], vec![f32::NAN; data.len()]);
        prop_assert_eq!(DepthToSpace { input, block }.run(&data, &mut there), Ok(()));
        let depth = input.channels / (block * block);
        for (place, x) in there.iter().enumerate() {
            let (pixel, channel) = (place / depth, place % depth);
            let (y, x_at) = (pixel / (input.width * block), pixel % (input.width * block));
            let from = (y / block * input.width + x_at / block) * input.channels;
            prop_assert_eq!(*x, data[from + (y % block * block + x_at % block) * depth + channel]);
        }
        let wide = Image::new(input.height * block, input.width * block, depth);
        prop_assert_eq!(SpaceToDepth { input: wide, block }.run(&there, &mut back), Ok(()));
        prop_assert_eq!(data, back);
    }

    #[test]
    fn resizing_a_slope_keeps_it_a_slope(height in 2_usize..9, width in 2_usize..9, channels in 1_usize..7) {
        // A plane is what bilinear interpolation reproduces exactly, so positions can be read off the values.
        let input = Image::new(height, width, channels);
        let output = Image::new(height * 2, width * 3, channels);
        let data: Vec<f32> = (0..input.len())
            .map(|at| (at / channels / width * 100 + at / channels % width) as f32 + (at % channels) as f32 * 0.25)
            .collect();
        for sampling in [Sampling::HalfPixel, Sampling::AlignCorners, Sampling::Asymmetric] {
            let place = |at: usize, from: usize, to: usize| {
                let (at, last, ratio) = (at as f32, (from - 1) as f32, from as f32 / to as f32);
                let place = match sampling {
                    Sampling::HalfPixel => (at + 0.5) * ratio - 0.5,
                    Sampling::AlignCorners => at * last / (to - 1) as f32,
                    Sampling::Asymmetric => at * ratio,
                };
                place.clamp(0.0, last)
            };
            let expected: Vec<f32> = (0..output.len())
                .map(|at| {
                    let (pixel, channel) = (at / channels, at % channels);
                    place(pixel / output.width, height, output.height) * 100.0
                        + place(pixel % output.width, width, output.width)
                        + channel as f32 * 0.25
                })
                .collect();
            let mut found = vec![f32::NAN; output.len()];
            let kernel = Resize { input, output, sampling, interpolation: Interpolation::Bilinear };
            prop_assert_eq!(kernel.run(&data, &mut found), Ok(()));
            prop_assert_eq!(compare("resize", &expected, &found, 1e-5), Ok(()));
        }
    }
}

#[test]
fn the_nearest_pixel_is_repeated_when_a_picture_doubles() {
    let (input, output) = (Image::new(1, 2, 1), Image::new(2, 4, 1));
    for sampling in [Sampling::HalfPixel, Sampling::Asymmetric] {
        let mut found = vec![0.0; 8];
        let kernel = Resize { input, output, sampling, interpolation: Interpolation::Nearest };
        assert_eq!(kernel.run(&[1.0, 2.0], &mut found), Ok(()));
        assert_eq!(found, [1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 2.0, 2.0]);
    }
}
