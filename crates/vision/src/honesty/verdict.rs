//! What follows from the facts: what can be tried on, or why nothing can.

use super::facts::Facts;

/// Shorter torsos, in pixels, leave a garment without details.
const SHORTEST_TORSO: f32 = 48.0;
/// Less light than this hides where cloth ends.
const LEAST_BRIGHTNESS: f32 = 0.25;
/// Less torso than this shows a collar and no garment.
const LEAST_TORSO: f32 = 0.3;
/// Trousers need their hems.
const LEAST_LEGS: f32 = 0.9;
/// Shoulders nearer to one another, in lengths of the torso, are seen from the side.
const LEAST_FACING: f32 = 0.25;
/// Thighs bent further, in degrees, are those of somebody who sits.
const MOST_BEND: f32 = 50.0;
/// Wrists further beyond the middle, in widths of the shoulders, are those of crossed arms.
const MOST_CROSSING: f32 = 0.12;

/// Why a picture will not do. The first that applies, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// Nobody was found.
    NoPerson,
    /// More than one person of about the same size: one has to be chosen.
    SeveralPeople,
    /// The picture is too dark around the person.
    TooDark,
    /// The person is too small in the picture.
    TooSmall,
    /// The person is seen from behind.
    FromBehind,
    /// The person is seen from the side.
    FromTheSide,
    /// The picture ends below the shoulders.
    CutOff,
    /// The person sits.
    Sitting,
    /// The arms are crossed over the chest.
    ArmsCrossed,
}

/// What a picture will do for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Tops, jackets and trousers.
    Everything,
    /// Tops and jackets: the legs are not all in the picture.
    TopsOnly,
    /// Nothing.
    Nothing(Refusal),
}

impl Facts {
    /// What the picture will do for.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        // In the refusals' order, which is that of what has to be mended first.
        let refusals = [
            (Refusal::NoPerson, self.people == 0),
            (Refusal::SeveralPeople, self.people > 1),
            (Refusal::TooDark, self.brightness < LEAST_BRIGHTNESS),
            (Refusal::TooSmall, self.torso < SHORTEST_TORSO),
            (Refusal::FromBehind, self.facing < -LEAST_FACING || self.facing < 0.0 && !self.face),
            (Refusal::FromTheSide, self.facing < LEAST_FACING),
            (Refusal::CutOff, self.torso_in_picture < LEAST_TORSO),
            (Refusal::Sitting, self.bend > MOST_BEND),
            (Refusal::ArmsCrossed, self.crossing > MOST_CROSSING),
        ];
        match refusals.into_iter().find(|&(_, applies)| applies) {
            Some((refusal, _)) => Verdict::Nothing(refusal),
            None if self.legs_in_picture < LEAST_LEGS => Verdict::TopsOnly,
            None => Verdict::Everything,
        }
    }
}
