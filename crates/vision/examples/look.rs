//! Draws what is seen in a photo: parts of the person tinted, the body's points, faces, and the verdict in words.
//! `cargo run -p vitrine-vision --example look -- OUT.png PHOTO...` (`-` for OUT.png: only the verdicts)

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use image::{Rgb, RgbImage, imageops};
use vitrine_model_runtime::{Model, Plan};
use vitrine_vision::face::FaceDetector;
use vitrine_vision::honesty::Facts;
use vitrine_vision::parsing::{Parsing, Part, PersonParser};
use vitrine_vision::pose::{Joint, PersonDetector, Pose, PoseLandmarker, PoseTracker};
use vitrine_vision::{Picture, Point};

/// Bones to draw, between joints.
const BONES: [(Joint, Joint); 14] = [
    (Joint::LeftShoulder, Joint::RightShoulder),
    (Joint::LeftShoulder, Joint::LeftElbow),
    (Joint::LeftElbow, Joint::LeftWrist),
    (Joint::RightShoulder, Joint::RightElbow),
    (Joint::RightElbow, Joint::RightWrist),
    (Joint::LeftShoulder, Joint::LeftHip),
    (Joint::RightShoulder, Joint::RightHip),
    (Joint::LeftHip, Joint::RightHip),
    (Joint::LeftHip, Joint::LeftKnee),
    (Joint::LeftKnee, Joint::LeftAnkle),
    (Joint::RightHip, Joint::RightKnee),
    (Joint::RightKnee, Joint::RightAnkle),
    (Joint::LeftAnkle, Joint::LeftFootIndex),
    (Joint::RightAnkle, Joint::RightFootIndex),
];
const HEIGHT: u32 = 900;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("usage: look OUT.png PHOTO...")?;
    let mut tracker = PoseTracker::new(
        PersonDetector::new(model("pose_detection")?)?,
        PoseLandmarker::new(model("pose_landmark_full")?)?,
    );
    let mut parser = PersonParser::new(model("selfie_multiclass_256x256")?)?;
    let mut faces = FaceDetector::full_range(model("face_detection_full_range_sparse")?)?;
    let mut drawn = Vec::new();
    for path in arguments {
        let photo = image::open(&path)?.into_rgba8();
        let picture = Picture::upright(&photo, photo.width() as usize, photo.height() as usize)?;
        let begun = Instant::now();
        let Some(pose) = tracker.photo(&picture)? else {
            println!("{path}: nobody");
            continue;
        };
        let posed = begun.elapsed();
        let faces = faces.find(&picture)?;
        let people = tracker.detector().find(&picture)?;
        let facts = Facts::of(&picture, &people, Some(&pose), &faces);
        println!("{path}: {} people\n  {:?} {facts:?}", people.len(), facts.verdict());
        if out == "-" {
            continue;
        }
        let parsing = parser.parse(&picture, &pose.surroundings())?;
        println!("  pose {posed:.0?}, all {:.0?}", begun.elapsed());
        let mut image = RgbImage::from_fn(photo.width(), photo.height(), |x, y| {
            let (x, y) = (x as usize, y as usize);
            Rgb(tinted(picture.rgb(x, y).unwrap_or_default(), &parsing, x, y))
        });
        let thickness = image.height() as f32 / 500.0;
        skeleton(&mut image, &pose, thickness);
        for face in faces {
            for point in face.points {
                dot(&mut image, point, 1.5 * thickness, [255, 0, 255]);
            }
        }
        let width = image.width() * HEIGHT / image.height();
        drawn.push(imageops::resize(&image, width, HEIGHT, imageops::FilterType::Triangle));
    }
    if drawn.is_empty() {
        return Ok(());
    }
    let width = drawn.iter().map(|image| image.width()).max().unwrap_or(1);
    let columns = drawn.len().clamp(1, 6) as u32;
    let rows = (drawn.len() as u32).div_ceil(columns);
    let mut sheet = RgbImage::new(width * columns, HEIGHT * rows);
    for (index, image) in (0..).zip(&drawn) {
        imageops::replace(&mut sheet, image, i64::from(index % columns * width), i64::from(index / columns * HEIGHT));
    }
    sheet.save(out)?;
    Ok(())
}

fn model(name: &str) -> Result<Model, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models").join(format!("{name}.plan"));
    Ok(Model::load(&Plan::open(&std::fs::read(path)?)?)?)
}

/// Hair blue, skin of the body yellow, face red, clothes green, other cyan, background darker.
fn tinted(colour: [u8; 3], parsing: &Parsing, x: usize, y: usize) -> [u8; 3] {
    let tints = [[0, 0, 0], [40, 80, 255], [255, 220, 0], [255, 60, 60], [0, 220, 80], [0, 255, 255]];
    let mut mixed = [0.0_f32; 3];
    for (part, tint) in Part::ALL.into_iter().zip(tints) {
        let share = f32::from(parsing.share(part, x, y)) / 255.0;
        for ((mixed, colour), tint) in mixed.iter_mut().zip(colour).zip(tint) {
            *mixed += share * (0.5 * f32::from(colour) + 0.5 * tint as f32);
        }
    }
    mixed.map(|channel| channel as u8)
}

fn skeleton(image: &mut RgbImage, pose: &Pose, thickness: f32) {
    for (from, to) in BONES {
        let (start, end) = (pose.point(from), pose.point(to));
        let steps = start.distance(end) as usize;
        for step in 0..steps {
            dot(image, start.toward(end, step as f32 / steps as f32), 0.5 * thickness, [255, 255, 255]);
        }
    }
    for landmark in pose.landmarks {
        let seen = landmark.visibility > 0.5;
        dot(image, landmark.point(), 2.0 * thickness, if seen { [255, 255, 255] } else { [128, 128, 128] });
        dot(image, landmark.point(), 1.2 * thickness, if seen { [255, 0, 0] } else { [0, 0, 0] });
    }
}

fn dot(image: &mut RgbImage, at: Point, radius: f32, colour: [u8; 3]) {
    let reach = radius.ceil() as i64;
    for (dx, dy) in (-reach..=reach).flat_map(|dx| (-reach..=reach).map(move |dy| (dx, dy))) {
        let inside = (dx * dx + dy * dy) as f32 <= radius * radius;
        let place = u32::try_from(at.x as i64 + dx).ok().zip(u32::try_from(at.y as i64 + dy).ok());
        if let Some(pixel) = place.filter(|_| inside).and_then(|(x, y)| image.get_pixel_mut_checked(x, y)) {
            *pixel = Rgb(colour);
        }
    }
}
