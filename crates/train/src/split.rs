//! Leave-one-out: each shopper's last item is for testing, the one before for tuning, the rest for training.

use crate::{EventLog, TrainError};

/// Different items a shopper needs to be tested.
const NEEDED: usize = 3;

/// A log split for tuning and testing.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Number of items.
    pub items: u32,
    /// Sequences to train on when tuning and in the strict protocol: without the last two items.
    pub train: Vec<Vec<u32>>,
    /// Sequences to train on in the refit protocol: without the last item.
    pub refit: Vec<Vec<u32>>,
    /// Cases for tuning.
    pub valid: Vec<Case>,
    /// Cases for testing.
    pub test: Vec<Case>,
}

/// What was known of a shopper, and what came next.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Item numbers, oldest first; all are masked in the ranking.
    pub history: Vec<u32>,
    /// The item to be found.
    pub target: u32,
}

impl Split {
    /// Splits a log. Shoppers with fewer than three different items only train.
    pub fn leave_one_out(log: &EventLog) -> Result<Self, TrainError> {
        let items = log.items.len() as u32;
        let mut split = Self { items, train: Vec::new(), refit: Vec::new(), valid: Vec::new(), test: Vec::new() };
        for sequence in &log.sequences {
            match sequence.as_slice() {
                [history @ .., valid, test] if !history.is_empty() => {
                    split.train.push(history.to_vec());
                    split.valid.push(Case { history: history.to_vec(), target: *valid });
                    let known = [history, &[*valid]].concat();
                    split.refit.push(known.clone());
                    split.test.push(Case { history: known, target: *test });
                }
                short => {
                    split.train.push(short.to_vec());
                    split.refit.push(short.to_vec());
                }
            }
        }
        match split.test.len() {
            0 => Err(TrainError::TooSmall { found: 0, needed: NEEDED }),
            _ => Ok(split),
        }
    }
}
