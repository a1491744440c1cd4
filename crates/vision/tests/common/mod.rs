//! What several tests need: models by name, pictures from files, and the photos that some tests judge by.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, reason = "each test uses a part; a failure here fails it")]
#![allow(clippy::indexing_slicing, reason = "a failure here fails the test")]

use std::path::{Path, PathBuf};

use vitrine_model_runtime::{Model, Plan};
use vitrine_vision::Picture;
use vitrine_vision::pose::{PersonDetector, PoseLandmarker, PoseTracker};

/// A committed model.
pub(crate) fn model(name: &str) -> Model {
    let path = models().join(format!("{name}.plan"));
    let file = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Model::load(&Plan::open(&file).unwrap()).unwrap()
}

/// The folder of plans and small pictures.
pub(crate) fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models")
}

/// A small picture of the repository.
pub(crate) fn small(name: &str) -> Photo {
    Photo::open(&models().join("pictures").join(name))
}

/// Detector and landmarks: `lite` or `full`.
pub(crate) fn tracker(kind: &str) -> PoseTracker {
    let landmarker = PoseLandmarker::new(model(&format!("pose_landmark_{kind}"))).unwrap();
    PoseTracker::new(PersonDetector::new(model("pose_detection")).unwrap(), landmarker)
}

/// A picture with its own bytes.
#[derive(Clone, Debug)]
pub(crate) struct Photo {
    pub(crate) name: String,
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

impl Photo {
    pub(crate) fn open(path: &Path) -> Self {
        let image = image::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).into_rgba8();
        Self {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            width: image.width() as usize,
            height: image.height() as usize,
            pixels: image.into_raw(),
        }
    }

    pub(crate) fn picture(&self) -> Picture<'_> {
        Picture::upright(&self.pixels, self.width, self.height).unwrap()
    }

    /// A part of it, by shares of its sides.
    pub(crate) fn crop(&self, [left, top, right, bottom]: [f32; 4]) -> Self {
        let at = |share: f32, side: usize| (share * side as f32) as usize;
        let (left, right) = (at(left, self.width), at(right, self.width));
        let (top, bottom) = (at(top, self.height), at(bottom, self.height));
        let rows = (top..bottom).flat_map(|y| &self.pixels[(y * self.width + left) * 4..(y * self.width + right) * 4]);
        Self { name: self.name.clone(), width: right - left, height: bottom - top, pixels: rows.copied().collect() }
    }

    /// The same with every colour changed.
    pub(crate) fn mapped(&self, change: impl Fn(u8) -> u8) -> Self {
        let mut photo = self.clone();
        for pixel in photo.pixels.chunks_exact_mut(4) {
            pixel[..3].iter_mut().for_each(|channel| *channel = change(*channel));
        }
        photo
    }

    /// Moved to the right over black, in a frame of the same size.
    pub(crate) fn moved(&self, by: usize) -> Self {
        let mut photo = self.clone();
        photo.pixels.fill(0);
        for (into, from) in photo.pixels.chunks_exact_mut(self.width * 4).zip(self.pixels.chunks_exact(self.width * 4))
        {
            into[by * 4..].copy_from_slice(&from[..(self.width - by) * 4]);
        }
        photo
    }
}

/// The photos that lie beside the repository where it is worked on; `None`, said aloud, elsewhere.
pub(crate) fn people() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let beside = std::env::var_os("VITRINE_PEOPLE").map(PathBuf::from);
    let places =
        beside.into_iter().chain(["../shared", "../../shared"].map(|place| root.join(place).join("assets/people")));
    let found = places.into_iter().find(|place| place.join("mediapipe_landmarks.json").is_file());
    if found.is_none() {
        eprintln!("skipped: no photos; set VITRINE_PEOPLE to a folder of them with mediapipe_landmarks.json");
    }
    found
}
