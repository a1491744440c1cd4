//! What the kernels are held against: the same arithmetic written as plainly as possible, on cases drawn from a seed.
//! Used by the native tests and, compiled to WebAssembly, by the check in Chromium.

#![allow(missing_docs, unreachable_pub, dead_code, reason = "shared by several test binaries")]

pub mod cases;
pub mod naive;

/// The largest difference, relative to the larger of 1 and the expected number, that `tolerance` allows.
pub fn compare(what: &str, expected: &[f32], found: &[f32], tolerance: f32) -> Result<(), String> {
    if expected.len() != found.len() {
        return Err(format!("{what}: {} numbers instead of {}", found.len(), expected.len()));
    }
    for (place, (expected, found)) in expected.iter().zip(found).enumerate() {
        let near = (expected - found).abs() <= tolerance * expected.abs().max(1.0);
        if !near {
            return Err(format!("{what}: number {place} is {found} instead of {expected}"));
        }
    }
    Ok(())
}

/// Draws numbers from a seed (SplitMix64), so that a failing case can be named by its seed.
pub struct Draw(pub u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + (self.next() % (high - low + 1) as u64) as usize
    }

    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.between(0, all.len() - 1)]
    }

    pub fn number(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    pub fn numbers(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.number()).collect()
    }
}
