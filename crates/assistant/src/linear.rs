//! A linear classifier over hashed features, as a file: 8-bit weights, a temperature, the labels.

use thiserror::Error;

/// First bytes of a file, with the version.
const MAGIC: &[u8; 8] = b"VITRTXT1";
/// The most labels and features of a file.
const MAX_LABELS: usize = 1_000;
const MAX_ROWS: usize = 4_000_000;

/// Weights by label and feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// What texts are told apart into.
    pub labels: Vec<String>,
    /// By what scores are divided before they become probabilities.
    pub temperature: f32,
    bias: Vec<f32>,
    /// Ascending.
    hashes: Vec<u32>,
    scales: Vec<f32>,
    /// For each hash one weight per label.
    weights: Vec<i8>,
}

/// Why a file is no classifier.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LinearError {
    /// It does not begin as one.
    #[error("this is no text model of this version; make one with `vitrine train text`")]
    Magic,
    /// It ends too early.
    #[error("the text model ends at byte {0}, before what it announces; copy it again")]
    Short(usize),
    /// It holds what cannot be.
    #[error("the text model is damaged: {0}; copy it again")]
    Damaged(&'static str),
}

impl Linear {
    /// From unquantized rows, `(hash, one weight per label)`; rows that say next to nothing are dropped.
    #[must_use]
    pub fn from_rows(labels: Vec<String>, bias: Vec<f32>, mut rows: Vec<(u32, Vec<f32>)>, temperature: f32) -> Self {
        rows.sort_by_key(|(hash, _)| *hash);
        rows.dedup_by_key(|(hash, _)| *hash);
        let most = |row: &[f32]| row.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
        let largest = rows.iter().map(|(_, row)| most(row)).fold(0.0, f32::max);
        rows.retain(|(_, row)| most(row) > largest * 0.004);
        let mut linear = Self { labels, temperature, bias, hashes: vec![], scales: vec![], weights: vec![] };
        for (hash, row) in rows {
            let scale = most(&row) / 127.0;
            linear.hashes.push(hash);
            linear.scales.push(scale);
            linear.weights.extend(row.iter().map(|weight| (weight / scale).round() as i8));
        }
        linear
    }

    /// A classifier without labels.
    pub(crate) const fn nothing() -> Self {
        Self { labels: vec![], temperature: 1.0, bias: vec![], hashes: vec![], scales: vec![], weights: vec![] }
    }

    /// Reads a file, checking all of it.
    pub fn open(bytes: &[u8]) -> Result<Self, LinearError> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.take(8)? != MAGIC {
            return Err(LinearError::Magic);
        }
        let count = reader.u32()? as usize;
        if count == 0 || count > MAX_LABELS {
            return Err(LinearError::Damaged("no labels, or too many"));
        }
        let mut labels = Vec::new();
        for _ in 0..count {
            let length = usize::from(*reader.take(1)?.first().unwrap_or(&0));
            let label =
                std::str::from_utf8(reader.take(length)?).map_err(|_| LinearError::Damaged("a label is no text"))?;
            labels.push(label.to_owned());
        }
        let temperature = reader.f32()?;
        if !(temperature.is_finite() && temperature > 0.0) {
            return Err(LinearError::Damaged("the temperature is not above 0"));
        }
        let bias = (0..count).map(|_| reader.f32()).collect::<Result<Vec<f32>, _>>()?;
        let rows = reader.u32()? as usize;
        if rows > MAX_ROWS || rows * (8 + count) != bytes.len() - reader.at {
            return Err(LinearError::Damaged("its length is not what it announces"));
        }
        let hashes = (0..rows).map(|_| reader.u32()).collect::<Result<Vec<u32>, _>>()?;
        let scales = (0..rows).map(|_| reader.f32()).collect::<Result<Vec<f32>, _>>()?;
        if !hashes.is_sorted() || scales.iter().chain(&bias).any(|value| !value.is_finite()) {
            return Err(LinearError::Damaged("features out of order, or weights that are no numbers"));
        }
        let weights = reader.take(rows * count)?.iter().map(|byte| i8::from_le_bytes([*byte])).collect();
        Ok(Self { labels, temperature, bias, hashes, scales, weights })
    }

    /// The file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((self.labels.len() as u32).to_le_bytes());
        for label in &self.labels {
            let label: Vec<u8> = label.bytes().take(255).collect();
            bytes.push(label.len() as u8);
            bytes.extend(label);
        }
        bytes.extend(self.temperature.to_le_bytes());
        bytes.extend(self.bias.iter().flat_map(|value| value.to_le_bytes()));
        bytes.extend((self.hashes.len() as u32).to_le_bytes());
        bytes.extend(self.hashes.iter().flat_map(|value| value.to_le_bytes()));
        bytes.extend(self.scales.iter().flat_map(|value| value.to_le_bytes()));
        bytes.extend(self.weights.iter().flat_map(|value| value.to_le_bytes()));
        bytes
    }

    /// Scores per label, before the temperature, and which share of the features' mass is known.
    #[must_use]
    pub fn scores(&self, features: &[(u32, f32)]) -> (Vec<f64>, f64) {
        let mut scores: Vec<f64> = self.bias.iter().map(|value| f64::from(*value)).collect();
        let (mut known, mut all) = (0.0, 0.0);
        for (hash, value) in features {
            all += f64::from(value * value);
            let Ok(row) = self.hashes.binary_search(hash) else { continue };
            known += f64::from(value * value);
            let scale = self.scales.get(row).copied().unwrap_or(0.0) * value;
            let weights = self.weights.get(row * self.labels.len()..).unwrap_or_default();
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += f64::from(scale * f32::from(*weight));
            }
        }
        (scores, if all > 0.0 { known / all } else { 0.0 })
    }

    /// Calibrated probabilities per label.
    #[must_use]
    pub fn probabilities(&self, features: &[(u32, f32)]) -> Vec<f64> {
        softmax(&self.scores(features).0, f64::from(self.temperature))
    }

    /// The most probable label and its probability.
    #[must_use]
    pub fn label(&self, features: &[(u32, f32)]) -> Option<(&str, f64)> {
        let probabilities = self.probabilities(features);
        let best = probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
        Some((self.labels.get(best.0)?, *best.1))
    }
}

/// Probabilities of scores at a temperature.
#[must_use]
pub fn softmax(scores: &[f64], temperature: f64) -> Vec<f64> {
    let most = scores.iter().copied().fold(f64::MIN, f64::max);
    let powers: Vec<f64> = scores.iter().map(|score| libm::exp((score - most) / temperature)).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], LinearError> {
        let end = self.at.checked_add(count).ok_or(LinearError::Short(self.at))?;
        let part = self.bytes.get(self.at..end).ok_or(LinearError::Short(self.bytes.len()))?;
        self.at = end;
        Ok(part)
    }

    fn four(&mut self) -> Result<[u8; 4], LinearError> {
        self.take(4)?.try_into().map_err(|_| LinearError::Short(self.bytes.len()))
    }

    fn u32(&mut self) -> Result<u32, LinearError> {
        self.four().map(u32::from_le_bytes)
    }

    fn f32(&mut self) -> Result<f32, LinearError> {
        self.four().map(f32::from_le_bytes)
    }
}
