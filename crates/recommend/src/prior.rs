//! What is offered before anything is known about the shopper: popularity, or the shop's own order.

/// Longest section, in items; guards against absurd lengths.
const MAX_ITEMS: usize = 1 << 24;

/// How likely each item is before the first click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prior {
    observations: Option<Vec<u32>>,
    weights: Vec<u16>,
    order: Vec<u32>,
}

impl Prior {
    /// From how often each item was observed in a log: weights grow with log(1 + observations).
    pub fn popularity(observations: Vec<u32>) -> Self {
        let most = observations.iter().copied().max().unwrap_or(0);
        let scale = 65535.0 / libm::log1p(f64::from(most.max(1)));
        let weights = observations.iter().map(|&n| libm::round(libm::log1p(f64::from(n)) * scale) as u16).collect();
        Self::with(weights, Some(observations))
    }

    /// From the order in which the shop lists its `items` products.
    pub fn shop_order(items: u32) -> Self {
        let weights = (0..items).map(|item| (u64::from(items - item) * 65535 / u64::from(items)) as u16).collect();
        Self::with(weights, None)
    }

    fn with(weights: Vec<u16>, observations: Option<Vec<u32>>) -> Self {
        let mut order: Vec<u32> = (0..weights.len() as u32).collect();
        order.sort_by_key(|&item| std::cmp::Reverse(weights.get(item as usize).copied()));
        Self { observations, weights, order }
    }

    /// Number of items.
    pub fn items(&self) -> u32 {
        self.weights.len() as u32
    }

    /// Whether it comes from a log.
    pub fn is_popularity(&self) -> bool {
        self.observations.is_some()
    }

    /// How often the item was observed in the log; 0 without one.
    pub fn observations(&self, item: u32) -> u32 {
        self.observations.as_ref().and_then(|counts| counts.get(item as usize)).copied().unwrap_or(0)
    }

    /// Items from the most to the least likely, ties by index.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// Weight of an item in 1/65535, 0 beyond the catalogue.
    #[inline]
    pub(crate) fn weight(&self, item: u32) -> u16 {
        self.weights.get(item as usize).copied().unwrap_or(0)
    }

    /// The pack's `popularity` section: one little-endian u32 count per item; `None` for the shop's order.
    pub fn to_section(&self) -> Option<Vec<u8>> {
        self.observations.as_ref().map(|counts| counts.iter().flat_map(|count| count.to_le_bytes()).collect())
    }

    /// Reads the `popularity` section; the error says what is wrong with it.
    pub fn from_section(bytes: &[u8]) -> Result<Self, String> {
        let (counts, rest) = bytes.as_chunks::<4>();
        if !rest.is_empty() || counts.len() > MAX_ITEMS {
            return Err(format!("{} bytes are no list of 32-bit counts", bytes.len()));
        }
        Ok(Self::popularity(counts.iter().map(|count| u32::from_le_bytes(*count)).collect()))
    }
}
