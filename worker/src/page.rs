//! Cutting lists into pages.

use vitrine_api::list::Page;

/// A page of at most `limit` of `items`, of which one more was asked for to see whether another page follows.
pub(crate) fn cut<T>(mut items: Vec<T>, limit: i64, cursor: impl Fn(&T) -> String) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or_default();
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(cursor);
    Page { items, next }
}
