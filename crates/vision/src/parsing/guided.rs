//! The guided filter (He, Sun and Tang 2010, with colour; computed on a coarse grid as in their fast version of 2015): makes
//! a soft mask follow the edges of a picture, by taking it for a linear function of colour around each place.

use super::box_mean::BoxMean;

/// What a guide of `width` x `height` colours says about every mask on it.
#[derive(Debug)]
pub(crate) struct Guide {
    box_mean: BoxMean,
    colours: [Vec<f32>; 3],
    means: [Vec<f32>; 3],
    /// Inverse of the colours' covariance around each place: xx, xy, xz, yy, yz, zz.
    inverse: [Vec<f32>; 6],
}

/// A mask as a linear function of colour: red, green, blue, and one.
#[derive(Debug)]
pub(crate) struct Linear(pub(crate) [Vec<f32>; 4]);

impl Guide {
    /// Looks at `colours`, planes of 0 to 1. `radius`: of the square around each place; `softness`: variance of colour
    /// below which an edge is none.
    pub(crate) fn new(colours: [Vec<f32>; 3], width: usize, height: usize, radius: usize, softness: f32) -> Self {
        let box_mean = BoxMean::new(width, height, radius);
        let means = [0, 1, 2].map(|index: usize| box_mean.of(plane(&colours, index).iter().copied()));
        let covariance = |one: usize, other: usize| {
            let products = plane(&colours, one).iter().zip(plane(&colours, other)).map(|(one, other)| one * other);
            let mut covariance = box_mean.of(products);
            let means = plane(&means, one).iter().zip(plane(&means, other));
            for (covariance, (one, other)) in covariance.iter_mut().zip(means) {
                *covariance -= one * other;
            }
            covariance
        };
        let pairs = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)];
        let mut inverse = pairs.map(|(one, other)| covariance(one, other));
        let [xx, xy, xz, yy, yz, zz] = &mut inverse;
        for (((((xx, xy), xz), yy), yz), zz) in xx.iter_mut().zip(xy).zip(xz).zip(yy).zip(yz).zip(zz) {
            let (a, d, f) = (*xx + softness, *yy + softness, *zz + softness);
            let (b, c, e) = (*xy, *xz, *yz);
            let minors = [d * f - e * e, c * e - b * f, b * e - c * d];
            // Positive: a covariance plus a positive diagonal.
            let scale = 1.0 / (a * minors[0] + b * minors[1] + c * minors[2]).max(f32::MIN_POSITIVE);
            (*xx, *xy, *xz) = (minors[0] * scale, minors[1] * scale, minors[2] * scale);
            (*yy, *yz, *zz) = ((a * f - c * c) * scale, (b * c - a * e) * scale, (a * d - b * b) * scale);
        }
        Self { box_mean, colours, means, inverse }
    }

    /// The linear function of colour that each place of a mask comes closest to.
    pub(crate) fn explain(&self, mask: &[f32]) -> Linear {
        let mean = self.box_mean.of(mask.iter().copied());
        let mut together = [0, 1, 2].map(|index: usize| {
            let products = plane(&self.colours, index).iter().zip(mask).map(|(colour, mask)| colour * mask);
            let mut together = self.box_mean.of(products);
            for ((together, colour), mean) in together.iter_mut().zip(plane(&self.means, index)).zip(&mean) {
                *together -= colour * mean;
            }
            together
        });
        let mut rest = mean;
        let [xx, xy, xz, yy, yz, zz] = &self.inverse;
        let inverse = xx.iter().zip(xy).zip(xz).zip(yy).zip(yz).zip(zz);
        let [red, green, blue] = &mut together;
        let [mean_red, mean_green, mean_blue] = &self.means;
        let places = red.iter_mut().zip(green).zip(blue).zip(&mut rest);
        let means = mean_red.iter().zip(mean_green).zip(mean_blue);
        for (((((red, green), blue), rest), (((((xx, xy), xz), yy), yz), zz)), ((mean_red, mean_green), mean_blue)) in
            places.zip(inverse).zip(means)
        {
            let (x, y, z) = (*red, *green, *blue);
            *red = xx * x + xy * y + xz * z;
            *green = xy * x + yy * y + yz * z;
            *blue = xz * x + yz * y + zz * z;
            *rest -= *red * mean_red + *green * mean_green + *blue * mean_blue;
        }
        let [red, green, blue] = together;
        Linear([red, green, blue, rest].map(|plane| self.box_mean.of(plane.into_iter())))
    }
}

fn plane(planes: &[Vec<f32>; 3], index: usize) -> &[f32] {
    planes.get(index).map_or(&[], Vec::as_slice)
}
