//! A fixed seasonal pattern: how it is tested for, measured, taken out and put back.

/// How a season acts on the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Acts {
    /// It is added.
    Adds,
    /// It multiplies.
    Multiplies,
}

/// One index per position in the season; position 0 is the history's first period.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) acts: Acts,
    pub(crate) indices: Vec<f64>,
}

impl Pattern {
    /// Measures a pattern by classical decomposition: each value beside the centred moving average over one season.
    /// `None` where there are fewer than two whole seasons, or values that a factor cannot describe.
    pub(crate) fn measure(values: &[f64], season: usize, acts: Acts) -> Option<Self> {
        if season < 2 || values.len() < 2 * season {
            return None;
        }
        if acts == Acts::Multiplies && values.iter().any(|&value| value <= 0.0) {
            return None;
        }
        let trend = centred_average(values, season);
        let mut sums = vec![(0.0, 0_u32); season];
        let margin = season / 2;
        let inner = values.iter().enumerate().skip(margin).zip(&trend);
        for ((at, value), trend) in inner {
            let Some((sum, count)) = sums.get_mut(at % season) else { continue };
            match acts {
                Acts::Adds => *sum += value - trend,
                Acts::Multiplies if *trend > 0.0 => *sum += value / trend,
                Acts::Multiplies => return None,
            }
            *count += 1;
        }
        if sums.iter().any(|&(_, count)| count == 0) {
            return None;
        }
        let mut indices: Vec<f64> = sums.iter().map(|&(sum, count)| sum / f64::from(count)).collect();
        let average = indices.iter().sum::<f64>() / season as f64;
        for index in &mut indices {
            match acts {
                Acts::Adds => *index -= average,
                Acts::Multiplies => *index = (*index / average).max(0.01),
            }
        }
        Some(Self { acts, indices })
    }

    /// Indices drawn towards "no season" by the share of them that chance explains (James and Stein's estimator, as
    /// D. Miller and D. Williams apply it in "Shrinkage estimators of time series seasonal factors", 2003).
    pub(crate) fn shrunk(values: &[f64], season: usize, acts: Acts) -> Option<Self> {
        Some(Self::measure(values, season, acts)?.shrink(values))
    }

    fn shrink(mut self, values: &[f64]) -> Self {
        let season = self.indices.len();
        let still = match self.acts {
            Acts::Adds => 0.0,
            Acts::Multiplies => 1.0,
        };
        let trend = centred_average(values, season);
        let inner: Vec<(usize, f64)> = values
            .iter()
            .enumerate()
            .skip(season / 2)
            .zip(&trend)
            .map(|((at, value), trend)| match self.acts {
                Acts::Adds => (at % season, value - trend),
                Acts::Multiplies => (at % season, value / trend),
            })
            .collect();
        let noise: f64 = inner
            .iter()
            .map(|&(position, seen)| {
                let index = self.indices.get(position).copied().unwrap_or(still);
                (seen - index) * (seen - index)
            })
            .sum::<f64>()
            / (inner.len().saturating_sub(season)).max(1) as f64;
        let per_index = noise * season as f64 / inner.len().max(1) as f64;
        let signal = self.indices.iter().map(|index| (index - still) * (index - still)).sum::<f64>();
        let chance = per_index * (season.saturating_sub(3)) as f64;
        let kept = if signal > 0.0 { (1.0 - chance / signal).clamp(0.0, 1.0) } else { 0.0 };
        for index in &mut self.indices {
            *index = still + kept * (*index - still);
        }
        self
    }

    /// The values without the season.
    pub(crate) fn take_out(&self, values: &[f64]) -> Vec<f64> {
        let pairs = values.iter().zip(self.indices.iter().cycle());
        match self.acts {
            Acts::Adds => pairs.map(|(value, index)| value - index).collect(),
            Acts::Multiplies => pairs.map(|(value, index)| value / index).collect(),
        }
    }

    /// The index of the period `at`, counted from the history's first.
    pub(crate) fn index(&self, at: usize) -> f64 {
        let still = match self.acts {
            Acts::Adds => 0.0,
            Acts::Multiplies => 1.0,
        };
        self.indices.get(at % self.indices.len().max(1)).copied().unwrap_or(still)
    }

    /// What the season makes of a seasonless `value` in period `at`.
    pub(crate) fn put_back(&self, value: f64, at: usize) -> f64 {
        match self.acts {
            Acts::Adds => value + self.index(at),
            Acts::Multiplies => value * self.index(at),
        }
    }
}

/// The centred moving average over one season, for all periods that have a full window.
fn centred_average(values: &[f64], season: usize) -> Vec<f64> {
    let even = season.is_multiple_of(2);
    let window = if even { season + 1 } else { season };
    values
        .windows(window)
        .map(|seen| {
            let mut sum: f64 = seen.iter().sum();
            if let (true, Some(first), Some(last)) = (even, seen.first(), seen.last()) {
                sum -= 0.5 * (first + last);
            }
            sum / season as f64
        })
        .collect()
}

/// Autocorrelation at `lag`.
pub(crate) fn autocorrelation(values: &[f64], lag: usize) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let all: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let shared: f64 =
        values.iter().zip(values.iter().skip(lag)).map(|(early, late)| (early - mean) * (late - mean)).sum();
    if all > 0.0 { shared / all } else { 0.0 }
}

/// Whether the season shows in the autocorrelation, at the 90 % level (the test of the M3 and M4 competitions).
pub(crate) fn is_seasonal(values: &[f64], season: usize) -> bool {
    if season < 2 || values.len() < 2 * season + 1 {
        return false;
    }
    let before: f64 = (1..season).map(|lag| autocorrelation(values, lag)).map(|r| r * r).sum();
    let limit = 1.645 * libm::sqrt((1.0 + 2.0 * before) / values.len() as f64);
    autocorrelation(values, season).abs() > limit
}
