//! How much may be computed: the crate has no clock, so limits are counts of steps.

/// A budget of work. One step is one model's update by one observation, some 5 ns natively and 10 ns as WebAssembly;
/// a thousand steps are about 10 µs in a worker.
///
/// A method that runs out of work stops searching and uses the best it has found; the automatic choice leaves out the
/// methods it cannot afford. Only when not even the seasonal naive forecast fits is that an error.
#[derive(Clone, Debug)]
pub struct Work {
    left: u64,
    spent: u64,
    iterations: usize,
}

impl Work {
    /// A budget of `steps` steps, and at most `iterations` iterations in each search for a model's constants.
    #[must_use]
    pub const fn new(steps: u64, iterations: usize) -> Self {
        Self { left: steps, spent: 0, iterations }
    }

    /// Takes `steps` from the budget; `false` where that many are not left, and then none are taken.
    pub(crate) fn take(&mut self, steps: usize) -> bool {
        let steps = steps as u64;
        if self.left < steps {
            return false;
        }
        self.left -= steps;
        self.spent += steps;
        true
    }

    /// A budget of its own, without `reserved` steps; what it spends is taken from this one by [`Work::settle`].
    pub(crate) fn without(&self, reserved: u64) -> Self {
        Self { left: self.left.saturating_sub(reserved), spent: 0, iterations: self.iterations }
    }

    /// Takes what a part of this budget has spent.
    pub(crate) fn settle(&mut self, part: &Self) {
        self.left = self.left.saturating_sub(part.spent);
        self.spent += part.spent;
    }

    /// Steps that are left.
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.left
    }

    /// Steps that were taken.
    #[must_use]
    pub const fn spent(&self) -> u64 {
        self.spent
    }

    /// Most iterations of one search.
    #[must_use]
    pub const fn iterations(&self) -> usize {
        self.iterations
    }
}

impl Default for Work {
    /// Enough for every method on a few thousand observations: 20 million steps, 100 iterations a search.
    fn default() -> Self {
        Self::new(20_000_000, 100)
    }
}
