//! A set of items as one bit each: what a filter lets through.

/// A set of items of a catalogue of fixed size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    words: Vec<u64>,
    items: u32,
}

impl Mask {
    /// The set of all `items` items.
    pub fn all(items: u32) -> Self {
        let mut mask = Self::none(items);
        (0..items).for_each(|item| mask.insert(item));
        mask
    }

    /// The empty set over `items` items.
    pub fn none(items: u32) -> Self {
        Self { words: vec![0; items.div_ceil(64) as usize], items }
    }

    /// Adds an item; one beyond the catalogue is ignored.
    pub fn insert(&mut self, item: u32) {
        if item < self.items
            && let Some(word) = self.words.get_mut(item as usize / 64)
        {
            *word |= 1 << (item % 64);
        }
    }

    /// Takes an item out; says whether it was in.
    pub fn remove(&mut self, item: u32) -> bool {
        let was_in = self.contains(item);
        if let Some(word) = self.words.get_mut(item as usize / 64) {
            *word &= !(1 << (item % 64));
        }
        was_in
    }

    /// Keeps the items that `keep` is true of; returns how many went out.
    pub fn retain(&mut self, mut keep: impl FnMut(u32) -> bool) -> usize {
        let mut gone = 0;
        for item in 0..self.items {
            if self.contains(item) && !keep(item) {
                self.remove(item);
                gone += 1;
            }
        }
        gone
    }

    /// Whether the item is in the set.
    #[inline]
    pub fn contains(&self, item: u32) -> bool {
        self.words.get(item as usize / 64).is_some_and(|word| word >> (item % 64) & 1 == 1)
    }

    /// How many items are in the set.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }
}
