//! A picture is judged by what can be seen in it.
//!
//! Crops, darkened and shrunken pictures are made of photos; for what no photo at hand shows (from behind, sitting, crossed
//! arms) the points of a real body are moved, so that the rule is tested and the networks are not.
#![allow(clippy::unwrap_used, reason = "a failure in a helper is a failed test")]
#![allow(clippy::indexing_slicing, reason = "a failure in a helper is a failed test")]

mod common;

use common::{Photo, model, people, small, tracker};
use vitrine_vision::face::{Face, FaceDetector};
use vitrine_vision::honesty::{Facts, Refusal, Verdict};
use vitrine_vision::pose::{Joint, Person, Pose, PoseTracker};

struct Judge {
    tracker: PoseTracker,
    faces: FaceDetector,
}

impl Judge {
    fn new() -> Self {
        let faces = FaceDetector::full_range(model("face_detection_full_range_sparse")).unwrap();
        Self { tracker: tracker("full"), faces }
    }

    fn seen(&mut self, photo: &Photo) -> (Vec<Person>, Option<Pose>, Vec<Face>) {
        let picture = photo.picture();
        let people = self.tracker.detector().find(&picture).unwrap();
        (people, self.tracker.photo(&picture).unwrap(), self.faces.find(&picture).unwrap())
    }

    fn judge(&mut self, photo: &Photo) -> Verdict {
        let (people, pose, faces) = self.seen(photo);
        let facts = Facts::of(&photo.picture(), &people, pose.as_ref(), &faces);
        println!("{}: {:?} {facts:?}", photo.name, facts.verdict());
        facts.verdict()
    }

    /// The verdict on a photo whose body was changed.
    fn judge_changed(&mut self, photo: &Photo, faces_stay: bool, change: impl Fn(&mut Pose)) -> Verdict {
        let (people, pose, faces) = self.seen(photo);
        let mut pose = pose.unwrap();
        change(&mut pose);
        let faces = if faces_stay { faces } else { Vec::new() };
        Facts::of(&photo.picture(), &people, Some(&pose), &faces).verdict()
    }
}

fn refused(refusal: Refusal) -> Verdict {
    Verdict::Nothing(refusal)
}

/// Twice as many columns: the photo beside itself.
fn beside_itself(photo: &Photo) -> Photo {
    let rows = photo.pixels.chunks_exact(photo.width * 4);
    let pixels = rows.flat_map(|row| row.iter().chain(row)).copied().collect();
    Photo { width: photo.width * 2, pixels, ..photo.clone() }
}

/// Every second pixel.
fn halved(photo: &Photo) -> Photo {
    let (width, height) = (photo.width / 2, photo.height / 2);
    let at = |x: usize, y: usize| &photo.pixels[(y * 2 * photo.width + x * 2) * 4..][..4];
    let pixels = (0..height).flat_map(|y| (0..width).flat_map(move |x| at(x, y))).copied().collect();
    Photo { width, height, pixels, ..photo.clone() }
}

#[test]
fn a_whole_figure_will_do_for_everything() {
    assert_eq!(Judge::new().judge(&small("posture.png")), Verdict::Everything);
}

#[test]
fn a_half_figure_will_do_for_tops() {
    let mut judge = Judge::new();
    assert_eq!(judge.judge(&small("portrait.png")), Verdict::TopsOnly);
    assert_eq!(judge.judge(&small("posture.png").crop([0.0, 0.0, 1.0, 0.65])), Verdict::TopsOnly);
}

#[test]
fn a_face_alone_will_not_do() {
    assert_eq!(Judge::new().judge(&small("face.png")), refused(Refusal::CutOff));
}

#[test]
fn an_empty_picture_has_nobody() {
    let grey = small("face.png").mapped(|_| 128);
    assert_eq!(Judge::new().judge(&grey), refused(Refusal::NoPerson));
}

#[test]
fn of_two_people_one_has_to_be_chosen_and_then_is_judged() {
    let two = beside_itself(&small("posture.png"));
    let mut judge = Judge::new();
    assert_eq!(judge.judge(&two), refused(Refusal::SeveralPeople));
    let (people, _, faces) = judge.seen(&two);
    let [first, second] = people.as_slice() else { panic!("{people:?}") };
    assert!((first.points[0].x - second.points[0].x).abs() > 200.0);
    for person in [first, second] {
        let pose = judge.tracker.landmarker().read(&two.picture(), &person.region()).unwrap();
        assert!((pose.point(Joint::LeftHip).x - person.points[0].x).abs() < 20.0);
        let facts = Facts::of(&two.picture(), &[*person], Some(&pose), &faces);
        assert_eq!(facts.verdict(), Verdict::Everything);
    }
}

#[test]
fn a_dim_picture_is_taken_and_a_dark_one_is_not() {
    let photo = small("portrait.png");
    let mut judge = Judge::new();
    assert_eq!(judge.judge(&photo.mapped(|channel| channel / 2)), Verdict::TopsOnly);
    assert_eq!(judge.judge(&photo.mapped(|channel| channel / 6)), refused(Refusal::TooDark));
}

#[test]
fn somebody_far_away_is_too_small() {
    assert_eq!(Judge::new().judge(&halved(&small("posture.png"))), refused(Refusal::TooSmall));
}

#[test]
fn a_back_and_a_side_are_told_from_a_front() {
    let (photo, mut judge) = (small("posture.png"), Judge::new());
    let behind = judge.judge_changed(&photo, false, |pose| {
        let sides = [Joint::LeftShoulder as usize, Joint::RightShoulder as usize];
        pose.landmarks.swap(sides[0], sides[1]);
    });
    assert_eq!(behind, refused(Refusal::FromBehind));
    let aside = judge.judge_changed(&photo, true, |pose| {
        let right = pose.landmarks[Joint::RightShoulder as usize].x;
        let left = &mut pose.landmarks[Joint::LeftShoulder as usize].x;
        *left = right + (*left - right) * 0.2;
    });
    assert_eq!(aside, refused(Refusal::FromTheSide));
}

#[test]
fn bent_thighs_are_those_of_somebody_who_sits() {
    let seated = Judge::new().judge_changed(&small("posture.png"), true, |pose| {
        for (hip, knee) in [(Joint::LeftHip, Joint::LeftKnee), (Joint::RightHip, Joint::RightKnee)] {
            let [x, y, z] = pose.world[hip as usize];
            // Toward the camera rather than down.
            pose.world[knee as usize] = [x, y + 0.1, z - 0.4];
        }
    });
    assert_eq!(seated, refused(Refusal::Sitting));
}

#[test]
fn wrists_past_the_middle_are_those_of_crossed_arms() {
    let crossed = Judge::new().judge_changed(&small("posture.png"), true, |pose| {
        let chest = |pose: &Pose, shoulder: Joint| {
            let hip = if shoulder == Joint::LeftShoulder { Joint::LeftHip } else { Joint::RightHip };
            pose.point(shoulder).toward(pose.point(hip), 0.45)
        };
        let (left, right) = (chest(pose, Joint::LeftShoulder), chest(pose, Joint::RightShoulder));
        for (wrist, place) in
            [(Joint::LeftWrist, left.toward(right, 0.8)), (Joint::RightWrist, right.toward(left, 0.8))]
        {
            let wrist = &mut pose.landmarks[wrist as usize];
            (wrist.x, wrist.y) = (place.x, place.y);
        }
    });
    assert_eq!(crossed, refused(Refusal::ArmsCrossed));
}

#[test]
fn photos_of_all_people_are_judged_alike() {
    let Some(folder) = people() else { return };
    let mut judge = Judge::new();
    let mut photos: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    photos.retain(|path| path.extension().is_some_and(|extension| extension == "jpg"));
    assert_eq!(photos.len(), 24);
    for path in photos {
        let photo = Photo::open(&path);
        let (expected, darkened) = match photo.name.rsplit('_').next().unwrap() {
            "posture.jpg" => (Verdict::Everything, refused(Refusal::TooDark)),
            "selfie.jpg" => (Verdict::TopsOnly, refused(Refusal::TooDark)),
            _ => (refused(Refusal::CutOff), refused(Refusal::TooDark)),
        };
        assert_eq!(judge.judge(&photo), expected, "{}", photo.name);
        if expected == Verdict::Everything {
            let half = judge.judge(&photo.crop([0.0, 0.0, 1.0, 0.55]));
            assert_eq!(half, Verdict::TopsOnly, "{}, upper half", photo.name);
            let dark = judge.judge(&photo.mapped(|channel| channel / 5));
            assert_eq!(dark, darkened, "{}, in the dark", photo.name);
        }
    }
}
