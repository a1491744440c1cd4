//! Which pixels are the garment: the ground grows from the photo's edges, down into shadows, and stops at the garment.

use std::collections::VecDeque;

use vitrine_vision::Picture;

use crate::error::GarmentError;
use crate::ground::Ground;

/// A shadow becomes darker evenly, by at most this many levels a pixel in a photo of [`SIDE`] pixels.
const STEP: f32 = 13.0;
/// Toward the garment a shadow becomes darker, never lighter by more than noise.
const NOISE: f32 = 2.5;
/// Shadows are smooth: cloth of their hue and light is rougher than this, in levels.
const ROUGH: f32 = 7.0;
/// Pixels on the longer side for which the steps hold.
const SIDE: f32 = 1024.0;
/// Islands of cloth and of ground smaller than this share of the photo are noise.
const ISLAND: f32 = 0.0008;

/// A garment's pixels, row by row.
#[derive(Clone, Debug)]
pub(crate) struct Mask {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) inside: Vec<bool>,
    /// Whether only hue tells the garment from the ground: the outline is known to some pixels only.
    pub(crate) coarse: bool,
}

/// Light, and how far the hue is from that of the ground in that light.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    light: f32,
    ground: f32,
    hue: f32,
    rough: f32,
}

/// What still counts as the ground, given what lies on it.
#[derive(Clone, Copy, Debug)]
struct Tolerance {
    /// Greatest difference in hue, in levels.
    hue: f32,
    /// Greatest difference in light of what lies in no shadow, in levels.
    light: f32,
    /// Least share of the ground's light in a shadow.
    darkest: f32,
}

impl Tolerance {
    /// Colours are stored coarsely around edges, so that the ground's hue is only trusted as far as the garment makes it
    /// necessary: little for a white garment, which differs by little.
    fn beside(looks: &[Look], width: usize) -> Self {
        let height = looks.len() / width.max(1);
        let central = looks.iter().enumerate().filter(|(index, look)| {
            let (x, y) = (index % width, index / width);
            let inside = x > width / 4 && x < width * 3 / 4 && y > height / 4 && y < height * 3 / 4;
            inside && (look.hue > WHITE.hue || (look.light - look.ground).abs() > WHITE.light)
        });
        let (mut hues, mut lights): (Vec<f32>, Vec<f32>) =
            central.map(|(_, look)| (look.hue, look.light / look.ground)).unzip();
        let middle = |numbers: &mut Vec<f32>| {
            numbers.sort_unstable_by(f32::total_cmp);
            numbers.get(numbers.len() / 2).copied().unwrap_or(1.0)
        };
        let (hue, light) = (middle(&mut hues), middle(&mut lights));
        if light < 0.85 || hue > 4.0 * WHITE.hue {
            let darkest = if light < 0.4 { (light + 0.2).max(0.3) } else { 0.25 };
            Self { hue: if light < 0.85 { 10.0 } else { 0.4 * hue }.max(WHITE.hue), light: 11.0, darkest }
        } else {
            WHITE
        }
    }
}

/// For garments that are nearly of the ground's colour.
const WHITE: Tolerance = Tolerance { hue: 3.6, light: 4.5, darkest: 0.3 };

impl Mask {
    pub(crate) fn of(picture: &Picture<'_>) -> Result<Self, GarmentError> {
        let ground = Ground::fit(picture)?;
        let (width, height) = (picture.width(), picture.height());
        let looks = looks(picture, &ground);
        let step = STEP * (SIDE / width.max(height) as f32).max(0.5);
        let tolerance = Tolerance::beside(&looks, width);
        let mut mask = Self { width, height, inside: vec![true; width * height], coarse: tolerance.hue <= WHITE.hue };

        let edge = (0..width * height).filter(|index| {
            let (x, y) = (index % width, index / width);
            x == 0 || y == 0 || x == width - 1 || y == height - 1
        });
        mask.grow(&looks, tolerance, step, edge.collect());
        // Ground that the garment encloses: exactly of the ground's colour, over some width.
        let plain = |look: &Look| (look.light - look.ground).abs() < WHITE.light && look.hue < WHITE.hue * 0.6;
        let enclosed: Vec<bool> = mask.inside.iter().zip(&looks).map(|(&inside, look)| inside && plain(look)).collect();
        let least = (ISLAND * (width * height) as f32) as usize;
        let seeds = mask.islands(&enclosed).into_iter().filter(|island| island.len() > least).flatten().collect();
        mask.grow(&looks, tolerance, step, seeds);

        mask.keep_large(least);
        // Colours are stored in squares of sixteen pixels: an outline that only hue tells has their steps.
        for radius in if mask.coarse { [8, 8] } else { [1, 1] } {
            mask.smooth(radius);
        }
        let share = 100.0 * mask.inside.iter().filter(|inside| **inside).count() as f32 / mask.inside.len() as f32;
        if !(5.0..=90.0).contains(&share) {
            return Err(GarmentError::NoGarment { share });
        }
        Ok(mask)
    }

    /// Whether a pixel is the garment's; outside the photo none is.
    pub(crate) fn at(&self, x: usize, y: usize) -> bool {
        x < self.width && self.inside.get(y * self.width + x).copied().unwrap_or(false)
    }

    fn neighbours(&self, index: usize) -> impl Iterator<Item = usize> + use<> {
        let (x, y, width, height) = (index % self.width, index / self.width, self.width, self.height);
        let left = (x > 0).then(|| index - 1);
        let right = (x + 1 < width).then(|| index + 1);
        let above = (y > 0).then(|| index - width);
        let below = (y + 1 < height).then(|| index + width);
        [left, right, above, below].into_iter().flatten()
    }

    fn grow(&mut self, looks: &[Look], tolerance: Tolerance, step: f32, seeds: Vec<usize>) {
        let is_ground = |look: &Look| {
            look.hue < tolerance.hue
                && look.light < look.ground + tolerance.light
                && look.light > look.ground * tolerance.darkest
        };
        let mut open: VecDeque<(usize, Look)> = VecDeque::new();
        for seed in seeds {
            let Some((inside, look)) = self.inside.get_mut(seed).zip(looks.get(seed)) else { continue };
            if *inside && is_ground(look) {
                *inside = false;
                open.push_back((seed, *look));
            }
        }
        while let Some((from, before)) = open.pop_front() {
            for to in self.neighbours(from) {
                let Some((inside, look)) = self.inside.get_mut(to).zip(looks.get(to)) else { continue };
                // Back up to the open ground is free; into a shadow only evenly down.
                let open_ground = (look.light - look.ground).abs() < tolerance.light;
                let evenly =
                    look.rough < ROUGH && look.light <= before.light + NOISE && before.light - look.light <= step;
                if *inside && is_ground(look) && (open_ground || evenly) {
                    *inside = false;
                    open.push_back((to, *look));
                }
            }
        }
    }

    /// Makes each pixel what most of the square around it are.
    fn smooth(&mut self, radius: usize) {
        let before = self.shares(radius);
        for (inside, share) in self.inside.iter_mut().zip(before) {
            *inside = share > 0.5;
        }
    }

    /// The garment without what is thinner than about a hundredth of the photo: threads, chains, spikes.
    pub(crate) fn opened(&self) -> Self {
        let radius = self.width.min(self.height) / 200;
        let mut core = self.clone();
        for (inside, share) in core.inside.iter_mut().zip(self.shares(radius)) {
            *inside = share > 0.999;
        }
        let mut opened = core.clone();
        for (inside, share) in opened.inside.iter_mut().zip(core.shares(radius)) {
            *inside = share > 0.0005;
        }
        opened
    }

    /// The share of the garment in the square around each pixel.
    pub(crate) fn shares(&self, radius: usize) -> Vec<f32> {
        let numbers: Vec<f32> = self.inside.iter().map(|&inside| f32::from(u8::from(inside))).collect();
        let along = mean_along(&numbers, self.width, self.height, radius, [1, self.width]);
        mean_along(&along, self.height, self.width, radius, [self.width, 1])
    }

    /// Connected parts of what is marked.
    fn islands(&self, marked: &[bool]) -> Vec<Vec<usize>> {
        let mut left = marked.to_vec();
        let mut islands = Vec::new();
        for start in 0..left.len() {
            if !core::mem::replace(left.get_mut(start).unwrap_or(&mut false), false) {
                continue;
            }
            let mut island = vec![start];
            let mut next = 0;
            while let Some(&from) = island.get(next) {
                next += 1;
                for to in self.neighbours(from) {
                    if left.get_mut(to).is_some_and(core::mem::take) {
                        island.push(to);
                    }
                }
            }
            islands.push(island);
        }
        islands
    }

    /// Removes small islands of cloth and fills small holes.
    fn keep_large(&mut self, least: usize) {
        for (kind, replacement) in [(true, false), (false, true)] {
            let marked: Vec<bool> = self.inside.iter().map(|&inside| inside == kind).collect();
            for island in self.islands(&marked).into_iter().filter(|island| island.len() <= least) {
                for index in island {
                    if let Some(inside) = self.inside.get_mut(index) {
                        *inside = replacement;
                    }
                }
            }
        }
    }
}

/// Each pixel's look, from the mean of the three by three around it: JPEG leaves noise in hues.
fn looks(picture: &Picture<'_>, ground: &Ground) -> Vec<Look> {
    let (width, height) = (picture.width(), picture.height());
    let mut looks = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let (mut sum, mut count) = ([0.0_f32; 3], 0.0_f32);
            for (x, y) in (y.saturating_sub(1)..=y + 1).flat_map(|y| (x.saturating_sub(1)..=x + 1).map(move |x| (x, y)))
            {
                if let Some(pixel) = picture.rgb(x, y) {
                    sum.iter_mut().zip(pixel).for_each(|(sum, channel)| *sum += f32::from(channel));
                    count += 1.0;
                }
            }
            let [red, green, blue] = sum.map(|sum| sum / count.max(1.0));
            let plain = ground.at([x as f32 / width as f32, y as f32 / height as f32]);
            let light = |[red, green, blue]: [f32; 3]| 0.299 * red + 0.587 * green + 0.114 * blue;
            let (here, there) = (light([red, green, blue]), light(plain).max(1.0));
            let lit = plain.map(|channel| channel * here / there);
            let [red, blue] = [(red - green) - (lit[0] - lit[1]), (blue - green) - (lit[2] - lit[1])];
            looks.push(Look { light: here, ground: there, hue: red.abs().max(blue.abs()), rough: 0.0 });
        }
    }
    let lights: Vec<f32> = looks.iter().map(|look| look.light).collect();
    let at = |x: usize, y: usize| lights.get(y * width + x).copied().unwrap_or_default();
    for (index, look) in looks.iter_mut().enumerate() {
        let (x, y) = (index % width, index / width);
        let (left, right) = (x.saturating_sub(2), (x + 2).min(width - 1));
        let (above, below) = (y.saturating_sub(2), (y + 2).min(height - 1));
        // The second difference along both axes: none in an even shadow.
        let bend = |one: f32, other: f32| (one + other - 2.0 * look.light).abs();
        look.rough = bend(at(left, y), at(right, y)).max(bend(at(x, above), at(x, below)));
    }
    looks
}

/// Means along lines of `length` numbers `step` apart; lines begin `next` apart.
fn mean_along(numbers: &[f32], length: usize, lines: usize, radius: usize, [step, next]: [usize; 2]) -> Vec<f32> {
    let mut means = vec![0.0; numbers.len()];
    for line in 0..lines {
        let at = |place: usize| (place < length).then(|| numbers.get(line * next + place * step)).flatten();
        let (mut sum, mut count) = (0.0, 0.0);
        for number in (0..radius).filter_map(at) {
            sum += number;
            count += 1.0;
        }
        for place in 0..length {
            if let Some(entering) = at(place + radius) {
                sum += entering;
                count += 1.0;
            }
            if let Some(leaving) = place.checked_sub(radius + 1).and_then(at) {
                sum -= leaving;
                count -= 1.0;
            }
            if let Some(mean) = means.get_mut(line * next + place * step) {
                *mean = sum / count;
            }
        }
    }
    means
}
