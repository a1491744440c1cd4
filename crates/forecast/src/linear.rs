//! Least squares with a ridge, by Cholesky's factors of the normal equations.

/// Sums over observations; lower triangle, row by row.
#[derive(Clone, Debug)]
pub(crate) struct Normal {
    squares: Vec<Vec<f64>>,
    shared: Vec<f64>,
}

impl Normal {
    pub(crate) fn new(causes: usize) -> Self {
        Self { squares: (1..=causes).map(|length| vec![0.0; length]).collect(), shared: vec![0.0; causes] }
    }

    /// Adds one observation.
    pub(crate) fn add(&mut self, causes: &[f64], effect: f64) {
        for ((row, sum), cause) in self.squares.iter_mut().zip(&mut self.shared).zip(causes) {
            for (cell, other) in row.iter_mut().zip(causes) {
                *cell += cause * other;
            }
            *sum += cause * effect;
        }
    }

    /// Weights, and the sum of squared errors left of `effects`, the effects' sum of squares. `ridge` is added to each
    /// diagonal cell as a share of itself.
    pub(crate) fn solve(&self, effects: f64, ridge: f64) -> (Vec<f64>, f64) {
        let mut factors: Vec<Vec<f64>> = Vec::with_capacity(self.squares.len());
        let mut half: Vec<f64> = Vec::with_capacity(self.squares.len());
        for (row, shared) in self.squares.iter().zip(&self.shared) {
            let mut factor: Vec<f64> = Vec::with_capacity(row.len());
            for (cell, above) in row.iter().zip(&factors) {
                let known: f64 = factor.iter().zip(above).map(|(a, b)| a * b).sum();
                let pivot = above.last().copied().unwrap_or(1.0);
                factor.push(if pivot > 0.0 { (cell - known) / pivot } else { 0.0 });
            }
            let own = row.last().copied().unwrap_or(0.0);
            let known: f64 = factor.iter().map(|part| part * part).sum();
            let left = own * (1.0 + ridge) - known;
            // A cause that the others explain wholly, or that is always zero, gets no weight.
            let pivot = if left > 1e-10 * own { libm::sqrt(left) } else { 0.0 };
            let known: f64 = factor.iter().zip(&half).map(|(a, b)| a * b).sum();
            half.push(if pivot > 0.0 { (shared - known) / pivot } else { 0.0 });
            factor.push(pivot);
            factors.push(factor);
        }
        let count = half.len();
        let mut weights = vec![0.0; count];
        for place in (0..count).rev() {
            let mut value = half.get(place).copied().unwrap_or(0.0);
            for (row, weight) in factors.iter().zip(&weights).skip(place + 1) {
                value -= row.get(place).copied().unwrap_or(0.0) * weight;
            }
            let pivot = factors.get(place).and_then(|row| row.last()).copied().unwrap_or(0.0);
            if let Some(weight) = weights.get_mut(place) {
                *weight = if pivot > 0.0 { value / pivot } else { 0.0 };
            }
        }
        let explained: f64 = weights.iter().zip(&self.shared).map(|(weight, shared)| weight * shared).sum();
        (weights, (effects - explained).max(0.0))
    }
}
