//! BM25 (Robertson and Zaragoza, 2009) over terms; words that no text holds are taken as the nearest that some text does.

use std::collections::BTreeMap;

use crate::words::{edits, is_han};

/// Saturation of repeats and weight of a text's length, as usual.
const K1: f64 = 1.2;
const B: f64 = 0.6;
/// What a mended word counts, against one that is spelt right.
const MENDED: f64 = 0.6;

/// The most terms of a question that are searched with: mending each misspelt one looks at every known word.
const MOST_TERMS: usize = 96;

/// Texts by their terms.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bm25 {
    /// Per term: texts in ascending order with the (weighted) number of times they hold it.
    postings: BTreeMap<String, Vec<(u32, f64)>>,
    lengths: Vec<f64>,
    average: f64,
}

impl Bm25 {
    /// `texts`: per text its terms with their weights.
    pub(crate) fn new<'a>(texts: impl Iterator<Item = Vec<(&'a [String], f64)>>) -> Self {
        let mut index = Self::default();
        for (number, fields) in texts.enumerate() {
            let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
            let mut length = 0.0;
            for (terms, weight) in fields {
                for term in terms {
                    *counts.entry(term).or_default() += weight;
                }
                length += terms.len() as f64 * weight;
            }
            for (term, count) in counts {
                index.postings.entry(term.to_owned()).or_default().push((number as u32, count));
            }
            index.lengths.push(length);
        }
        index.average = index.lengths.iter().sum::<f64>() / (index.lengths.len().max(1) as f64);
        index
    }

    /// How rare a term is; 0 where nothing holds it.
    pub(crate) fn rarity(&self, term: &str) -> f64 {
        let holders = self.postings.get(term).map_or(0, Vec::len) as f64;
        if holders == 0.0 {
            return 0.0;
        }
        let all = self.lengths.len() as f64;
        libm::log(1.0 + (all - holders + 0.5) / (holders + 0.5))
    }

    /// The texts that hold any of the terms with their scores, best first; ties by number.
    pub(crate) fn search(&self, terms: &[String]) -> Vec<(u32, f64)> {
        self.weighted(terms.iter().map(|term| (term.as_str(), 1.0)))
    }

    /// The same with terms that count differently.
    pub(crate) fn weighted<'a>(&'a self, terms: impl Iterator<Item = (&'a str, f64)>) -> Vec<(u32, f64)> {
        let mut scores: BTreeMap<u32, f64> = BTreeMap::new();
        for (term, share) in terms.take(MOST_TERMS) {
            let (known, weight) = match self.postings.contains_key(term) {
                true => (Some(term), share),
                false if share < 1.0 => (None, 0.0),
                false => (self.nearest(term), MENDED),
            };
            let Some(known) = known else { continue };
            let rarity = self.rarity(known) * weight;
            for (text, count) in self.postings.get(known).into_iter().flatten() {
                let length = self.lengths.get(*text as usize).copied().unwrap_or(self.average);
                let norm = 1.0 - B + B * length / self.average.max(1.0);
                *scores.entry(*text).or_default() += rarity * count * (K1 + 1.0) / (count + K1 * norm);
            }
        }
        let mut found: Vec<(u32, f64)> = scores.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }

    /// The known word that differs least from a misspelt one; none for short words and for Chinese.
    pub(crate) fn nearest(&self, word: &str) -> Option<&str> {
        let length = word.chars().count();
        if length < 4 || word.chars().any(|c| is_han(c) || c.is_ascii_digit()) {
            return None;
        }
        let most = if length >= 8 { 2 } else { 1 };
        let first = word.chars().next()?;
        let near = self.postings.keys().filter_map(|known| {
            let count = edits(word, known, most)?;
            Some((count, usize::from(!known.starts_with(first)), known.as_str()))
        });
        near.min().map(|(.., known)| known)
    }
}
