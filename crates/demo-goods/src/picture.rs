//! Reading photographs into linear light and writing them as WebP or PNG.

use std::fs;
use std::path::{Path, PathBuf};

use image::imageops::FilterType;
use thiserror::Error;

use crate::colour::{Rgb, byte, linear};
use crate::grid::Grid;

/// A picture in linear light.
pub type Picture = Grid<Rgb>;

/// Why a picture could not be read or written.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The file is missing or no JPEG or PNG.
    #[error("cannot read the picture {}: {source}; put a JPEG or PNG there", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the decoder said.
        source: image::ImageError,
    },
    /// The encoder refused.
    #[error("cannot encode the picture {}: {reason}", path.display())]
    Encode {
        /// The file.
        path: PathBuf,
        /// What the encoder said.
        reason: String,
    },
    /// The folder cannot be written.
    #[error("cannot write {}: {source}; check that the folder exists and may be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Reads a JPEG or PNG file.
pub fn read(path: &Path) -> Result<Picture, PictureError> {
    let decoded = image::open(path).map_err(|source| PictureError::Read { path: path.to_owned(), source })?.to_rgb8();
    let (width, height) = decoded.dimensions();
    Ok(Grid::from_fn(width as usize, height as usize, |x, y| decoded.get_pixel(x as u32, y as u32).0.map(linear)))
}

/// The picture `side` pixels wide and as high in proportion, averaged in linear light.
pub fn resize(picture: &Picture, side: u32) -> Picture {
    let (width, height) = (picture.width() as u32, picture.height() as u32);
    let samples = picture.cells().iter().flatten().copied().collect();
    let Some(buffer) = image::Rgb32FImage::from_raw(width, height, samples) else { return picture.clone() };
    let resized = image::imageops::resize(&buffer, side, side * height / width.max(1), FilterType::Lanczos3);
    Grid::from_fn(resized.width() as usize, resized.height() as usize, |x, y| resized.get_pixel(x as u32, y as u32).0)
}

/// Writes lossy WebP; `quality` from 0 to 100.
pub fn write_webp(picture: &Picture, path: &Path, quality: f32) -> Result<(), PictureError> {
    let encode = |reason: String| PictureError::Encode { path: path.to_owned(), reason };
    let bytes = bytes(picture);
    let mut config = webp::WebPConfig::new().map_err(|()| encode("libwebp has another version".to_owned()))?;
    config.quality = quality;
    config.method = 6;
    config.use_sharp_yuv = 1;
    let encoder = webp::Encoder::from_rgb(&bytes, picture.width() as u32, picture.height() as u32);
    let packed = encoder.encode_advanced(&config).map_err(|error| encode(format!("{error:?}")))?;
    fs::write(path, &*packed).map_err(|source| PictureError::Write { path: path.to_owned(), source })
}

/// Writes PNG, for looking at.
pub fn write_png(picture: &Picture, path: &Path) -> Result<(), PictureError> {
    let (width, height) = (picture.width() as u32, picture.height() as u32);
    image::save_buffer(path, &bytes(picture), width, height, image::ColorType::Rgb8)
        .map_err(|source| PictureError::Encode { path: path.to_owned(), reason: source.to_string() })
}

fn bytes(picture: &Picture) -> Vec<u8> {
    picture.cells().iter().flatten().map(|light| byte(*light)).collect()
}
