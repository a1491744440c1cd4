//! Only the recent past: smoothing forgets what is old, so a long history is cut before constants are searched.

use crate::error::ForecastError;
use crate::method::{Fitted, History, Method, Path};
use crate::outlook::Outlook;
use crate::work::Work;

/// What smoothing looks back at, or six rounds of the shortest season where that is more.
pub(crate) const RECENT: usize = 300;

/// A method that looks back at most `most` periods, rounded up to whole rounds of the shortest season.
pub(crate) struct Recent<M> {
    pub(crate) method: M,
    pub(crate) most: usize,
}

struct Fit {
    /// Periods left out before the first that was learned from.
    skipped: usize,
    fitted: Box<dyn Fitted>,
}

fn after(history: History<'_>, skipped: usize) -> History<'_> {
    History { values: history.values.get(skipped..).unwrap_or_default(), seasons: history.seasons }
}

impl<M: Method> Method for Recent<M> {
    fn name(&self) -> &'static str {
        self.method.name()
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        let season = history.season();
        let skipped = history.values.len().saturating_sub(self.most) / season * season;
        let fitted = self.method.fit(after(history, skipped), work)?;
        if skipped == 0 {
            return Ok(fitted);
        }
        Ok(Box::new(Fit { skipped, fitted }))
    }
}

impl Fitted for Fit {
    fn description(&self) -> String {
        self.fitted.description()
    }

    fn predict(&self, horizon: usize) -> Path {
        self.fitted.predict(horizon)
    }

    fn outlook(&self, horizon: usize) -> Outlook {
        self.fitted.outlook(horizon)
    }

    fn refit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        let fitted = self.fitted.refit(after(history, self.skipped), work)?;
        Ok(Box::new(Self { skipped: self.skipped, fitted }))
    }
}
