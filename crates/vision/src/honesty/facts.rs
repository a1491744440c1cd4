//! What a picture is judged by, as numbers.

use crate::affine::Point;
use crate::face::Face;
use crate::picture::Picture;
use crate::pose::{Joint, Person, Pose};

/// People smaller than this, beside the largest, only pass by behind.
const BYSTANDER: f32 = 0.5;
/// Likelier visible than not.
const IN_SIGHT: f32 = 0.5;
/// Places along each line of the body that are tested for being in the picture.
const PLACES: usize = 20;
/// Columns and rows that brightness is looked at in.
const GRID: usize = 48;

/// Measures of a picture and the body in it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Facts {
    /// People of about the same size.
    pub people: usize,
    /// From the middle of the shoulders to the middle of the hips, in pixels.
    pub torso: f32,
    /// How far the left shoulder lies to the right of the right one, in lengths of the torso: about 0.6 for somebody who
    /// faces the camera, 0 from the side, negative from behind.
    pub facing: f32,
    /// Whether a face was found where the body's head is.
    pub face: bool,
    /// How far the thighs are bent from the line of the torso, in degrees; the less bent leg. 0 for a leg out of sight.
    pub bend: f32,
    /// How far both wrists are beyond the body's middle line at the height of the torso, in widths of the shoulders; the
    /// one that is less so. Negative where arms hang.
    pub crossing: f32,
    /// Share of the torso that is in the picture.
    pub torso_in_picture: f32,
    /// Share of the legs that is in the picture and in sight.
    pub legs_in_picture: f32,
    /// Brightness of the brighter parts around the person (the 95th percentile of luma), 0 to 1. The bright parts, so that
    /// neither dark skin nor dark clothes count as darkness.
    pub brightness: f32,
}

impl Facts {
    /// Measures. `people`: everybody found, or only the one who was chosen; `pose`: the body of the one in question,
    /// `None` where there is nobody; `faces`: all that were found.
    #[must_use]
    pub fn of(picture: &Picture<'_>, people: &[Person], pose: Option<&Pose>, faces: &[Face]) -> Self {
        let Some(pose) = pose else { return Self::default() };
        let point = |joint| pose.point(joint);
        let [left, right] = [point(Joint::LeftShoulder), point(Joint::RightShoulder)];
        let shoulders = left.toward(right, 0.5);
        let hips = point(Joint::LeftHip).toward(point(Joint::RightHip), 0.5);
        let torso = shoulders.distance(hips).max(1.0);

        let size = |person: &Person| match person.points {
            [hips, _, shoulders, _] => hips.distance(shoulders),
        };
        let largest = people.iter().map(size).fold(0.0, f32::max);
        let sides = |from, to, other_from, other_to| [(point(from), point(to)), (point(other_from), point(other_to))];
        let trunk = sides(Joint::LeftShoulder, Joint::LeftHip, Joint::RightShoulder, Joint::RightHip);
        let thighs = sides(Joint::LeftHip, Joint::LeftKnee, Joint::RightHip, Joint::RightKnee);
        let shins = sides(Joint::LeftKnee, Joint::LeftAnkle, Joint::RightKnee, Joint::RightAnkle);
        let lower = [Joint::LeftKnee, Joint::RightKnee, Joint::LeftAnkle, Joint::RightAnkle];
        let in_sight = lower.iter().filter(|&&joint| pose.at(joint).visibility > IN_SIGHT).count() as f32 / 4.0;
        Self {
            people: people.iter().filter(|person| size(person) >= BYSTANDER * largest).count().max(1),
            torso,
            facing: (left.x - right.x) / torso,
            face: faces.iter().any(|face| belongs(face, pose)),
            bend: bend(picture, pose),
            crossing: crossing(pose, shoulders, hips),
            torso_in_picture: in_picture(picture, trunk.into_iter().chain([(shoulders, hips)])),
            legs_in_picture: in_sight * in_picture(picture, thighs.into_iter().chain(shins)),
            brightness: brightness(picture, pose),
        }
    }
}

/// Whether a face is the body's: its box holds the body's nose, or nearly.
fn belongs(face: &Face, pose: &Pose) -> bool {
    let nose = pose.point(Joint::Nose);
    let (wide, high) = ((face.most.x - face.least.x) / 2.0, (face.most.y - face.least.y) / 2.0);
    (face.least.x - wide..=face.most.x + wide).contains(&nose.x)
        && (face.least.y - high..=face.most.y + high).contains(&nose.y)
}

fn inside(picture: &Picture<'_>, point: Point) -> bool {
    point.x >= 0.0 && point.y >= 0.0 && point.x < picture.width() as f32 && point.y < picture.height() as f32
}

fn in_picture(picture: &Picture<'_>, lines: impl Iterator<Item = (Point, Point)>) -> f32 {
    let (mut seen, mut all) = (0_u32, 0_u32);
    for (from, to) in lines {
        let places = (0..PLACES).map(|place| from.toward(to, (place as f32 + 0.5) / PLACES as f32));
        seen += places.filter(|&place| inside(picture, place)).count() as u32;
        all += PLACES as u32;
    }
    seen as f32 / all.max(1) as f32
}

/// The angle between the torso, continued, and the thighs.
fn bend(picture: &Picture<'_>, pose: &Pose) -> f32 {
    let along = |from: [f32; 3], to: [f32; 3]| [0, 1, 2].map(|axis: usize| at(to, axis) - at(from, axis));
    let [left, right] = [Joint::LeftShoulder, Joint::RightShoulder].map(|joint| pose.metres(joint));
    let [left_hip, right_hip] = [Joint::LeftHip, Joint::RightHip].map(|joint| pose.metres(joint));
    let middle = |one: [f32; 3], other: [f32; 3]| [0, 1, 2].map(|axis: usize| (at(one, axis) + at(other, axis)) / 2.0);
    let torso = along(middle(left, right), middle(left_hip, right_hip));
    let legs = [(Joint::LeftHip, Joint::LeftKnee), (Joint::RightHip, Joint::RightKnee)];
    let bends = legs.map(|(hip, knee)| {
        if inside(picture, pose.point(knee)) && pose.at(knee).visibility > IN_SIGHT {
            angle(torso, along(pose.metres(hip), pose.metres(knee)))
        } else {
            0.0
        }
    });
    let [one, other] = bends;
    one.min(other)
}

fn at(vector: [f32; 3], axis: usize) -> f32 {
    vector.get(axis).copied().unwrap_or_default()
}

/// Degrees between two directions.
fn angle(one: [f32; 3], other: [f32; 3]) -> f32 {
    let dot = |one: [f32; 3], other: [f32; 3]| one.iter().zip(other).map(|(one, other)| one * other).sum::<f32>();
    let lengths = libm::sqrtf(dot(one, one) * dot(other, other));
    if lengths > 0.0 { libm::acosf((dot(one, other) / lengths).clamp(-1.0, 1.0)).to_degrees() } else { 0.0 }
}

/// How far the less crossed wrist is beyond the middle line; -1 where a wrist is not before the torso.
fn crossing(pose: &Pose, shoulders: Point, hips: Point) -> f32 {
    let [left, right] = [pose.point(Joint::LeftShoulder), pose.point(Joint::RightShoulder)];
    let width = left.distance(right).max(1.0);
    let (down_x, down_y) = (hips.x - shoulders.x, hips.y - shoulders.y);
    let beyond = |wrist: Joint, toward: Point| {
        let wrist = pose.point(wrist);
        let height = ((wrist.x - shoulders.x) * down_x + (wrist.y - shoulders.y) * down_y)
            / (down_x * down_x + down_y * down_y).max(1.0);
        if !(-0.1..=0.9).contains(&height) {
            return -1.0;
        }
        let side = Point::new((toward.x - shoulders.x) / width * 2.0, (toward.y - shoulders.y) / width * 2.0);
        let middle = shoulders.toward(hips, height);
        ((wrist.x - middle.x) * side.x + (wrist.y - middle.y) * side.y) / width
    };
    beyond(Joint::LeftWrist, right).min(beyond(Joint::RightWrist, left))
}

/// The 95th percentile of luma around a person.
fn brightness(picture: &Picture<'_>, pose: &Pose) -> f32 {
    let Some(around) = pose.surroundings().within(picture) else { return 0.0 };
    let corner = (around.center.x - around.width / 2.0, around.center.y - around.height / 2.0);
    let mut lumas = Vec::with_capacity(GRID * GRID);
    for (row, column) in (0..GRID).flat_map(|row| (0..GRID).map(move |column| (row, column))) {
        let place = |least: f32, size: f32, index: usize| (least + size * (index as f32 + 0.5) / GRID as f32) as usize;
        let pixel = picture.rgb(place(corner.0, around.width, column), place(corner.1, around.height, row));
        let [red, green, blue] = pixel.unwrap_or_default().map(|channel| f32::from(channel) / 255.0);
        lumas.push(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    }
    lumas.sort_unstable_by(f32::total_cmp);
    lumas.get(lumas.len() * 95 / 100).copied().unwrap_or_default()
}
