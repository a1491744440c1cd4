//! Refinement of landmarks by their heat maps: the mean of what lies around each, weighted by the map.

use crate::numbers::sigmoid;

/// Side of the square that is looked at, in cells. Nine is what MediaPipe 0.10.21 answers with: with seven, which is often
/// named, blurred maps (hips, elbows, heels) put points up to 40 px elsewhere in close-ups, with nine at most 2.5 px.
const KERNEL: usize = 9;
/// A map that is nowhere surer than this leaves its point alone.
const LEAST_CONFIDENCE: f32 = 0.5;

/// Moves a point, in shares of the region, by its map: channel `index` of `channels`, `side` x `side` cells, before the
/// logistic function. Points outside stay where they are. (MediaPipe's `RefineLandmarksFromHeatmapCalculator`.)
pub(crate) fn refined(point: [f32; 2], map: &[f32], side: usize, channels: usize, index: usize) -> [f32; 2] {
    let cells = side as f32;
    // Truncated as MediaPipe does: what lies less than a cell outside on the left or above counts as the first cell.
    let [column, row] = point.map(|share| libm::truncf(share * cells));
    if !(column >= 0.0 && column < cells && row >= 0.0 && row < cells) {
        return point;
    }
    let around = |middle: f32| {
        let middle = middle as usize;
        middle.saturating_sub(KERNEL / 2)..side.min(middle + KERNEL / 2 + 1)
    };
    let (mut sum, mut surest, mut mean) = (0.0_f32, 0.0_f32, [0.0_f32; 2]);
    for row in around(row) {
        for column in around(column) {
            let Some(&number) = map.get((row * side + column) * channels + index) else { return point };
            let confidence = sigmoid(number);
            sum += confidence;
            surest = surest.max(confidence);
            mean[0] += confidence * column as f32;
            mean[1] += confidence * row as f32;
        }
    }
    if surest >= LEAST_CONFIDENCE && sum > 0.0 { mean.map(|total| total / cells / sum) } else { point }
}
