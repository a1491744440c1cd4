//! Full ranking of every case with the recommender as it ships, on all cores.

use vitrine_catalog::InteractionKind;
use vitrine_recommend::{Event, Model, Scratch};

use crate::split::Case;

/// The rank of each case's target among all items that its history does not hold; 0 is first, ties count against it.
pub(crate) fn ranks(model: &Model, cases: &[Case]) -> Vec<u32> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = cases.len().div_ceil(workers).max(1);
    std::thread::scope(|scope| {
        let handles: Vec<_> = cases.chunks(share).map(|cases| scope.spawn(move || ranks_of(model, cases))).collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap_or_default()).collect()
    })
}

fn ranks_of(model: &Model, cases: &[Case]) -> Vec<u32> {
    let mut scratch = Scratch::default();
    let mut scores = Vec::new();
    let mut history = Vec::new();
    let rank = |case: &Case| {
        history.clear();
        history.extend(case.history.iter().map(|&item| Event { item, kind: InteractionKind::View }));
        model.score_all(&history, &mut scratch, &mut scores);
        for &seen in &case.history {
            if let Some(score) = scores.get_mut(seen as usize) {
                *score = i64::MIN;
            }
        }
        let target = scores.get(case.target as usize).copied().unwrap_or(i64::MIN);
        let ahead = scores.iter().filter(|&&score| score >= target).count() as u32;
        ahead.saturating_sub(1)
    };
    cases.iter().map(rank).collect()
}
