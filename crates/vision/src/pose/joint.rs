//! The thirty-three points of a body, by name.

/// A point of the body, in the order of MediaPipe's pose landmarks. Left and right are the person's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub enum Joint {
    /// Tip of the nose.
    Nose,
    /// Corner of the left eye at the nose.
    LeftEyeInner,
    /// Left pupil.
    LeftEye,
    /// Corner of the left eye at the temple.
    LeftEyeOuter,
    /// Corner of the right eye at the nose.
    RightEyeInner,
    /// Right pupil.
    RightEye,
    /// Corner of the right eye at the temple.
    RightEyeOuter,
    /// Left ear.
    LeftEar,
    /// Right ear.
    RightEar,
    /// Left corner of the mouth.
    MouthLeft,
    /// Right corner of the mouth.
    MouthRight,
    /// Left shoulder joint.
    LeftShoulder,
    /// Right shoulder joint.
    RightShoulder,
    /// Left elbow.
    LeftElbow,
    /// Right elbow.
    RightElbow,
    /// Left wrist.
    LeftWrist,
    /// Right wrist.
    RightWrist,
    /// Knuckle of the left little finger.
    LeftPinky,
    /// Knuckle of the right little finger.
    RightPinky,
    /// Knuckle of the left index finger.
    LeftIndex,
    /// Knuckle of the right index finger.
    RightIndex,
    /// Knuckle of the left thumb.
    LeftThumb,
    /// Knuckle of the right thumb.
    RightThumb,
    /// Left hip joint.
    LeftHip,
    /// Right hip joint.
    RightHip,
    /// Left knee.
    LeftKnee,
    /// Right knee.
    RightKnee,
    /// Left ankle.
    LeftAnkle,
    /// Right ankle.
    RightAnkle,
    /// Left heel.
    LeftHeel,
    /// Right heel.
    RightHeel,
    /// Tip of the left foot.
    LeftFootIndex,
    /// Tip of the right foot.
    RightFootIndex,
}

impl Joint {
    /// How many there are.
    pub const COUNT: usize = 33;
}
