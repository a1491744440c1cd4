//! Pictures, regions and sampling: borders, orientations, and what is refused.
#![allow(clippy::unwrap_used, reason = "a failure in a helper is a failed test")]

mod common;

use common::model;
use vitrine_vision::pose::PoseLandmarker;
use vitrine_vision::{Border, Cutoffs, OneEuro, Orientation, Picture, Point, Region, VisionError, sample};

/// Three columns, two rows: 10 20 30 / 40 50 60 in red.
fn stored() -> Vec<u8> {
    [10, 20, 30, 40, 50, 60].into_iter().flat_map(|red| [red, 0, 0, 255]).collect()
}

fn reds(picture: &Picture<'_>) -> Vec<Vec<u8>> {
    let row = |y| (0..picture.width()).map(|x| picture.rgb(x, y).unwrap()[0]).collect();
    (0..picture.height()).map(row).collect()
}

#[test]
fn every_orientation_is_seen_as_exif_says() {
    // What the first stored row and column are in the picture as seen (EXIF 2.32, tag 0x0112).
    let seen: [&[&[u8]]; 8] = [
        &[&[10, 20, 30], &[40, 50, 60]],
        &[&[30, 20, 10], &[60, 50, 40]],
        &[&[60, 50, 40], &[30, 20, 10]],
        &[&[40, 50, 60], &[10, 20, 30]],
        &[&[10, 40], &[20, 50], &[30, 60]],
        &[&[40, 10], &[50, 20], &[60, 30]],
        &[&[60, 30], &[50, 20], &[40, 10]],
        &[&[30, 60], &[20, 50], &[10, 40]],
    ];
    let stored = stored();
    for (tag, seen) in (1..).zip(seen) {
        let picture = Picture::new(&stored, 3, 2, 12, Orientation::from_exif(tag).unwrap()).unwrap();
        assert_eq!(reds(&picture), seen, "tag {tag}");
        // Sampling sees the same.
        let mut sampled = vec![0.0; picture.width() * picture.height() * 3];
        let places = Region::whole(&picture).from_pixels(picture.width(), picture.height());
        sample(&picture, &places, picture.width(), Border::Edge, [0.0, 255.0], &mut sampled);
        let reds: Vec<u8> = sampled.iter().step_by(3).map(|red| red.round() as u8).collect();
        assert_eq!(reds, seen.concat(), "tag {tag}, sampled");
    }
    assert_eq!(Orientation::from_exif(0), None);
    assert_eq!(Orientation::from_exif(9), None);
}

#[test]
fn beyond_the_edge_is_black_or_the_edge() {
    let stored = stored();
    let picture = Picture::upright(&stored, 3, 2).unwrap();
    let region = Region::between(Point::new(-2.0, 0.0), Point::new(4.0, 1.0));
    let row = |border| {
        let mut numbers = vec![0.0; 18];
        sample(&picture, &region.from_pixels(6, 1), 6, border, [0.0, 255.0], &mut numbers);
        numbers.iter().step_by(3).map(|red| red.round() as u8).collect::<Vec<_>>()
    };
    assert_eq!(row(Border::Black), [0, 0, 10, 20, 30, 0]);
    assert_eq!(row(Border::Edge), [10, 10, 10, 20, 30, 30]);
}

#[test]
fn sampled_colours_are_rounded_and_brought_into_range() {
    let stored = stored();
    let picture = Picture::upright(&stored, 3, 2).unwrap();
    // Half way between all of 10, 20, 40 and 50 is 30; a sixteenth from 10 to 20 is 10.625, rounded 11.
    let at = |x: f32, y: f32| {
        let region = Region::between(Point::new(x, y), Point::new(x + 1.0, y + 1.0));
        let mut numbers = [0.0; 3];
        sample(&picture, &region.from_pixels(1, 1), 1, Border::Black, [-1.0, 1.0], &mut numbers);
        (numbers[0] + 1.0) * 127.5
    };
    assert!((at(0.5, 0.5) - 30.0).abs() < 1e-3);
    assert!((at(0.0625, 0.0) - 11.0).abs() < 1e-3);
}

#[test]
fn a_region_that_is_no_number_samples_without_a_fuss() {
    let stored = stored();
    let picture = Picture::upright(&stored, 3, 2).unwrap();
    for wrong in [f32::NAN, f32::INFINITY, f32::MAX] {
        let region = Region { center: Point::new(wrong, 0.0), width: wrong, height: 1.0, rotation: 0.0 };
        let mut numbers = vec![0.0; 12];
        for border in [Border::Black, Border::Edge] {
            sample(&picture, &region.from_pixels(2, 2), 2, border, [0.0, 1.0], &mut numbers);
            assert!(numbers.iter().all(|number| (0.0..=1.0).contains(number)));
        }
    }
}

#[test]
fn the_way_into_a_region_and_back_is_the_same_place() {
    let region = Region { center: Point::new(310.0, 220.0), width: 400.0, height: 260.0, rotation: 0.7 };
    let there = region.from_unit();
    let back = there.inverse().unwrap();
    for (x, y) in [(0.0, 0.0), (1.0, 0.0), (0.3, 0.9)] {
        let place = back.apply(there.apply(Point::new(x, y)));
        assert!(place.distance(Point::new(x, y)) < 1e-5);
    }
    assert!(there.apply(Point::new(0.5, 0.5)).distance(region.center) < 1e-3);
    assert!(Region { width: 0.0, ..region }.from_unit().inverse().is_none());
}

#[test]
fn pictures_with_missing_bytes_are_refused_with_what_they_need() {
    let stored = stored();
    let short = Picture::upright(&stored[..20], 3, 2).unwrap_err();
    assert_eq!(short, VisionError::Pixels { width: 3, height: 2, stride: 12, needed: 24, found: 20 });
    assert!(short.to_string().contains("needs 24 bytes and 20 were given"));
    assert!(Picture::new(&stored, 3, 2, 8, Orientation::Upright).is_err());
    assert!(Picture::new(&stored, 3, 2, usize::MAX, Orientation::Upright).is_err());
    assert!(matches!(Picture::upright(&[], 0, 5), Err(VisionError::Size { .. })));
    assert!(matches!(Picture::upright(&[], usize::MAX, 1), Err(VisionError::Size { .. })));
}

#[test]
fn another_model_is_refused_by_name() {
    let error = PoseLandmarker::new(model("selfie_segmentation")).unwrap_err().to_string();
    assert!(error.contains("`selfie_segmentation`") && error.contains("no output `Identity`"), "{error}");
}

#[test]
fn a_one_euro_filter_calms_what_stands_still_and_follows_what_moves() {
    let cutoffs = Cutoffs { least: 0.05, per_speed: 80.0, speed: 1.0 };
    let mut filter = OneEuro::new(cutoffs);
    let mut last = 0.0;
    for frame in 1..=60 {
        let jitter = if frame % 2 == 0 { 0.5 } else { -0.5 };
        last = filter.next(100.0 + jitter, 1e-3, frame * 33_333);
    }
    let calm = (filter.next(100.5, 1e-3, 61 * 33_333) - last).abs();
    assert!(calm < 0.4, "a jitter of one pixel becomes {calm}");
    for frame in 62..=90 {
        last = filter.next(100.0 + (frame - 61) as f32 * 20.0, 1e-3, frame * 33_333);
    }
    assert!((last - 680.0).abs() < 8.0, "it is at {last} when the truth is at 680");
    assert_eq!(filter.next(5.0, 1e-3, 90 * 33_333), 5.0, "a frame of the same time comes back as it is");
}
