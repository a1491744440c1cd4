//! Why no garment can be made of a photo.

/// What is wrong with a product photo.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum GarmentError {
    /// The picture is too small to find an outline in.
    #[error("the photo has {width} x {height} pixels: a garment needs at least {least} on each side")]
    Small {
        /// Its width.
        width: usize,
        /// Its height.
        height: usize,
        /// The least side.
        least: usize,
    },
    /// The picture has more pixels than its outline needs.
    #[error("the photo has {width} x {height} pixels: bring it to about a thousand on each side, at most {most}")]
    Large {
        /// Its width.
        width: usize,
        /// Its height.
        height: usize,
        /// The greatest side.
        most: usize,
    },
    /// What lies at the photo's edges is not one plain colour.
    #[error(
        "only {share:.0} % of the photo's edge has the colour of its background: take a photo on a plain light ground, \
         with the garment away from the edges"
    )]
    NotPlain {
        /// How much of the edge is alike, in percent.
        share: f32,
    },
    /// Nothing lies on the ground, or something that fills the photo.
    #[error("what lies on the ground covers {share:.1} % of the photo: a garment should cover between 5 and 90 %")]
    NoGarment {
        /// Its share of the photo, in percent.
        share: f32,
    },
    /// The outline is not that of a garment that is known here.
    #[error("the outline is not that of a top, of trousers or of an overall: {what}")]
    Outline {
        /// What is missing.
        what: &'static str,
    },
}
