//! A constant's place among the weights, and its elements as numbers.

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
    let (from, _) = from.as_chunks::<2>();
    for (to, &from) in to.iter_mut().zip(from) {
        *to = from_half(u16::from_le_bytes(from));
    }
}

/// Half precision to single precision, exactly. Works on the exponent as a number, so that subnormal halves need no loop:
/// the bits shifted into place denote a number 2^112 too small, and multiplying by that is exact.
fn from_half(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let magnitude = u32::from(half & 0x7fff) << 13;
    let scaled = f32::from_bits(magnitude) * f32::from_bits((127 + 112) << 23);
    // Infinity and NaN have an exponent that multiplication does not reach.
    let infinite = if magnitude >= 0x0f80_0000 { 0x7f80_0000 } else { 0 };
    let bits = scaled.to_bits() | infinite;
    f32::from_bits(bits | sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_become_the_same_numbers() {
        let cases: [(u16, f32); 9] = [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0400, 6.103_515_6e-5),
            (0x0001, 5.960_464_5e-8),
            (0x83ff, -6.097_555e-5),
            (0x3555, 0.333_251_95),
            (0x7c00, f32::INFINITY),
            (0x8000, -0.0),
        ];
        for (half, single) in cases {
            assert_eq!(from_half(half).to_bits(), single.to_bits(), "{half:#06x}");
        }
        assert!(from_half(0x7e00).is_nan());
    }
}
