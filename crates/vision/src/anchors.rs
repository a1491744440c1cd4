//! The places that a single-shot detector's answers are counted from.

use crate::affine::Point;

/// Middles of the cells of the grids that `strides` divide a square of `side` pixels into, in shares of it: row by row,
/// `per_layer` anchors for each layer, layers of the same stride interleaved (MediaPipe's `SsdAnchorsCalculator` with
/// anchors of fixed size).
pub(crate) fn anchors(side: usize, strides: &[usize], per_layer: usize) -> Vec<Point> {
    let mut anchors = Vec::new();
    for layers in strides.chunk_by(|one, other| one == other) {
        let cells = side.div_ceil(layers.first().copied().unwrap_or(side).max(1));
        let middle = |cell: usize| (cell as f32 + 0.5) / cells as f32;
        for row in 0..cells {
            for column in 0..cells {
                let anchor = Point::new(middle(column), middle(row));
                anchors.extend(core::iter::repeat_n(anchor, layers.len() * per_layer));
            }
        }
    }
    anchors
}
