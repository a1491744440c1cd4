//! Tests of the guided filter and its means.

use super::box_mean::BoxMean;
use super::guided::Guide;

#[test]
fn means_are_those_of_the_squares_as_far_as_they_lie_in_the_plane() {
    let (width, height, radius) = (7_i32, 5_i32, 2_i32);
    let plane: Vec<f32> = (0..width * height).map(|index| ((index * 37) % 11) as f32).collect();
    let means = BoxMean::new(7, 5, 2).of(plane.iter().copied());
    for y in 0..height {
        for x in 0..width {
            let square = (y - radius..=y + radius).flat_map(|y| (x - radius..=x + radius).map(move |x| (x, y)));
            let inside: Vec<f32> = square
                .filter(|&(x, y)| (0..width).contains(&x) && (0..height).contains(&y))
                .map(|(x, y)| plane[(y * width + x) as usize])
                .collect();
            let mean = inside.iter().sum::<f32>() / inside.len() as f32;
            assert!((means[(y * width + x) as usize] - mean).abs() < 1e-4, "{x} {y}");
        }
    }
}

#[test]
fn a_blurred_and_shifted_mask_snaps_to_the_edge_between_two_colours() {
    let side = 64;
    let edge = 30;
    let place = |x: usize| x < edge;
    let plane = |low: f32, high: f32| -> Vec<f32> {
        (0..side * side).map(|index| if place(index % side) { low } else { high }).collect()
    };
    let colours = [plane(0.9, 0.2), plane(0.8, 0.3), plane(0.1, 0.3)];
    // A ramp of eight cells around a place two cells beside the edge.
    let mask: Vec<f32> =
        (0..side * side).map(|index| ((34.0 + 2.0 - (index % side) as f32) / 8.0).clamp(0.0, 1.0)).collect();
    let explained = Guide::new(colours.clone(), side, side, 6, 0.001).explain(&mask);
    let at = |x: usize| -> f32 {
        let index = 32 * side + x;
        let colour = [colours[0][index], colours[1][index], colours[2][index], 1.0];
        explained.0.iter().zip(colour).map(|(plane, colour)| plane[index] * colour).sum()
    };
    let step = at(edge - 1) - at(edge);
    let before = mask[edge - 1] - mask[edge];
    assert!(step > 0.4 && before < 0.13, "from {before} to {step}");
    assert!(at(10) > 0.99 && at(54) < 0.01);
}
