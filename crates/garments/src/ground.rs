//! The ground that a garment lies on: a plain colour that changes evenly over the photo.

use vitrine_vision::Picture;

use crate::error::GarmentError;

/// Shorter sides do not show an outline.
const LEAST_SIDE: usize = 128;
/// Longer sides only cost time.
const MOST_SIDE: usize = 4096;
/// Width of the band along the edges that shows the ground, in shares of the side.
const BAND: usize = 64;
/// Colours further from the ground's are something else.
const ALIKE: f32 = 14.0;
/// Least share of the band that must be alike.
const LEAST_SHARE: f32 = 0.6;

/// A place in shares of the sides, and its colour.
type Sample = ([f32; 2], [f32; 3]);

/// Red, green and blue, each as `a + b·x + c·y` with x and y from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground([[f32; 3]; 3]);

impl Ground {
    /// Fits the colours of a band along the photo's edges, leaving out what is something else.
    pub(crate) fn fit(picture: &Picture<'_>) -> Result<Self, GarmentError> {
        let (width, height) = (picture.width(), picture.height());
        if width < LEAST_SIDE || height < LEAST_SIDE {
            return Err(GarmentError::Small { width, height, least: LEAST_SIDE });
        }
        if width > MOST_SIDE || height > MOST_SIDE {
            return Err(GarmentError::Large { width, height, most: MOST_SIDE });
        }
        let band = width.min(height) / BAND;
        let mut edge = Vec::new();
        for y in 0..height {
            for x in 0..width {
                if x.min(width - 1 - x).min(y).min(height - 1 - y) < band {
                    let place = [x as f32 / width as f32, y as f32 / height as f32];
                    edge.push((place, picture.rgb(x, y).unwrap_or_default().map(f32::from)));
                }
            }
        }
        let middle = |channel: fn(&[f32; 3]) -> f32| {
            let mut numbers: Vec<f32> = edge.iter().map(|(_, colour)| channel(colour)).collect();
            numbers.sort_unstable_by(f32::total_cmp);
            numbers.get(numbers.len() / 2).copied().unwrap_or_default()
        };
        let medians = [middle(|rgb| rgb[0]), middle(|rgb| rgb[1]), middle(|rgb| rgb[2])];
        let mut ground = Self(medians.map(|median| [median, 0.0, 0.0]));
        for _ in 0..3 {
            let alike: Vec<_> =
                edge.iter().filter(|(place, colour)| ground.distance(*place, *colour) < ALIKE).collect();
            let share = alike.len() as f32 / edge.len().max(1) as f32;
            if share < LEAST_SHARE {
                return Err(GarmentError::NotPlain { share: share * 100.0 });
            }
            ground = Self(ground.0.map(|_| [0.0; 3])).fitted(&alike);
        }
        Ok(ground)
    }

    /// The least squares of each channel over x and y.
    fn fitted(mut self, alike: &[&Sample]) -> Self {
        let count = alike.len().max(1) as f32;
        let mean = |value: &dyn Fn(&Sample) -> f32| alike.iter().map(|one| value(one)).sum::<f32>() / count;
        let (mean_x, mean_y) = (mean(&|one| one.0[0]), mean(&|one| one.0[1]));
        let xx = mean(&|one| (one.0[0] - mean_x) * (one.0[0] - mean_x));
        let yy = mean(&|one| (one.0[1] - mean_y) * (one.0[1] - mean_y));
        let xy = mean(&|one| (one.0[0] - mean_x) * (one.0[1] - mean_y));
        let area = (xx * yy - xy * xy).max(1e-9);
        for (index, channel) in self.0.iter_mut().enumerate() {
            let of = |one: &Sample| one.1.get(index).copied().unwrap_or_default();
            let middle = mean(&of);
            let xz = mean(&|one| (one.0[0] - mean_x) * (of(one) - middle));
            let yz = mean(&|one| (one.0[1] - mean_y) * (of(one) - middle));
            let (along, down) = ((xz * yy - yz * xy) / area, (yz * xx - xz * xy) / area);
            *channel = [middle - along * mean_x - down * mean_y, along, down];
        }
        self
    }

    /// The ground's colour at a place in shares of the sides, 0 to 255.
    pub(crate) fn at(&self, [x, y]: [f32; 2]) -> [f32; 3] {
        self.0.map(|[a, b, c]| a + b * x + c * y)
    }

    fn distance(&self, place: [f32; 2], colour: [f32; 3]) -> f32 {
        self.at(place).iter().zip(colour).map(|(ground, colour)| (ground - colour).abs()).fold(0.0, f32::max)
    }
}
