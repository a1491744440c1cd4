//! Elementwise operations, reductions and moves, on tensors of any shape.

mod common;

use common::{Draw, compare, naive};
use proptest::prelude::*;
use vitrine_model_kernels::{
    Activation, Binary, BinaryOp, Concat, Gather, LayerNorm, MOST_AXES, Pad, Reduce, ReduceKind, ScaleChannels, Shape,
    Slice, Softmax, Transpose, Unary,
};

/// Every place of a tensor, in the order of memory.
fn places(sides: &[usize]) -> Vec<Vec<usize>> {
    sides.iter().fold(vec![Vec::new()], |all, side| {
        all.iter().flat_map(|place| (0..*side).map(|at| [place.as_slice(), &[at]].concat())).collect()
    })
}

/// Where a place lies in memory; sides of 1 are repeated.
fn offset(sides: &[usize], place: &[usize]) -> usize {
    let place = &place[place.len() - sides.len()..];
    sides.iter().zip(place).fold(0, |sum, (side, at)| sum * side + if *side == 1 { 0 } else { *at })
}

fn shape(sides: &[usize]) -> Shape {
    Shape::new(sides).unwrap_or_else(|error| unreachable!("{error}"))
}

fn six(values: &[usize], rest: usize) -> [usize; MOST_AXES] {
    let mut all = [rest; MOST_AXES];
    all[..values.len()].copy_from_slice(values);
    all
}

fn sides() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(1_usize..6, 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_side_of_one_is_repeated(seed: u64, all in sides(), op in prop::sample::select(vec![
        BinaryOp::Add, BinaryOp::Sub, BinaryOp::Mul, BinaryOp::Div, BinaryOp::Max, BinaryOp::Min,
        BinaryOp::SquaredDifference,
    ])) {
        let draw = &mut Draw(seed);
        let mut thin = |least: usize| -> Vec<usize> {
            let kept = draw.between(least, all.len());
            all[all.len() - kept..].iter().map(|side| if draw.between(0, 2) == 0 { 1 } else { *side }).collect()
        };
        let (left, right) = (thin(1), thin(0));
        let kernel = Binary { op, left: shape(&left), right: shape(&right), activation: Activation::Relu };
        let output = kernel.output().expect("they go together");
        let (a, b) = (draw.numbers(kernel.left.len()), draw.numbers(kernel.right.len()));
        let expected: Vec<f32> = places(output.sides())
            .iter()
            .map(|place| op.of(a[offset(&left, place)], b[offset(&right, place)]).max(0.0))
            .collect();
        let mut found = vec![f32::NAN; output.len()];
        prop_assert_eq!(kernel.run(&a, &b, &mut found), Ok(()));
        prop_assert_eq!(compare("binary", &expected, &found, 1e-6), Ok(()));
        if output.len() == a.len() {
            let mut own = a;
            prop_assert_eq!(kernel.run_in_place(&mut own, &b), Ok(()));
            prop_assert_eq!(own, found);
        }
    }

    #[test]
    fn what_is_cut_out_of_the_padded_is_what_was_padded(seed: u64, all in sides()) {
        let draw = &mut Draw(seed);
        let before: Vec<usize> = all.iter().map(|_| draw.between(0, 2)).collect();
        let wide: Vec<usize> = all.iter().zip(&before).map(|(side, before)| side + before + draw.between(0, 2)).collect();
        let data = draw.numbers(all.iter().product());
        let (small, large) = (shape(&all), shape(&wide));
        let mut padded = vec![f32::NAN; large.len()];
        let pad = Pad { input: small, output: large, before: six(&before, 0), value: 7.0 };
        prop_assert_eq!(pad.run(&data, &mut padded), Ok(()));
        prop_assert_eq!(padded.iter().filter(|x| **x == 7.0).count(), large.len() - small.len());
        let mut back = vec![f32::NAN; small.len()];
        let slice = Slice { input: large, output: small, start: six(&before, 0), step: [1; MOST_AXES] };
        prop_assert_eq!(slice.run(&padded, &mut back), Ok(()));
        prop_assert_eq!(back, data);
    }

    #[test]
    fn a_transposed_tensor_has_its_places_reordered(seed: u64, all in sides()) {
        let draw = &mut Draw(seed);
        let mut order: Vec<usize> = (0..all.len()).collect();
        (1..order.len()).for_each(|at| order.swap(at, draw.between(0, at)));
        let data = draw.numbers(all.iter().product());
        let mut found = vec![f32::NAN; data.len()];
        let kernel = Transpose { input: shape(&all), order: six(&order, 0) };
        prop_assert_eq!(kernel.run(&data, &mut found), Ok(()));
        let turned: Vec<usize> = order.iter().map(|axis| all[*axis]).collect();
        for (place, x) in places(&turned).iter().zip(&found) {
            let mut from = vec![0; all.len()];
            order.iter().zip(place).for_each(|(axis, at)| from[*axis] = *at);
            prop_assert_eq!(*x, data[offset(&all, &from)]);
        }
    }

    #[test]
    fn parts_lie_side_by_side_after_joining(seed: u64, all in sides(), axis in 0_usize..4, other in 1_usize..4) {
        let draw = &mut Draw(seed);
        let axis = axis % all.len();
        let mut more = all.clone();
        more[axis] = other;
        let total = all[axis] + other;
        let (a, b) = (draw.numbers(all.iter().product()), draw.numbers(more.iter().product()));
        let mut found = vec![f32::NAN; a.len() + b.len()];
        let first = Concat { part: shape(&all), axis, total, start: 0 };
        let second = Concat { part: shape(&more), axis, total, start: all[axis] };
        prop_assert_eq!(first.run(&a, &mut found), Ok(()));
        prop_assert_eq!(second.run(&b, &mut found), Ok(()));
        let mut joined = all.clone();
        joined[axis] = total;
        for (place, x) in places(&joined).iter().zip(&found) {
            let mut from = place.clone();
            let expected = if place[axis] < all[axis] {
                a[offset(&all, &from)]
            } else {
                from[axis] -= all[axis];
                b[offset(&more, &from)]
            };
            prop_assert_eq!(*x, expected);
        }
    }

    #[test]
    fn softmax_sums_up_to_one_and_keeps_ratios(seed: u64, all in sides(), axis in 0_usize..4) {
        let axis = axis % all.len();
        let data: Vec<f32> = Draw(seed).numbers(all.iter().product()).iter().map(|x| x * 9.0).collect();
        let mut found = vec![f32::NAN; data.len()];
        prop_assert_eq!(Softmax { shape: shape(&all), axis }.run(&data, &mut found), Ok(()));
        let expected: Vec<f32> = places(&all)
            .iter()
            .map(|place| {
                let line = (0..all[axis]).map(|at| {
                    let mut other = place.clone();
                    other[axis] = at;
                    f64::from(data[offset(&all, &other)]).exp()
                });
                (f64::from(data[offset(&all, place)]).exp() / line.sum::<f64>()) as f32
            })
            .collect();
        prop_assert_eq!(compare("softmax", &expected, &found, 1e-6), Ok(()));
    }

    #[test]
    fn a_reduction_sees_every_number_of_its_line(seed: u64, all in sides(), first in 0_usize..4, more in 1_usize..4) {
        let first = first % all.len();
        let last = (first + more).min(all.len());
        let data = Draw(seed).numbers(all.iter().product());
        for kind in [ReduceKind::Sum, ReduceKind::Mean, ReduceKind::Max, ReduceKind::Min] {
            let left = [&all[..first], &all[last..]].concat();
            let mut lines = vec![Vec::new(); left.iter().product()];
            for (place, x) in places(&all).iter().zip(&data) {
                lines[offset(&left, &[&place[..first], &place[last..]].concat())].push(*x);
            }
            let expected: Vec<f32> = lines
                .iter()
                .map(|line| match kind {
                    ReduceKind::Sum => line.iter().sum(),
                    ReduceKind::Mean => line.iter().sum::<f32>() / line.len() as f32,
                    ReduceKind::Max => line.iter().copied().fold(f32::NEG_INFINITY, f32::max),
                    ReduceKind::Min => line.iter().copied().fold(f32::INFINITY, f32::min),
                })
                .collect();
            let mut found = vec![f32::NAN; expected.len()];
            prop_assert_eq!(Reduce { input: shape(&all), first, last, kind }.run(&data, &mut found), Ok(()));
            prop_assert_eq!(compare("reduce", &expected, &found, 1e-5), Ok(()));
        }
    }

    #[test]
    fn every_activation_is_what_the_textbook_says(seed: u64, count in 1_usize..30) {
        let data: Vec<f32> = Draw(seed).numbers(count).iter().map(|x| x * 12.0).collect();
        for activation in [
            Activation::None, Activation::Relu, Activation::Relu6, Activation::Clamp { low: -3.0, high: 2.0 },
            Activation::LeakyRelu { slope: 0.2 }, Activation::HardSwish, Activation::Sigmoid, Activation::Silu,
            Activation::HardSigmoid { alpha: 0.2, beta: 0.5 }, Activation::Tanh, Activation::Gelu, Activation::Exp,
        ] {
            let expected: Vec<f32> = data.iter().map(|x| naive::activate(activation, *x, 0.0)).collect();
            let mut found = vec![f32::NAN; count];
            prop_assert_eq!(Unary { activation, channels: 1 }.run(&[], &data, &mut found), Ok(()));
            prop_assert_eq!(compare(&format!("{activation:?}"), &expected, &found, 2e-6), Ok(()));
        }
    }

    #[test]
    fn layer_normalization_has_mean_zero_and_variance_one(seed: u64, rows in 1_usize..5, width in 2_usize..30) {
        let draw = &mut Draw(seed);
        let data = draw.numbers(rows * width);
        let (scale, shift) = (draw.numbers(width), draw.numbers(width));
        let mut found = vec![f32::NAN; data.len()];
        let kernel = LayerNorm { rows, width, epsilon: 1e-3 };
        prop_assert_eq!(kernel.run(&scale, &shift, &data, &mut found), Ok(()));
        let mut expected = Vec::new();
        for row in data.chunks(width) {
            let mean = row.iter().map(|x| f64::from(*x)).sum::<f64>() / width as f64;
            let variance = row.iter().map(|x| (f64::from(*x) - mean).powi(2)).sum::<f64>() / width as f64;
            expected.extend(row.iter().zip(scale.iter().zip(&shift)).map(|(x, (scale, shift))| {
                ((f64::from(*x) - mean) / (variance + 1e-3).sqrt() * f64::from(*scale) + f64::from(*shift)) as f32
            }));
        }
        prop_assert_eq!(compare("layer norm", &expected, &found, 1e-4), Ok(()));
    }

    #[test]
    fn channels_are_scaled_each_by_its_own_factor(seed: u64, rows in 1_usize..9, channels in 1_usize..19) {
        let draw = &mut Draw(seed);
        let (data, factors) = (draw.numbers(rows * channels), draw.numbers(channels));
        for addend in [Vec::new(), draw.numbers(rows * channels)] {
            let expected: Vec<f32> = (0..data.len())
                .map(|at| data[at] * factors[at % channels] + addend.get(at).copied().unwrap_or(0.0))
                .collect();
            let mut found = vec![f32::NAN; data.len()];
            prop_assert_eq!(ScaleChannels { rows, channels }.run(&data, &factors, &addend, &mut found), Ok(()));
            prop_assert_eq!(compare("scale", &expected, &found, 1e-6), Ok(()));
        }
    }
}

#[test]
fn rows_are_picked_by_number_and_a_number_without_a_row_is_refused() {
    let table = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let mut found = vec![0.0; 4];
    let kernel = Gather { rows: 3, width: 2 };
    assert_eq!(kernel.run(&table, &[2.0, 0.0], &mut found), Ok(()));
    assert_eq!(found, [5.0, 6.0, 1.0, 2.0]);
    for wrong in [3.0, -1.0, f32::NAN] {
        assert!(kernel.run(&table, &[wrong, 0.0], &mut found).is_err());
    }
}
