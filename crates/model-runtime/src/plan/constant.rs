//! A constant's place among the weights, and its elements as numbers.

use vitrine_model_kernels::widen_halves;

use super::Shape;

/// How the elements of a constant are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// IEEE 754 single precision.
    F32,
    /// IEEE 754 half precision.
    F16,
}

impl Element {
    /// Bytes of one element.
    #[must_use]
    pub const fn bytes(self) -> usize {
        match self {
            Self::F32 => 4,
            Self::F16 => 2,
        }
    }
}

/// Weights, a bias, a table: numbers that come with the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// Its axes; none depends on the length.
    pub shape: Shape,
    /// How its elements are stored.
    pub element: Element,
    /// Its first byte among the weights, a multiple of four.
    pub offset: u32,
}

impl Constant {
    /// The constant's bytes; `None` where they are not there.
    #[must_use]
    pub fn bytes<'w>(&self, weights: &'w [u8]) -> Option<&'w [u8]> {
        let count = self.shape.at(0)?.elements()?.checked_mul(self.element.bytes())?;
        let start = self.offset as usize;
        weights.get(start..start.checked_add(count)?)
    }

    /// The constant's elements; `None` where they are not there.
    #[must_use]
    pub fn read(&self, weights: &[u8]) -> Option<Vec<f32>> {
        let mut numbers = Vec::new();
        self.read_into(weights, &mut numbers).map(|()| numbers)
    }

    /// The constant's elements in the place of what `numbers` held; `None` where they are not there.
    pub fn read_into(&self, weights: &[u8], numbers: &mut Vec<f32>) -> Option<()> {
        let bytes = self.bytes(weights)?;
        let size = self.element.bytes();
        // What was there is overwritten, so only growth is filled.
        numbers.resize(bytes.len() / size, 0.0);
        let convert = match self.element {
            Element::F32 => singles,
            Element::F16 => halves,
        };
        for (from, to) in bytes.chunks(BLOCK * size).zip(numbers.chunks_mut(BLOCK)) {
            convert(from, to);
        }
        Some(())
    }
}

/// Elements converted by one call. A browser first runs code that it compiled in haste, and replaces a function by a
/// better version from one call to the next: loading a large model should be many calls.
const BLOCK: usize = 4096;

#[inline(never)]
fn singles(from: &[u8], to: &mut [f32]) {
    let (from, _) = from.as_chunks::<4>();
    for (to, &from) in to.iter_mut().zip(from) {
        *to = f32::from_le_bytes(from);
    }
}

#[inline(never)]
fn halves(from: &[u8], to: &mut [f32]) {
    // As many numbers as there are pairs of bytes: the caller made room for them.
    let converted = widen_halves(from, to);
    debug_assert!(converted.is_ok(), "{converted:?}");
}
