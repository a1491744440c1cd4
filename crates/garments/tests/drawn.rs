//! Drawn garments, whose points and edges are known.
#![allow(clippy::unwrap_used, reason = "a failure in a helper is a failed test")]
#![allow(clippy::indexing_slicing, reason = "a failure in a helper is a failed test")]

use vitrine_garments::{Garment, GarmentError, Kind, Place, Side, Sleeves};
use vitrine_vision::{Picture, Point};

const SIDE: usize = 800;

/// The right half of an outline, from the top of the axis to its bottom, in shares of the picture; x from the axis.
type Half = &'static [[f32; 2]];

const TEE: Half = &[
    [0.0, 0.16],
    [0.09, 0.15],
    [0.105, 0.165],
    [0.24, 0.22],
    [0.40, 0.42],
    [0.29, 0.48],
    [0.24, 0.40],
    [0.24, 0.86],
    [0.0, 0.86],
];
const JACKET: Half = &[
    [0.0, 0.12],
    [0.08, 0.11],
    [0.10, 0.15],
    [0.24, 0.21],
    [0.42, 0.86],
    [0.33, 0.88],
    [0.24, 0.52],
    [0.23, 0.82],
    [0.0, 0.82],
];
const TROUSERS: Half = &[[0.0, 0.1], [0.16, 0.1], [0.19, 0.28], [0.20, 0.92], [0.06, 0.92], [0.01, 0.36], [0.0, 0.36]];

/// How much of each pixel an outline covers, from sixteen places in it.
fn coverage(half: Half) -> Vec<f32> {
    let mirrored = half.iter().rev().map(|[x, y]| [0.5 - x, *y]);
    let outline: Vec<[f32; 2]> = half.iter().map(|[x, y]| [0.5 + x, *y]).chain(mirrored).collect();
    let holds = |x: f32, y: f32| {
        let next = outline.iter().cycle().skip(1);
        let crossings = outline
            .iter()
            .zip(next)
            .filter(|([ax, ay], [bx, by])| (*ay > y) != (*by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax));
        crossings.count() % 2 == 1
    };
    let quarter = |index: usize| (index as f32 + 0.5) / 4.0;
    (0..SIDE * SIDE)
        .map(|index| {
            let (x, y) = ((index % SIDE) as f32, (index / SIDE) as f32);
            let places = (0..16)
                .filter(|place| holds((x + quarter(place % 4)) / SIDE as f32, (y + quarter(place / 4)) / SIDE as f32));
            places.count() as f32 / 16.0
        })
        .collect()
}

/// Cloth of a colour on light grey that changes over the picture, with a soft shadow below it and a little noise.
fn drawn(half: Half, cloth: [f32; 3]) -> (Vec<u8>, Vec<f32>) {
    let covered = coverage(half);
    let shadow = |x: usize, y: usize| {
        let places = (1..=24_usize).map(|step| {
            let above = y.saturating_sub(step);
            covered[above * SIDE + x] * (25 - step) as f32
        });
        1.0 - 0.35 * places.sum::<f32>() / 300.0
    };
    let mut pixels = Vec::with_capacity(SIDE * SIDE * 4);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let ground = [236.0, 237.0, 232.0].map(|channel| channel - 6.0 * y as f32 / SIDE as f32);
            let noise = ((x * 7919 + y * 104_729) % 13) as f32 / 6.0 - 1.0;
            let share = covered[y * SIDE + x];
            for (ground, cloth) in ground.into_iter().zip(cloth) {
                let mixed = cloth * share + ground * shadow(x, y) * (1.0 - share);
                pixels.push((mixed + noise).clamp(0.0, 255.0) as u8);
            }
            pixels.push(255);
        }
    }
    (pixels, covered)
}

fn find(half: Half, cloth: [f32; 3]) -> (Garment, Vec<f32>) {
    let (pixels, covered) = drawn(half, cloth);
    (Garment::find(&Picture::upright(&pixels, SIDE, SIDE).unwrap()).unwrap(), covered)
}

const CLOTHS: [[f32; 3]; 4] = [[40.0, 60.0, 120.0], [30.0, 30.0, 32.0], [250.0, 250.0, 252.0], [120.0, 70.0, 40.0]];

#[test]
fn points_are_within_some_hundredths_of_the_shoulders_width() {
    use Place::{Armpit, Collar, CuffInner, CuffOuter, HemInner, HemOuter, Hip, Shoulder, Waist};
    let tee: &[(Place, usize)] = &[(Collar, 2), (Shoulder, 3), (CuffOuter, 4), (CuffInner, 5), (Armpit, 6), (Hip, 7)];
    let jacket: &[(Place, usize)] = &[(Collar, 2), (Shoulder, 3), (CuffOuter, 4), (CuffInner, 5), (Hip, 7)];
    let trousers: &[(Place, usize)] = &[(Waist, 1), (HemOuter, 3), (HemInner, 4)];
    let kinds = [
        (TEE, tee, Kind::Top, Some(Sleeves::Short)),
        (JACKET, jacket, Kind::Top, Some(Sleeves::Long)),
        (TROUSERS, trousers, Kind::Trousers, None),
    ];
    for (half, places, kind, sleeves) in kinds {
        for cloth in CLOTHS {
            let (garment, _) = find(half, cloth);
            assert_eq!((garment.kind, garment.sleeves), (kind, sleeves), "{cloth:?}");
            assert!((garment.axis - SIDE as f32 / 2.0).abs() < 2.0);
            for &(place, corner) in places {
                for (side, sign) in [(Side::Left, -1.0), (Side::Right, 1.0)] {
                    let [x, y] = half[corner];
                    let truth = Point::new((0.5 + sign * x) * SIDE as f32, y * SIDE as f32);
                    let mark = garment.at(place, side).unwrap();
                    let apart = mark.point.distance(truth);
                    // A waistband is marked a little below its upper edge.
                    // The shadow of a sleeve fills the narrow end of an armpit.
                    // White on white is told by coarsely stored hues, and smoothed.
                    let allowed = match place {
                        Waist => 0.04,
                        Armpit if cloth[0] > 200.0 => 0.09,
                        Armpit => 0.03,
                        _ if cloth[0] > 200.0 => 0.04,
                        _ => 0.02,
                    };
                    println!("{cloth:?} {side:?} {place:?}: {apart:.1} px");
                    assert!(
                        apart <= allowed * 0.48 * SIDE as f32,
                        "{cloth:?} {side:?} {place:?}: {:?}, not {truth:?}",
                        mark.point
                    );
                }
            }
        }
    }
}

#[test]
fn edges_are_as_soft_as_they_are_and_shadows_are_not_cloth() {
    for cloth in CLOTHS {
        let (garment, covered) = find(JACKET, cloth);
        let difference =
            garment.alpha.iter().zip(&covered).map(|(alpha, share)| (f32::from(*alpha) / 255.0 - share).abs());
        let mixed = covered.iter().filter(|share| **share > 0.0 && **share < 1.0).count() as f32;
        // In pixels of the outline's length: a mask that is one pixel too wide would have one.
        let error = difference.sum::<f32>() / mixed;
        println!("{cloth:?}: {error:.3} pixels");
        let most = if cloth[0] > 200.0 { 0.8 } else { 0.5 };
        assert!(error < most, "{cloth:?}: {error}");
    }
}

#[test]
fn an_empty_ground_has_no_garment_and_small_and_large_pictures_are_refused() {
    let empty = vec![230; SIDE * SIDE * 4];
    let refused =
        |pixels: &[u8], width, height| Garment::find(&Picture::upright(pixels, width, height).unwrap()).unwrap_err();
    assert!(matches!(refused(&empty, SIDE, SIDE), GarmentError::NoGarment { .. }));
    assert!(matches!(refused(&empty, 100, 800), GarmentError::Small { .. }));
    assert!(matches!(refused(&empty[..4097 * 128 * 4], 4097, 128), GarmentError::Large { .. }));
}

#[test]
fn a_square_is_no_garment() {
    let (pixels, _) = drawn(&[[0.0, 0.2], [0.3, 0.2], [0.3, 0.8], [0.0, 0.8]], CLOTHS[0]);
    let error = Garment::find(&Picture::upright(&pixels, SIDE, SIDE).unwrap()).unwrap_err();
    assert!(matches!(error, GarmentError::Outline { .. }), "{error}");
}

#[test]
fn any_pixels_give_a_garment_or_an_error() {
    let mut state = 1_u32;
    let mut random = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 16
    };
    for _ in 0..12 {
        let (width, height) = (128 + random() as usize % 80, 128 + random() as usize % 80);
        let mut pixels = vec![231; width * height * 4];
        // Blots of any shade on an even ground, some over the edge.
        for _ in 0..random() % 12 {
            let (x, y) = (random() as usize % width, random() as usize % height);
            let (right, low) = (x + random() as usize % 90, y + random() as usize % 90);
            let shade = random() as u8;
            for y in y..low.min(height) {
                for x in x..right.min(width) {
                    pixels[(y * width + x) * 4..][..3].fill(shade.wrapping_add((x % 3) as u8));
                }
            }
        }
        if let Ok(garment) = Garment::find(&Picture::upright(&pixels, width, height).unwrap()) {
            assert_eq!(garment.alpha.len(), width * height);
        }
    }
}
