//! Seasonal naive: what was seen one season ago.

use crate::error::ForecastError;
use crate::method::{Fitted, History, Method, Path, at_least};
use crate::work::Work;

/// Repeats the last season; without a season, the last value. `season` chooses one season of the history by its place,
/// longest that fits where `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SeasonalNaive {
    /// Which season to repeat: 0 is the shortest.
    pub season: Option<usize>,
}

struct Repeats {
    last: Vec<f64>,
    level: f64,
    deviation: f64,
    which: SeasonalNaive,
}

impl Method for SeasonalNaive {
    fn name(&self) -> &'static str {
        "naive"
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        at_least(self.name(), 1, history)?;
        let values = history.values;
        if !work.take(values.len()) {
            return Err(ForecastError::OutOfWork);
        }
        let fits = |season: &usize| *season <= values.len();
        let season = match self.season {
            Some(place) => history.seasons.get(place).copied().filter(fits),
            None => history.seasons.iter().copied().rfind(fits),
        };
        let season = season.unwrap_or(1);
        let last = values.get(values.len() - season..).unwrap_or_default().to_vec();
        let errors: f64 =
            values.iter().zip(values.iter().skip(season)).map(|(early, late)| (late - early) * (late - early)).sum();
        let deviation = libm::sqrt(errors / values.len().saturating_sub(season).max(1) as f64);
        let level = last.iter().sum::<f64>() / season as f64;
        Ok(Box::new(Repeats { last, level, deviation, which: *self }))
    }
}

impl Fitted for Repeats {
    fn description(&self) -> String {
        format!("naive({})", self.last.len())
    }

    fn predict(&self, horizon: usize) -> Path {
        let mean: Vec<f64> = self.last.iter().copied().cycle().take(horizon).collect();
        let round = |step: usize| (step / self.last.len().max(1) + 1) as f64;
        Path {
            spread: (0..horizon).map(|step| self.deviation * libm::sqrt(round(step))).collect(),
            level: vec![self.level; mean.len()],
            trend: vec![0.0; mean.len()],
            season: mean.iter().map(|value| value - self.level).collect(),
            mean,
        }
    }

    fn refit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        self.which.fit(history, work)
    }
}
