//! Lays buffers out in one arena so that those needed at the same time do not overlap.

/// Buffers begin at multiples of this many elements: 64 bytes, a cache line.
const ALIGNMENT: usize = 16;

/// Memory needed from one step to another, both included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Buffer {
    pub(super) elements: usize,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// A place for each buffer, and the elements of the arena. The largest are placed first, each in the lowest gap among
/// those that live at the same time (Pisarchyk and Lee 2020, greedy by size).
pub(super) fn lay_out(buffers: &[Buffer]) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..buffers.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(buffers.get(index).map_or(0, |buffer| buffer.elements)), index));
    let mut places = vec![0; buffers.len()];
    let mut placed: Vec<(usize, usize, Buffer)> = Vec::new();
    let mut arena = 0;
    for index in order {
        let Some(&buffer) = buffers.get(index) else { continue };
        let mut start = 0_usize;
        for &(from, to, other) in &placed {
            let apart = buffer.last < other.first || other.last < buffer.first;
            if !apart && from < start + buffer.elements && start < to {
                start = to.next_multiple_of(ALIGNMENT);
            }
        }
        let end = start + buffer.elements;
        if let Some(place) = places.get_mut(index) {
            *place = start;
        }
        arena = arena.max(end);
        let at = placed.partition_point(|&(from, ..)| from < start);
        placed.insert(at, (start, end, buffer));
    }
    (places, arena.next_multiple_of(ALIGNMENT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_that_live_together_lie_apart_and_others_share() {
        let buffer = |elements, first, last| Buffer { elements, first, last };
        let buffers = [buffer(100, 0, 1), buffer(200, 1, 2), buffer(100, 2, 3), buffer(50, 3, 4)];
        let (places, arena) = lay_out(&buffers);
        for (at, (a, place)) in buffers.iter().zip(&places).enumerate() {
            for (b, other) in buffers.iter().zip(&places).skip(at + 1) {
                let together = a.first <= b.last && b.first <= a.last;
                let overlap = *place < other + b.elements && *other < place + a.elements;
                assert!(!(together && overlap), "{a:?} at {place} and {b:?} at {other}");
            }
        }
        assert!(arena <= 320, "{arena} elements for buffers of which two live together");
    }
}
