//! Stock: the probability of running out, and when and how much to reorder.

use serde::Serialize;

use crate::outlook::Outlook;

/// What lies on the shelf and what is on its way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stock {
    /// Units that can be sold now.
    pub on_hand: f64,
    /// Units on their way, each with the period ahead, 0 being the next, from whose start on it can be sold.
    pub arriving: Vec<(usize, f64)>,
}

/// How to reorder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    /// Periods from ordering until the goods can be sold.
    pub lead_time: usize,
    /// Periods between two occasions to order; at least 1.
    pub review: usize,
    /// The probability of not running out before an order placed now, or at the next occasion, has come; such as 0.95.
    pub service: f64,
    /// Units that come together, such as 6 in a box; orders are whole multiples.
    pub pack: f64,
}

/// What to order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reorder {
    /// Order when stock on hand and on its way is at most this.
    pub point: f64,
    /// Fill stock on hand and on its way up to this.
    pub up_to: f64,
    /// Stock on hand and on its way within the lead time.
    pub position: f64,
    /// What to order now; 0 while the position is above the point.
    pub quantity: f64,
}

/// Why nothing can be said about stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StockError {
    /// The forecast is too short for the question.
    #[error("lead time and review take {needed} periods, the forecast reaches {found}: forecast further ahead")]
    Horizon {
        /// Periods that are needed.
        needed: usize,
        /// Periods that the forecast has.
        found: usize,
    },
    /// A number is out of its range.
    #[error("{what} must be {range}")]
    Range {
        /// Which number.
        what: &'static str,
        /// What it must be.
        range: &'static str,
    },
}

impl Stock {
    fn arrived(&self, step: usize) -> f64 {
        self.on_hand + self.arriving.iter().filter(|(at, _)| *at <= step).map(|(_, amount)| amount).sum::<f64>()
    }

    /// The probability of having run out by the end of each period ahead: that demand until then exceeds what was there
    /// and what had arrived. It never falls from one period to the next: having run out once counts.
    #[must_use]
    pub fn run_out(&self, outlook: &Outlook) -> Vec<f64> {
        let mut most: f64 = 0.0;
        let risk = |(step, total): (usize, crate::outlook::Distribution)| {
            most = most.max(total.above(self.arrived(step)).clamp(0.0, 1.0));
            most
        };
        outlook.totals().into_iter().enumerate().map(risk).collect()
    }

    /// Reorder point and quantity from the quantiles of demand over the lead time, and over lead time and review.
    ///
    /// # Errors
    /// Numbers out of range, or a forecast shorter than lead time and review together.
    pub fn reorder(&self, outlook: &Outlook, policy: Policy) -> Result<Reorder, StockError> {
        if !(policy.service > 0.0 && policy.service < 1.0) {
            return Err(StockError::Range { what: "the service level", range: "between 0 and 1" });
        }
        if !(policy.pack > 0.0 && policy.pack.is_finite()) {
            return Err(StockError::Range { what: "the pack", range: "above 0" });
        }
        if !self.on_hand.is_finite() || self.arriving.iter().any(|(_, amount)| !amount.is_finite()) {
            return Err(StockError::Range { what: "stock", range: "a number" });
        }
        let totals = outlook.totals();
        let whole = policy.lead_time.saturating_add(policy.review.max(1));
        let quantile = |periods: usize| match periods.checked_sub(1) {
            None => Ok(0.0),
            Some(last) => totals
                .get(last)
                .map(|total| total.quantile(policy.service))
                .ok_or(StockError::Horizon { needed: whole, found: totals.len() }),
        };
        let (point, up_to) = (quantile(policy.lead_time)?, quantile(whole)?);
        let position = self.arrived(policy.lead_time);
        let short = if position <= point { (up_to - position).max(0.0) } else { 0.0 };
        // The ceiling of a little less than nothing is -0, which would be shown.
        let quantity = libm::ceil(short / policy.pack - 1e-9).max(0.0) * policy.pack + 0.0;
        Ok(Reorder { point, up_to, position, quantity })
    }
}
