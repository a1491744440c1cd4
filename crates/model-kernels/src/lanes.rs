//! Four numbers at once: `v128` in WebAssembly with SIMD, an array elsewhere. The one place that knows which.
//!
//! All kernels are written once, on this type. `mul_add` rounds twice (multiply, then add) unless the build has
//! relaxed SIMD, where the machine's fused instruction is taken; so plain Rust and simd128 give the same bits.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod own {
    use core::arch::wasm32::{
        f32x4_add, f32x4_div, f32x4_mul, f32x4_splat, f32x4_sqrt, f32x4_sub, i32x4_shl, i32x4_shuffle, i32x4_sub, v128,
        v128_load, v128_load32_splat, v128_load32_zero, v128_load64_zero, v128_store, v128_store32_lane,
        v128_store64_lane,
    };

    #[cfg(not(target_feature = "relaxed-simd"))]
    use core::arch::wasm32::{f32x4_pmax, f32x4_pmin};

    #[derive(Clone, Copy)]
    pub(crate) struct F32x4(v128);

    #[allow(clippy::inline_always, reason = "one machine instruction each")]
    impl F32x4 {
        #[inline(always)]
        pub(crate) fn splat(x: f32) -> Self {
            Self(f32x4_splat(x))
        }

        /// # Safety
        /// `from` must be readable for four numbers.
        #[inline(always)]
        pub(crate) unsafe fn load(from: *const f32) -> Self {
            // SAFETY: promised by the caller; WebAssembly loads need no alignment.
            Self(unsafe { v128_load(from.cast()) })
        }

        /// One number in all lanes.
        /// # Safety
        /// `from` must be readable.
        #[inline(always)]
        pub(crate) unsafe fn load_splat(from: *const f32) -> Self {
            // SAFETY: promised by the caller.
            Self(unsafe { v128_load32_splat(from.cast()) })
        }

        /// The first `count` (1 to 3) lanes from memory, zeros behind.
        /// # Safety
        /// `from` must be readable for `count` numbers.
        #[inline(always)]
        pub(crate) unsafe fn load_part(from: *const f32, count: usize) -> Self {
            // SAFETY: promised by the caller.
            unsafe {
                match count {
                    1 => Self(v128_load32_zero(from.cast())),
                    2 => Self(v128_load64_zero(from.cast())),
                    _ => {
                        let pair = v128_load64_zero(from.cast());
                        let third = v128_load32_zero(from.add(2).cast());
                        Self(i32x4_shuffle::<0, 1, 4, 5>(pair, third))
                    }
                }
            }
        }

        /// # Safety
        /// `to` must be writable for four numbers.
        #[inline(always)]
        pub(crate) unsafe fn store(self, to: *mut f32) {
            // SAFETY: promised by the caller; WebAssembly stores need no alignment.
            unsafe { v128_store(to.cast(), self.0) }
        }

        /// Stores the first `count` (1 to 3) lanes.
        /// # Safety
        /// `to` must be writable for `count` numbers.
        #[inline(always)]
        pub(crate) unsafe fn store_part(self, to: *mut f32, count: usize) {
            // SAFETY: promised by the caller.
            unsafe {
                match count {
                    1 => v128_store32_lane::<0>(self.0, to.cast()),
                    2 => v128_store64_lane::<0>(self.0, to.cast()),
                    _ => {
                        v128_store64_lane::<0>(self.0, to.cast());
                        v128_store32_lane::<2>(self.0, to.add(2).cast());
                    }
                }
            }
        }

        #[inline(always)]
        pub(crate) fn add(self, other: Self) -> Self {
            Self(f32x4_add(self.0, other.0))
        }

        #[inline(always)]
        pub(crate) fn sub(self, other: Self) -> Self {
            Self(f32x4_sub(self.0, other.0))
        }

        #[inline(always)]
        pub(crate) fn mul(self, other: Self) -> Self {
            Self(f32x4_mul(self.0, other.0))
        }

        #[inline(always)]
        pub(crate) fn div(self, other: Self) -> Self {
            Self(f32x4_div(self.0, other.0))
        }

        #[inline(always)]
        pub(crate) fn sqrt(self) -> Self {
            Self(f32x4_sqrt(self.0))
        }

        /// `self * by + to`
        #[inline(always)]
        pub(crate) fn mul_add(self, by: Self, to: Self) -> Self {
            #[cfg(target_feature = "relaxed-simd")]
            return Self(core::arch::wasm32::f32x4_relaxed_madd(self.0, by.0, to.0));
            #[cfg(not(target_feature = "relaxed-simd"))]
            return Self(f32x4_add(f32x4_mul(self.0, by.0), to.0));
        }

        /// The greater; a single instruction, unlike the one that cares for NaN.
        #[inline(always)]
        pub(crate) fn max(self, other: Self) -> Self {
            #[cfg(target_feature = "relaxed-simd")]
            return Self(core::arch::wasm32::f32x4_relaxed_max(self.0, other.0));
            #[cfg(not(target_feature = "relaxed-simd"))]
            return Self(f32x4_pmax(self.0, other.0));
        }

        #[inline(always)]
        pub(crate) fn min(self, other: Self) -> Self {
            #[cfg(target_feature = "relaxed-simd")]
            return Self(core::arch::wasm32::f32x4_relaxed_min(self.0, other.0));
            #[cfg(not(target_feature = "relaxed-simd"))]
            return Self(f32x4_pmin(self.0, other.0));
        }

        /// `2^n`, where `shifted` is `n + 1.5 * 2^23`, a whole number from -126 to 127 before the shift.
        #[inline(always)]
        pub(crate) fn power_of_two(shifted: Self) -> Self {
            let bias = f32x4_splat(f32::from_bits(super::POWER_BIAS));
            Self(i32x4_shl(i32x4_sub(shifted.0, bias), 23))
        }

        /// The first halves of both, and the second halves.
        #[inline(always)]
        pub(crate) fn halves(self, other: Self) -> [Self; 2] {
            let (a, b) = (self.0, other.0);
            [Self(i32x4_shuffle::<0, 1, 4, 5>(a, b)), Self(i32x4_shuffle::<2, 3, 6, 7>(a, b))]
        }

        /// Rows become columns.
        #[inline(always)]
        pub(crate) fn transpose([a, b, c, d]: [Self; 4]) -> [Self; 4] {
            let (low_ab, high_ab) = (i32x4_shuffle::<0, 4, 1, 5>(a.0, b.0), i32x4_shuffle::<2, 6, 3, 7>(a.0, b.0));
            let (low_cd, high_cd) = (i32x4_shuffle::<0, 4, 1, 5>(c.0, d.0), i32x4_shuffle::<2, 6, 3, 7>(c.0, d.0));
            [
                Self(i32x4_shuffle::<0, 1, 4, 5>(low_ab, low_cd)),
                Self(i32x4_shuffle::<2, 3, 6, 7>(low_ab, low_cd)),
                Self(i32x4_shuffle::<0, 1, 4, 5>(high_ab, high_cd)),
                Self(i32x4_shuffle::<2, 3, 6, 7>(high_ab, high_cd)),
            ]
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod own {
    #[derive(Clone, Copy)]
    #[repr(align(16))]
    pub(crate) struct F32x4([f32; 4]);

    #[allow(clippy::inline_always, reason = "one machine instruction each, once LLVM has seen them")]
    impl F32x4 {
        #[inline(always)]
        fn zip(self, other: Self, each: impl Fn(f32, f32) -> f32) -> Self {
            let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
            Self([each(a, e), each(b, f), each(c, g), each(d, h)])
        }

        #[inline(always)]
        pub(crate) fn splat(x: f32) -> Self {
            Self([x; 4])
        }

        /// # Safety
        /// `from` must be readable for four numbers.
        #[inline(always)]
        pub(crate) unsafe fn load(from: *const f32) -> Self {
            // SAFETY: promised by the caller; an array of f32 has the alignment of f32.
            Self(unsafe { from.cast::<[f32; 4]>().read() })
        }

        /// One number in all lanes.
        /// # Safety
        /// `from` must be readable.
        #[inline(always)]
        pub(crate) unsafe fn load_splat(from: *const f32) -> Self {
            // SAFETY: promised by the caller.
            Self([unsafe { from.read() }; 4])
        }

        /// The first `count` (1 to 3) lanes from memory, zeros behind.
        /// # Safety
        /// `from` must be readable for `count` numbers.
        #[inline(always)]
        pub(crate) unsafe fn load_part(from: *const f32, count: usize) -> Self {
            let mut lanes = [0.0; 4];
            // SAFETY: promised by the caller; `count` is below four.
            unsafe { core::ptr::copy_nonoverlapping(from, lanes.as_mut_ptr(), count.min(3)) }
            Self(lanes)
        }

        /// # Safety
        /// `to` must be writable for four numbers.
        #[inline(always)]
        pub(crate) unsafe fn store(self, to: *mut f32) {
            // SAFETY: promised by the caller; an array of f32 has the alignment of f32.
            unsafe { to.cast::<[f32; 4]>().write(self.0) }
        }

        /// Stores the first `count` (1 to 3) lanes.
        /// # Safety
        /// `to` must be writable for `count` numbers.
        #[inline(always)]
        pub(crate) unsafe fn store_part(self, to: *mut f32, count: usize) {
            // SAFETY: promised by the caller; `count` is below four.
            unsafe { core::ptr::copy_nonoverlapping(self.0.as_ptr(), to, count.min(3)) }
        }

        #[inline(always)]
        pub(crate) fn add(self, other: Self) -> Self {
            self.zip(other, |a, b| a + b)
        }

        #[inline(always)]
        pub(crate) fn sub(self, other: Self) -> Self {
            self.zip(other, |a, b| a - b)
        }

        #[inline(always)]
        pub(crate) fn mul(self, other: Self) -> Self {
            self.zip(other, |a, b| a * b)
        }

        #[inline(always)]
        pub(crate) fn div(self, other: Self) -> Self {
            self.zip(other, |a, b| a / b)
        }

        #[inline(always)]
        pub(crate) fn sqrt(self) -> Self {
            let [a, b, c, d] = self.0;
            Self([libm::sqrtf(a), libm::sqrtf(b), libm::sqrtf(c), libm::sqrtf(d)])
        }

        /// `self * by + to`
        #[inline(always)]
        pub(crate) fn mul_add(self, by: Self, to: Self) -> Self {
            self.mul(by).add(to)
        }

        /// The greater.
        #[inline(always)]
        pub(crate) fn max(self, other: Self) -> Self {
            self.zip(other, |a, b| if a < b { b } else { a })
        }

        #[inline(always)]
        pub(crate) fn min(self, other: Self) -> Self {
            self.zip(other, |a, b| if b < a { b } else { a })
        }

        /// `2^n`, where `shifted` is `n + 1.5 * 2^23`, a whole number from -126 to 127 before the shift.
        #[inline(always)]
        pub(crate) fn power_of_two(shifted: Self) -> Self {
            let power = |x: f32| f32::from_bits(x.to_bits().wrapping_sub(super::POWER_BIAS) << 23);
            let [a, b, c, d] = shifted.0;
            Self([power(a), power(b), power(c), power(d)])
        }

        /// The first halves of both, and the second halves.
        #[inline(always)]
        pub(crate) fn halves(self, other: Self) -> [Self; 2] {
            let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
            [Self([a, b, e, f]), Self([c, d, g, h])]
        }

        /// Rows become columns.
        #[inline(always)]
        pub(crate) fn transpose([a, b, c, d]: [Self; 4]) -> [Self; 4] {
            [0, 1, 2, 3].map(|lane| Self([a.0[lane], b.0[lane], c.0[lane], d.0[lane]]))
        }
    }
}

pub(crate) use own::F32x4;

/// Lanes.
pub(crate) const LANES: usize = 4;

/// The bits of `1.5 * 2^23`, less the 127 that an exponent is stored with.
const POWER_BIAS: u32 = 0x4B40_0000 - 127;

impl F32x4 {
    /// All lanes zero.
    #[allow(clippy::inline_always, reason = "one machine instruction")]
    #[inline(always)]
    pub(crate) fn zero() -> Self {
        Self::splat(0.0)
    }
}
