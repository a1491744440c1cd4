//! The cases of `tests/convolutions.rs`, compiled for the page: the builds with SIMD against the same reference.

#![allow(missing_docs, unreachable_pub, reason = "nothing but exports for `bench/kernels/check.mjs`")]

#[path = "../tests/common/mod.rs"]
mod common;

use common::cases;

/// Runs `count` cases of a kind (0 pointwise, 1 convolution, 2 depthwise, 3 transposed) from `seed` on; the first seed
/// that fails, else -1.
#[unsafe(no_mangle)]
pub extern "C" fn first_failure(kind: u32, seed: u32, count: u32) -> i64 {
    let case = match kind {
        0 => cases::pointwise,
        1 => cases::conv,
        2 => cases::depthwise,
        _ => cases::transposed,
    };
    (seed..seed.saturating_add(count)).find(|seed| case(u64::from(*seed)).is_err()).map_or(-1, i64::from)
}
