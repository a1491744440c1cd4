//! What a forecast says about stock: kept as distributions, so that the risk is always that of the stock of this moment.

use serde::{Deserialize, Serialize};
use vitrine_api::forecast::{Reorder, StockRisk};
use vitrine_forecast::{Outlook, Path, Policy, Shape, Stock, StockError};
use vitrine_operations::demand::date_of;

use crate::{
    failure::Outcome,
    request::{Query, bad},
};

/// The parameters that say how goods are ordered.
pub(crate) const POLICY: [&str; 4] = ["leadTime", "review", "service", "pack"];

const LEAD_TIME: i64 = 7;
const REVIEW: i64 = 1;
const SERVICE: f64 = 0.95;
/// Most days of lead time and of review, together fewer than a forecast reaches ahead.
const MOST_LEAD_TIME: i64 = 20;
const MOST_REVIEW: i64 = 7;
const MOST_PACK: i64 = 100_000;

/// How goods are ordered where nothing else is said: seven days, every day, .95, one by one.
pub(crate) const USUAL: Policy =
    Policy { lead_time: LEAD_TIME as usize, review: REVIEW as usize, service: SERVICE, pack: 1.0 };

/// How goods are ordered, from an address.
pub(crate) fn policy(query: &Query) -> Outcome<Policy> {
    let days = |name: &str, usual: i64, most: i64| match query.number(name)? {
        None => Ok(usual),
        Some(days) if (1..=most).contains(&days) => Ok(days),
        Some(_) => Err(bad(name, &format!("must be 1 to {most}"))),
    };
    let service = match query.get("service") {
        None => SERVICE,
        Some(text) => text
            .parse()
            .ok()
            .filter(|service: &f64| *service > 0.0 && *service < 1.0)
            .ok_or_else(|| bad("service", "must be a number between 0 and 1, such as 0.95"))?,
    };
    Ok(Policy {
        lead_time: usize::try_from(days("leadTime", LEAD_TIME, MOST_LEAD_TIME)?).unwrap_or_default(),
        review: usize::try_from(days("review", REVIEW, MOST_REVIEW)?).unwrap_or_default(),
        service,
        pack: days("pack", 1, MOST_PACK)? as f64,
    })
}

/// Distributions of the days ahead, as they are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ahead {
    /// The first day ahead, counted from 1970-01-01.
    first: i64,
    mean: Vec<f64>,
    spread: Vec<f64>,
    correlation: f64,
    shape: KeptShape,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KeptShape {
    /// `freedom` is not there where it is infinite, which JSON cannot say.
    Continuous {
        freedom: Option<f64>,
        above_zero: bool,
    },
    Counts {
        unit: f64,
    },
}

impl Ahead {
    /// What is kept of an outlook whose first day is `first`.
    pub(crate) fn of(outlook: &Outlook, first: i64) -> Self {
        let shape = match outlook.shape {
            Shape::Continuous { freedom, above_zero } => {
                KeptShape::Continuous { freedom: freedom.is_finite().then_some(freedom), above_zero }
            }
            Shape::Counts { unit } => KeptShape::Counts { unit },
        };
        let path = &outlook.path;
        Self { first, mean: path.mean.clone(), spread: path.spread.clone(), correlation: outlook.correlation, shape }
    }

    /// The days from `today` on.
    fn outlook(&self, today: i64) -> Outlook {
        let over = usize::try_from(today - self.first).unwrap_or(0);
        let rest = |values: &[f64]| values.get(over..).unwrap_or_default().to_vec();
        let shape = match self.shape {
            KeptShape::Continuous { freedom, above_zero } => {
                Shape::Continuous { freedom: freedom.unwrap_or(f64::INFINITY), above_zero }
            }
            KeptShape::Counts { unit } => Shape::Counts { unit },
        };
        let path = Path { mean: rest(&self.mean), spread: rest(&self.spread), ..Path::default() };
        Outlook { path, shape, correlation: self.correlation }
    }

    /// Units expected over all days that are left.
    pub(crate) fn expected(&self, today: i64) -> f64 {
        self.outlook(today).path.mean.iter().sum()
    }

    /// What it says about so many units today; `None` where the forecast is so old that it does not reach far enough.
    pub(crate) fn risk(&self, today: i64, units: u64, policy: Policy) -> Option<StockRisk> {
        let outlook = self.outlook(today);
        let dates = (0..outlook.path.mean.len()).map(|step| date_of(today.max(self.first) + step as i64));
        let stock = Stock { on_hand: units as f64, arriving: Vec::new() };
        risk(&stock, &outlook, dates.collect(), policy).ok()
    }
}

/// The risk of running out, and what to order.
///
/// # Errors
/// As for [`Stock::reorder`].
pub(crate) fn risk(
    stock: &Stock,
    outlook: &Outlook,
    dates: Vec<String>,
    policy: Policy,
) -> Result<StockRisk, StockError> {
    let order = stock.reorder(outlook, policy)?;
    let run_out = stock.run_out(outlook);
    let out_by = run_out.iter().position(|risk| *risk > 0.5).and_then(|step| dates.get(step)).cloned();
    let whole = |periods: usize| u32::try_from(periods).unwrap_or(u32::MAX);
    let reorder = Reorder {
        point: order.point,
        up_to: order.up_to,
        position: order.position,
        quantity: order.quantity,
        lead_time: whole(policy.lead_time),
        review: whole(policy.review),
        service: policy.service,
        pack: policy.pack,
    };
    Ok(StockRisk { units: stock.on_hand, dates, run_out, out_by, reorder })
}
