//! Drawings: SVG files turned into ink on a transparent ground, as fine as the cloth needs.

use std::fs;
use std::path::{Path, PathBuf};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use thiserror::Error;

use crate::colour::{Rgb, linear};
use crate::grid::Grid;

/// Ink in linear light, not premultiplied, and how much of the ground it covers.
pub struct Artwork {
    ink: [Grid<f32>; 3],
    cover: Grid<f32>,
}

/// Why a drawing cannot be used.
#[derive(Debug, Error)]
pub enum ArtworkError {
    /// The file is missing.
    #[error("cannot read the drawing {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no SVG that can be drawn.
    #[error("cannot draw {}: {reason}; it must be an SVG with a viewBox", path.display())]
    Draw {
        /// The file.
        path: PathBuf,
        /// What the renderer said.
        reason: String,
    },
}

impl Artwork {
    /// Draws an SVG file `width` pixels wide; `ink` replaces `currentColor`.
    pub fn draw(path: &Path, width: f32, ink: Option<&str>) -> Result<Self, ArtworkError> {
        let draw = |reason: String| ArtworkError::Draw { path: path.to_owned(), reason };
        let source = fs::read_to_string(path).map_err(|source| ArtworkError::Read { path: path.to_owned(), source })?;
        let source = source.replace("currentColor", ink.unwrap_or("#222222"));
        let tree = Tree::from_str(&source, &Options::default()).map_err(|error| draw(error.to_string()))?;
        let scale = width / tree.size().width();
        let height = (tree.size().height() * scale).round().max(1.0);
        let too_small = || draw(format!("{width} by {height} pixels is no size for a drawing"));
        let mut pixels = Pixmap::new(width.round() as u32, height as u32).ok_or_else(too_small)?;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
        let (columns, rows) = (pixels.width() as usize, pixels.height() as usize);
        let pixel = |x: usize, y: usize| pixels.pixel(x as u32, y as u32).map(|pixel| pixel.demultiply());
        let plane = |value: &dyn Fn(resvg::tiny_skia::ColorU8) -> f32| {
            Grid::from_fn(columns, rows, |x, y| pixel(x, y).map_or(0.0, value))
        };
        Ok(Self {
            ink: [plane(&|p| linear(p.red())), plane(&|p| linear(p.green())), plane(&|p| linear(p.blue()))],
            cover: plane(&|pixel| f32::from(pixel.alpha()) / 255.0),
        })
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (f32, f32) {
        (self.cover.width() as f32, self.cover.height() as f32)
    }

    /// Ink and cover at a point; without cover outside the drawing.
    pub fn at(&self, x: f32, y: f32) -> (Rgb, f32) {
        let (width, height) = self.size();
        if x < 0.0 || y < 0.0 || x >= width || y >= height {
            return ([0.0; 3], 0.0);
        }
        self.between(x, y)
    }

    /// Ink and cover at a point of the drawing repeated without end.
    pub fn repeated(&self, x: f32, y: f32) -> (Rgb, f32) {
        let (width, height) = self.size();
        self.between(x.rem_euclid(width), y.rem_euclid(height))
    }

    fn between(&self, x: f32, y: f32) -> (Rgb, f32) {
        let [red, green, blue] = &self.ink;
        let [r, g, b] = [red, green, blue].map(|plane| plane.get(x as usize, y as usize));
        ([r, g, b], self.cover.get(x as usize, y as usize))
    }
}
