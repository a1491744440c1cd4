//! Which methods are worth trying on a history, and how far each is trusted before there is evidence.

use crate::autoregression::Autoregression;
use crate::ces::Ces;
use crate::ets::Ets;
use crate::method::{History, Method};
use crate::mstl::Mstl;
use crate::naive::SeasonalNaive;
use crate::recent::{RECENT, Recent};
use crate::slow::{CrostonSba, Imapa, Level, Tsb};
use crate::theta::Theta;

/// A method with its weight before evidence.
pub(crate) struct Candidate {
    pub(crate) method: Box<dyn Method>,
    pub(crate) trust: f64,
}

/// Rounds of the shortest season from which the history itself says what works: then no method is doubted beforehand,
/// and regressions on many lags join.
const RICH: usize = 10;
/// What the seasonal naive forecast is trusted with where there are few rounds: over one or two held-back windows it
/// wins by chance too often.
const DOUBTED: f64 = 1.0 / 3.0;

/// Whether a history has enough rounds to be judged by itself.
pub(crate) fn is_rich(history: History<'_>) -> bool {
    history.values.len() >= RICH * history.season()
}

/// The candidates for a history without long runs of zeros, the cheapest first.
pub(crate) fn candidates(history: History<'_>) -> Vec<Candidate> {
    let count = history.values.len();
    let rich = is_rich(history);
    let most = RECENT.max(6 * history.season());
    let mut all: Vec<(f64, Box<dyn Method>)> = Vec::new();
    all.push((if rich { 1.0 } else { DOUBTED }, Box::new(SeasonalNaive { season: Some(0) })));
    let longest = history.seasons.iter().rposition(|&season| 2 * season < count);
    if longest.is_some_and(|place| place > 0) {
        all.push((1.0, Box::new(SeasonalNaive { season: longest })));
    }
    if rich && history.season() > 1 {
        all.push((1.0, Box::new(Autoregression { logarithms: false })));
        all.push((1.0, Box::new(Autoregression { logarithms: true })));
    }
    all.push((1.0, Box::new(Recent { method: Theta, most })));
    all.push((1.0, Box::new(Recent { method: Ces, most })));
    all.push((1.0, Box::new(Recent { method: Ets { damped: true }, most })));
    // A second season that comes round only two or three times is for a decomposition: regressions need four.
    let rare = history.seasons.iter().skip(1).any(|&season| 2 * season < count && 4 * season > count);
    if rare {
        let logarithms = history.values.iter().all(|&value| value > 0.0);
        all.push((1.0, Box::new(Mstl { logarithms, theta: true })));
    }
    all.into_iter().map(|(trust, method)| Candidate { method, trust }).collect()
}

/// The candidates for slow movers.
pub(crate) fn slow_candidates() -> Vec<Candidate> {
    let all: [Box<dyn Method>; 4] = [Box::new(Imapa), Box::new(Level), Box::new(Tsb), Box::new(CrostonSba)];
    all.into_iter().map(|method| Candidate { method, trust: 1.0 }).collect()
}
