//! People are taken apart into hair, skin and clothes, along the edges of the picture.
#![allow(clippy::unwrap_used, reason = "a failure in a helper is a failed test")]

mod common;

use common::{model, small, tracker};
use vitrine_vision::parsing::{LiveMask, Part, PersonParser};
use vitrine_vision::pose::Joint;
use vitrine_vision::{Orientation, Picture, Point, Region};

#[test]
fn parts_of_a_person_lie_where_the_body_has_them() {
    let photo = small("portrait.png");
    let pose = tracker("full").photo(&photo.picture()).unwrap().unwrap();
    let mut parser = PersonParser::new(model("selfie_multiclass_256x256")).unwrap();
    let parsing = parser.parse(&photo.picture(), &pose.surroundings()).unwrap();
    let at = |point: Point| parsing.most(point.x as usize, point.y as usize);
    let nose = pose.point(Joint::Nose);
    let mouth = pose.point(Joint::MouthLeft).toward(pose.point(Joint::MouthRight), 0.5);
    let shoulders = pose.point(Joint::LeftShoulder).toward(pose.point(Joint::RightShoulder), 0.5);
    assert_eq!(at(nose), Part::FaceSkin);
    assert_eq!(at(nose.toward(mouth, -3.5)), Part::Hair);
    assert_eq!(at(mouth.toward(shoulders, 0.55)), Part::BodySkin);
    assert_eq!(at(pose.point(Joint::RightShoulder)), Part::Clothes);
    assert_eq!(parsing.most(photo.width - 8, 30), Part::Background);
}

#[test]
fn shares_add_up_and_outside_the_rectangle_all_is_background() {
    let photo = small("posture.png");
    let mut parser = PersonParser::new(model("selfie_multiclass_256x256")).unwrap();
    let region = Region::between(Point::new(60.0, 10.0), Point::new(200.5, 250.0));
    let parsing = parser.parse(&photo.picture(), &region).unwrap();
    // Widened to three quarters of its height, since it is narrower.
    assert_eq!([parsing.left, parsing.top, parsing.width, parsing.height], [40, 10, 181, 240]);
    for y in 0..photo.height {
        for x in 0..photo.width {
            let sum: u32 = Part::ALL.iter().map(|&part| u32::from(parsing.share(part, x, y))).sum();
            assert!((252..=258).contains(&sum), "{x} {y}: {sum}");
        }
    }
    assert_eq!(parsing.share(Part::Background, 30, 100), 255);
    assert_eq!(parsing.share(Part::Clothes, 30, 100), 0);
}

#[test]
fn a_turned_file_is_parsed_as_it_is_seen() {
    let photo = small("portrait.png");
    // Stored as a camera that was held sideways stores it: to be turned clockwise.
    let mut stored = photo.pixels.clone();
    for y in 0..photo.height {
        for x in 0..photo.width {
            let (from, to) = ((y * photo.width + x) * 4, ((photo.width - 1 - x) * photo.height + y) * 4);
            stored[to..to + 4].copy_from_slice(&photo.pixels[from..from + 4]);
        }
    }
    let turned = Picture::new(&stored, photo.height, photo.width, photo.height * 4, Orientation::Clockwise).unwrap();
    let mut parser = PersonParser::new(model("selfie_multiclass_256x256")).unwrap();
    let upright = parser.parse(&photo.picture(), &Region::whole(&photo.picture())).unwrap();
    let turned = parser.parse(&turned, &Region::whole(&turned)).unwrap();
    for part in Part::ALL {
        assert!(upright.plane(part) == turned.plane(part), "{part:?}");
    }
}

#[test]
fn a_live_mask_covers_the_person_and_allocates_nothing() {
    let photo = small("portrait.png");
    let picture = photo.picture();
    let mut live = LiveMask::new(model("selfie_segmentation")).unwrap();
    let mask = live.next(&picture).unwrap();
    let at = |x: usize, y: usize| mask[y * LiveMask::SIDE + x];
    assert!(at(145, 120) > 0.95 && at(250, 20) < 0.05, "{} {}", at(145, 120), at(250, 20));
    let first = mask.to_vec();
    let allocations = allocation_counter::measure(|| {
        live.next(&picture).unwrap();
    });
    assert_eq!(allocations.count_total, 0);
    let still = live.next(&picture).unwrap();
    let change = still.iter().zip(&first).map(|(now, before)| (now - before).abs()).fold(0.0, f32::max);
    assert!(change < 1e-6, "a still picture keeps its mask: {change}");
}

#[test]
fn an_undecided_mask_keeps_some_of_the_frame_before_and_a_decided_one_nothing() {
    let (photo, moved) = (small("portrait.png"), small("portrait.png").moved(12));
    let mut alone = LiveMask::new(model("selfie_segmentation")).unwrap();
    let before = alone.next(&photo.picture()).unwrap().to_vec();
    alone.forget();
    let raw = alone.next(&moved.picture()).unwrap().to_vec();
    let mut live = LiveMask::new(model("selfie_segmentation")).unwrap();
    live.next(&photo.picture()).unwrap();
    let smooth = live.next(&moved.picture()).unwrap();
    let mut between = 0;
    for ((smooth, raw), before) in smooth.iter().zip(&raw).zip(&before) {
        assert!(*smooth >= raw.min(*before) - 1e-6 && *smooth <= raw.max(*before) + 1e-6);
        if *raw < 0.001 || *raw > 0.999 {
            assert!((smooth - raw).abs() < 0.01);
        } else if (smooth - raw).abs() > 0.05 {
            between += 1;
        }
    }
    assert!(between > 100, "{between}");
}
