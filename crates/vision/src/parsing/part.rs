//! What a pixel of a person can be.

/// A class of the network `selfie_multiclass_256x256`, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub enum Part {
    /// Not a person.
    Background,
    /// Hair of the head, and beards where they are thick.
    Hair,
    /// Skin below the chin.
    BodySkin,
    /// The face.
    FaceSkin,
    /// Clothes.
    Clothes,
    /// What is worn or held besides.
    Other,
}

impl Part {
    /// How many there are.
    pub const COUNT: usize = 6;
    /// All of them.
    pub const ALL: [Self; Self::COUNT] =
        [Self::Background, Self::Hair, Self::BodySkin, Self::FaceSkin, Self::Clothes, Self::Other];
}
