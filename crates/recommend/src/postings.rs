//! Rows of (index, weight) pairs in three flat arrays: item to items, item to features, feature to items.

/// Compressed sparse rows with 16-bit weights.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Postings {
    ends: Vec<u32>,
    indices: Vec<u32>,
    weights: Vec<u16>,
}

impl Postings {
    /// Appends a row.
    pub(crate) fn push_row(&mut self, row: impl IntoIterator<Item = (u32, u16)>) {
        for (index, weight) in row {
            self.indices.push(index);
            self.weights.push(weight);
        }
        self.ends.push(self.indices.len() as u32);
    }

    /// Indices and weights of row `row`; empty beyond the last row.
    #[inline]
    pub(crate) fn row(&self, row: u32) -> (&[u32], &[u16]) {
        let row = row as usize;
        let start = match row.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before).copied().unwrap_or(0) as usize,
        };
        let end = self.ends.get(row).copied().unwrap_or(start as u32) as usize;
        (self.indices.get(start..end).unwrap_or(&[]), self.weights.get(start..end).unwrap_or(&[]))
    }

    /// Pairs of row `row`.
    pub(crate) fn pairs(&self, row: u32) -> impl Iterator<Item = (u32, u16)> + '_ {
        let (indices, weights) = self.row(row);
        indices.iter().copied().zip(weights.iter().copied())
    }

    /// The weight at (`row`, `index`), for rows in ascending order of index.
    pub(crate) fn weight(&self, row: u32, index: u32) -> u16 {
        let (indices, weights) = self.row(row);
        indices.binary_search(&index).ok().and_then(|at| weights.get(at).copied()).unwrap_or(0)
    }

    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.ends.len()
    }

    /// Number of pairs in all rows.
    pub(crate) fn len(&self) -> usize {
        self.indices.len()
    }

    /// Rows become columns: `columns` rows, each in ascending order of the former row.
    pub(crate) fn transposed(&self, columns: usize) -> Self {
        let mut lists: Vec<Vec<(u32, u16)>> = vec![Vec::new(); columns];
        for row in 0..self.rows() as u32 {
            for (column, weight) in self.pairs(row) {
                if let Some(list) = lists.get_mut(column as usize) {
                    list.push((row, weight));
                }
            }
        }
        let mut out = Self::default();
        lists.into_iter().for_each(|list| out.push_row(list));
        out
    }
}
