//! Bodies and faces are where MediaPipe 0.10.21 finds them.
//!
//! `data/mediapipe.json` is what its Python package answers for the pictures in `models/pictures`: lossless files, so that
//! both see the same pixels. Of JPEG photos every decoder makes slightly different pixels, and the networks, which look at
//! every tenth one, answer with points some pixels elsewhere: that, not what is computed here, is what the looser bounds
//! for photos allow.
#![allow(clippy::unwrap_used, reason = "a failure in a helper is a failed test")]
#![allow(clippy::indexing_slicing, reason = "a failure in a helper is a failed test")]

mod common;

use common::{Photo, model, people, small, tracker};
use serde_json::Value;
use vitrine_vision::face::FaceDetector;
use vitrine_vision::pose::{Pose, PoseSmoother};

/// How far two bodies are apart: of each landmark in pixels; the most in visibility and in metres.
struct Distance {
    pixels: Vec<f32>,
    visibility: f32,
    metres: f32,
}

impl Distance {
    fn between(pose: &Pose, landmarks: &Value, world: &Value) -> Self {
        let (landmarks, world) = (rows(landmarks), rows(world));
        assert_eq!((landmarks.len(), world.len()), (33, 33));
        let pixels =
            pose.landmarks.iter().zip(&landmarks).map(|(found, truth)| (found.x - truth[0]).hypot(found.y - truth[1]));
        let visibility =
            pose.landmarks.iter().zip(&landmarks).map(|(found, truth)| (found.visibility - truth[3]).abs());
        let axes = pose.world.iter().flatten().zip(world.iter().flatten());
        Self {
            pixels: pixels.collect(),
            visibility: visibility.fold(0.0, f32::max),
            metres: axes.map(|(found, truth)| (found - truth).abs()).fold(0.0, f32::max),
        }
    }

    fn most(&self) -> f32 {
        self.pixels.iter().copied().fold(0.0, f32::max)
    }
}

fn rows(value: &Value) -> Vec<Vec<f32>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

fn numbers(value: &Value) -> Vec<f32> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap() as f32).collect()
}

fn median(numbers: &[f32]) -> f32 {
    let mut numbers = numbers.to_vec();
    numbers.sort_by(f32::total_cmp);
    numbers[numbers.len() / 2]
}

fn truth() -> Value {
    serde_json::from_str(include_str!("data/mediapipe.json")).unwrap()
}

#[test]
fn bodies_in_pictures_are_those_of_mediapipe() {
    for (name, kinds) in truth()["photos"].as_object().unwrap() {
        let photo = small(name);
        for (kind, truth) in kinds.as_object().unwrap() {
            let pose = tracker(kind).photo(&photo.picture()).unwrap().unwrap();
            let distance = Distance::between(&pose, &truth["landmarks"], &truth["world"]);
            let (middle, most) = (median(&distance.pixels), distance.most());
            println!(
                "{name:<13} {kind}: median {middle:.4} px, most {most:.3} px, visibility {:.4}, world {:.4} m",
                distance.visibility, distance.metres
            );
            assert!(middle < 0.2 && most < 1.0 && distance.visibility < 0.005 && distance.metres < 0.005);
        }
    }
}

#[test]
fn a_body_in_a_film_is_followed_and_smoothed_as_mediapipe_does() {
    let (photo, mut tracker, mut smoother) = (small("posture.png"), tracker("lite"), PoseSmoother::default());
    for (frame, truth) in truth()["film"].as_array().unwrap().iter().enumerate() {
        let photo = photo.moved(frame * 5);
        let time = 33_333 * (frame as u64 + 1);
        let pose = tracker.next_smoothed(&photo.picture(), &mut smoother, time).unwrap().unwrap();
        let distance = Distance::between(&pose, &truth["landmarks"], &truth["world"]);
        let (middle, most) = (median(&distance.pixels), distance.most());
        println!(
            "frame {frame}: median {middle:.4} px, most {most:.3} px, visibility {:.4}, world {:.4} m",
            distance.visibility, distance.metres
        );
        assert!(middle < 0.1 && most < 1.0 && distance.visibility < 0.005 && distance.metres < 0.005);
    }
    assert_eq!(tracker.searches(), 1, "the detector runs for the first frame and for no other");
}

#[test]
fn a_body_that_is_lost_is_looked_for_again_and_its_smoothing_begins_anew() {
    let (photo, mut tracker, mut smoother) = (small("posture.png"), tracker("lite"), PoseSmoother::default());
    let empty = photo.mapped(|_| 90);
    let mut next = |photo: &Photo, time: u64| tracker.next_smoothed(&photo.picture(), &mut smoother, time).unwrap();
    let first = next(&photo, 1_000).unwrap();
    assert!(next(&empty, 34_000).is_none());
    assert!(next(&empty, 67_000).is_none());
    let again = next(&photo.moved(20), 100_000).unwrap();
    // Found at once where it is now: nothing of where it was is mixed in.
    let moved = again.landmarks.iter().zip(&first.landmarks).map(|(now, before)| now.x - before.x);
    assert!((median(&moved.collect::<Vec<_>>()) - 20.0).abs() < 1.5);
    assert_eq!(tracker.searches(), 3, "for the first frame, the second empty one, and the one after");
}

#[test]
fn faces_are_those_of_mediapipe() {
    let mut short = FaceDetector::short_range(model("face_detection_short_range")).unwrap();
    let mut full = FaceDetector::full_range(model("face_detection_full_range_sparse")).unwrap();
    for (name, ranges) in truth()["faces"].as_object().unwrap() {
        let photo = small(name);
        for (detector, range) in [(&mut short, "short"), (&mut full, "full")] {
            let found = detector.find(&photo.picture()).unwrap();
            let truth = rows(&ranges[range]);
            assert_eq!(found.len(), truth.len(), "{name} {range}");
            for (face, truth) in found.iter().zip(&truth) {
                assert!((face.score - truth[4]).abs() < 0.002, "{name} {range}: {} {}", face.score, truth[4]);
                let places =
                    [face.least, face.most].into_iter().chain(face.points).flat_map(|point| [point.x, point.y]);
                let truth = truth[..4].iter().chain(&truth[5..]);
                for (found, truth) in places.zip(truth) {
                    assert!((found - truth).abs() < 0.1, "{name} {range}: {found} {truth}");
                }
            }
        }
    }
}

#[test]
fn bodies_in_photos_are_those_of_mediapipe() {
    let Some(folder) = people() else { return };
    let truth: Value =
        serde_json::from_slice(&std::fs::read(folder.join("mediapipe_landmarks.json")).unwrap()).unwrap();
    let mut tracker = tracker("full");
    let (mut whole, mut near) = (Vec::new(), Vec::new());
    for (name, truth) in truth.as_object().unwrap() {
        let photo = Photo::open(&folder.join(name));
        let pose = tracker.photo(&photo.picture()).unwrap().unwrap();
        let distance = Distance::between(&pose, &truth["pose"], &truth["world"]);
        let visible = rows(&truth["pose"]).into_iter().zip(&distance.pixels).filter(|(landmark, _)| landmark[3] > 0.5);
        let visible: Vec<f32> = visible.map(|(_, pixels)| *pixels).collect();
        println!("{name:<25} {:>2} visible points: median {:.2} px", visible.len(), median(&visible));
        if name.contains("posture") {
            whole.extend(visible)
        } else {
            near.extend(visible)
        };
    }
    let (whole, near) = (median(&whole), median(&near));
    println!("median of full figures {whole:.2} px, of close-ups {near:.2} px");
    assert!(whole < 3.0, "full figures: {whole} px");
    assert!(near < 12.0, "close-ups: {near} px");
}
