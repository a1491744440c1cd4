//! Every kind of convolution equals the plain sum it stands for, whatever the shape, stride, padding and epilogue.

mod common;

use common::cases;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pointwise_is_the_sum_over_the_channels(seed: u64) {
        prop_assert_eq!(cases::pointwise(seed), Ok(()));
    }

    #[test]
    fn convolution_is_the_sum_under_the_window(seed: u64) {
        prop_assert_eq!(cases::conv(seed), Ok(()));
    }

    #[test]
    fn depthwise_is_the_sum_under_the_window_of_one_channel(seed: u64) {
        prop_assert_eq!(cases::depthwise(seed), Ok(()));
    }

    #[test]
    fn transposed_is_the_convolution_backwards(seed: u64) {
        prop_assert_eq!(cases::transposed(seed), Ok(()));
    }
}
