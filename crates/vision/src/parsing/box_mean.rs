//! The mean over a square around each place of a plane, in time that does not depend on the square.

/// Means over squares of one radius on planes of one size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BoxMean {
    width: usize,
    height: usize,
    radius: usize,
}

impl BoxMean {
    /// Squares of `2 * radius + 1`, cut at the plane's edges.
    pub(crate) fn new(width: usize, height: usize, radius: usize) -> Self {
        Self { width: width.max(1), height, radius }
    }

    /// The means of a plane, given row by row.
    pub(crate) fn of(&self, plane: impl Iterator<Item = f32>) -> Vec<f32> {
        let mut along: Vec<f32> = plane.collect();
        let mut row = Vec::with_capacity(self.width);
        for line in along.chunks_exact_mut(self.width) {
            row.clear();
            row.extend_from_slice(line);
            self.slide(&row, line);
        }
        let mut means = vec![0.0; along.len()];
        let mut sums = vec![0.0; self.width];
        let mut count = 0.0;
        let lines = |index: usize| along.chunks_exact(self.width).nth(index);
        for index in 0..self.radius.min(self.height) {
            if let Some(line) = lines(index) {
                add(&mut sums, line, 1.0);
                count += 1.0;
            }
        }
        for (index, line) in means.chunks_exact_mut(self.width).enumerate() {
            if let Some(entering) = lines(index + self.radius) {
                add(&mut sums, entering, 1.0);
                count += 1.0;
            }
            if let Some(leaving) = index.checked_sub(self.radius + 1).and_then(lines) {
                add(&mut sums, leaving, -1.0);
                count -= 1.0;
            }
            for (mean, sum) in line.iter_mut().zip(&sums) {
                *mean = sum / count;
            }
        }
        means
    }

    /// Means along one line.
    fn slide(&self, line: &[f32], into: &mut [f32]) {
        let mut sum: f32 = line.iter().take(self.radius).sum();
        let mut count = self.radius.min(line.len()) as f32;
        for (index, mean) in into.iter_mut().enumerate() {
            if let Some(entering) = line.get(index + self.radius) {
                sum += entering;
                count += 1.0;
            }
            if let Some(leaving) = index.checked_sub(self.radius + 1).and_then(|index| line.get(index)) {
                sum -= leaving;
                count -= 1.0;
            }
            *mean = sum / count;
        }
    }
}

fn add(sums: &mut [f32], line: &[f32], sign: f32) {
    for (sum, number) in sums.iter_mut().zip(line) {
        *sum += sign * number;
    }
}
