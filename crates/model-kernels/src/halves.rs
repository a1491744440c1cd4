//! Half precision to single precision, exactly: how weights come out of a plan.

use crate::error::{KernelError, expect_length};

/// 2^112: what a half's exponent and fraction, moved into the places of a single's, denote too little by.
const SCALE: f32 = f32::from_bits((127 + 112) << 23);

/// The moved bits of infinity; from there on the exponent must be all ones, which multiplying does not give.
const INFINITE: u32 = 0x7c00 << 13;

/// Single precision's exponent, all ones.
const EXPONENT: u32 = 0x7f80_0000;

/// Converts little-endian halves into as many numbers as `to` has.
///
/// # Errors
/// [`KernelError::Length`] where `halves` has another number of bytes.
#[inline(never)]
pub fn widen_halves(halves: &[u8], to: &mut [f32]) -> Result<(), KernelError> {
    expect_length("widen halves", "bytes", halves, to.len().saturating_mul(2))?;
    let (from, _) = halves.as_chunks::<8>();
    let (blocks, rest) = to.as_chunks_mut::<4>();
    for (to, from) in blocks.iter_mut().zip(from) {
        widen_four(from, to);
    }
    let begun = halves.len() - rest.len() * 2;
    for (to, from) in rest.iter_mut().zip(halves[begun..].as_chunks::<2>().0) {
        *to = widen(u16::from_le_bytes(*from));
    }
    Ok(())
}

/// As many numbers as there are pairs of bytes.
pub(crate) fn numbers_of(halves: &[u8]) -> Result<Vec<f32>, KernelError> {
    let mut numbers = vec![0.0; halves.len() / 2];
    widen_halves(halves, &mut numbers)?;
    Ok(numbers)
}

/// One half. Working on the exponent as a number needs no case for subnormal halves.
fn widen(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let moved = u32::from(half & 0x7fff) << 13;
    let scaled = f32::from_bits(moved) * SCALE;
    let exponent = if moved >= INFINITE { EXPONENT } else { 0 };
    f32::from_bits(scaled.to_bits() | exponent | sign)
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn widen_four(from: &[u8; 8], to: &mut [f32; 4]) {
    for (to, from) in to.iter_mut().zip(from.as_chunks::<2>().0) {
        *to = widen(u16::from_le_bytes(*from));
    }
}

/// The same on four at once: LLVM finds it in loops of plain code on other processors, but not here.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[allow(clippy::inline_always, reason = "a dozen machine instructions")]
#[inline(always)]
fn widen_four(from: &[u8; 8], to: &mut [f32; 4]) {
    use core::arch::wasm32::*;
    // SAFETY: the array holds the eight bytes that are read; WebAssembly loads need no alignment.
    let halves = unsafe { u32x4_load_extend_u16x4(from.as_ptr().cast()) };
    let sign = u32x4_shl(v128_and(halves, u32x4_splat(0x8000)), 16);
    let moved = u32x4_shl(v128_and(halves, u32x4_splat(0x7fff)), 13);
    let scaled = f32x4_mul(moved, f32x4_splat(SCALE));
    let exponent = v128_and(u32x4_ge(moved, u32x4_splat(INFINITE)), u32x4_splat(EXPONENT));
    let single = v128_or(v128_or(scaled, exponent), sign);
    // SAFETY: the array holds the sixteen bytes that are written; WebAssembly stores need no alignment.
    unsafe { v128_store(to.as_mut_ptr().cast(), single) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_become_the_same_numbers() {
        let cases: [(u16, f32); 10] = [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0400, 6.103_515_6e-5),
            (0x0001, 5.960_464_5e-8),
            (0x83ff, -6.097_555e-5),
            (0x3555, 0.333_251_95),
            (0x7c00, f32::INFINITY),
            (0x8000, -0.0),
            (0x0000, 0.0),
        ];
        let bytes: Vec<u8> = cases.iter().flat_map(|(half, _)| half.to_le_bytes()).collect();
        let mut singles = vec![7.0; cases.len()];
        widen_halves(&bytes, &mut singles).expect("two bytes for each number");
        for ((half, expected), found) in cases.iter().zip(&singles) {
            assert_eq!(found.to_bits(), expected.to_bits(), "{half:#06x}");
        }
        let mut nan = [0.0];
        widen_halves(&0x7e00_u16.to_le_bytes(), &mut nan).expect("two bytes");
        assert!(nan[0].is_nan());
    }

    #[test]
    fn another_number_of_bytes_is_refused() {
        assert!(widen_halves(&[0; 7], &mut [0.0; 4]).is_err());
    }
}
