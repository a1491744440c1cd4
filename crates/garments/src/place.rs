//! The places of a garment by which it is worn.

/// A kind of garment, as far as its outline tells. A jacket is a top that the catalogue calls one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Worn on the upper body.
    Top,
    /// Two legs from the waist.
    Trousers,
    /// Two legs, and something above the waist.
    Overall,
}

/// How long sleeves are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sleeves {
    /// To the elbow at most.
    Short,
    /// Beyond the elbow.
    Long,
}

/// Left and right in the photo, not the wearer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Left in the photo.
    Left,
    /// Right in the photo.
    Right,
}

/// A place that exists on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Where the shoulder begins beside the neck; of an overall, the top of a strap.
    Collar,
    /// The end of the shoulder, where the sleeve begins to hang.
    Shoulder,
    /// Where sleeve and side meet.
    Armpit,
    /// Half way down the sleeve, outside.
    ElbowOuter,
    /// Half way down the sleeve, at the body.
    ElbowInner,
    /// The sleeve's end, outside.
    CuffOuter,
    /// The sleeve's end, at the body.
    CuffInner,
    /// The side at the waist.
    Waist,
    /// The side at the hips; of a top, the end of its hem.
    Hip,
    /// Half way down a leg, outside.
    KneeOuter,
    /// Half way down a leg, inside.
    KneeInner,
    /// The leg's end, outside.
    HemOuter,
    /// The leg's end, inside.
    HemInner,
}
