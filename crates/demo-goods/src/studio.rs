//! The studio: from photograph, dye and artwork to the picture of a piece.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::artwork::{Artwork, ArtworkError};
use crate::backdrop;
use crate::cutout::{self, Cutout};
use crate::dye;
use crate::garment::{Garment, Shot};
use crate::lay::{FINENESS, Laid};
use crate::light;
use crate::mend::cover;
use crate::picture::{self, Picture, PictureError};
use crate::piece::{Lay, Piece, Print, Side};

/// Why a picture of a piece could not be made.
#[derive(Debug, Error)]
pub enum StudioError {
    /// A photograph or the picture itself.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// A drawing.
    #[error(transparent)]
    Artwork(#[from] ArtworkError),
    /// Prints need a ground of known colour.
    #[error("the piece {0} has a print but no dye; give the cloth its colour, white included")]
    Undyed(String),
}

/// Where photographs and drawings are.
pub struct Studio {
    demo: PathBuf,
}

impl Studio {
    /// A studio that works from the folder `demo`.
    pub fn new(demo: &Path) -> Self {
        Self { demo: demo.to_owned() }
    }

    /// The picture of one side of a piece, as large as the photograph.
    pub fn photograph(&self, piece: &Piece, garment: &Garment, side: Side) -> Result<Picture, StudioError> {
        let (shot, name) = match side {
            Side::Back => (&garment.back, "back"),
            Side::Front | Side::Both => (&garment.front, "front"),
        };
        let path = self.demo.join("garments").join(format!("{}_{name}.jpg", garment.source));
        let photo = shot.mend.iter().fold(picture::read(&path)?, |photo, mend| cover(&photo, mend));
        let cutout = cutout::cut(&photo, shot);
        let prints: Vec<&Print> = piece.prints.iter().filter(|p| p.side == side || p.side == Side::Both).collect();
        let cloth = match &piece.dye {
            Some(_) => self.dress(piece, shot, &cutout, &prints)?,
            None if prints.is_empty() => cutout.cloth.clone(),
            None => return Err(StudioError::Undyed(piece.id.clone())),
        };
        Ok(backdrop::place(&cutout, &cloth))
    }

    fn dress(&self, piece: &Piece, shot: &Shot, cutout: &Cutout, prints: &[&Print]) -> Result<Picture, StudioError> {
        let Some(dye) = &piece.dye else { return Err(StudioError::Undyed(piece.id.clone())) };
        let light = light::on(cutout, shot, &dye::takes(cutout, shot));
        let artworks = prints.iter().map(|print| self.draw(print)).collect::<Result<Vec<_>, _>>()?;
        let laid = artworks.iter().zip(prints);
        let laid = laid.map(|(artwork, print)| Laid::new(artwork, print, &shot.panels, &light, &cutout.mask));
        let laid: Vec<Laid> = laid.collect();
        Ok(dye::colour(cutout, shot, dye, |x, y, ground| {
            laid.iter().fold(ground, |ground, artwork| artwork.over(x, y, ground))
        }))
    }

    fn draw(&self, print: &Print) -> Result<Artwork, StudioError> {
        let width = match print.lay {
            Lay::Repeat(width) | Lay::Once([_, _, width]) => width,
        };
        let path = self.demo.join("prints").join(format!("{}.svg", print.art));
        Ok(Artwork::draw(&path, width * FINENESS, print.ink.as_deref())?)
    }
}
