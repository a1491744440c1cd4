//! The product of two matrices, whichever of them comes turned over.

mod common;

use common::{Draw, compare};
use proptest::prelude::*;
use vitrine_model_kernels::MatMul;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_number_is_a_row_times_a_column(seed: u64, left_transposed: bool, right_transposed: bool) {
        let draw = &mut Draw(seed);
        let (batch, rows) = (draw.between(1, 3), draw.between(1, 17));
        let (inner, columns) = (draw.between(1, 19), draw.between(1, 21));
        let kernel = MatMul { batch, rows, inner, columns, left_transposed, right_transposed, scale: 0.5 };
        let (left, right) = (draw.numbers(batch * rows * inner), draw.numbers(batch * inner * columns));
        let mut expected = Vec::new();
        for b in 0..batch {
            for row in 0..rows {
                for column in 0..columns {
                    let sum: f32 = (0..inner)
                        .map(|i| {
                            let left_at = if left_transposed { i * rows + row } else { row * inner + i };
                            let right_at = if right_transposed { column * inner + i } else { i * columns + column };
                            left[b * rows * inner + left_at] * right[b * inner * columns + right_at]
                        })
                        .sum();
                    expected.push(sum * 0.5);
                }
            }
        }
        let mut found = vec![f32::NAN; expected.len()];
        let mut scratch = vec![f32::NAN; kernel.scratch_len()];
        prop_assert_eq!(kernel.run(&left, &right, &mut found, &mut scratch), Ok(()));
        prop_assert_eq!(compare("product", &expected, &found, 1e-5), Ok(()));
    }
}
