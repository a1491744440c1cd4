//! What a person is told about a feed, from `messages/feed.json`.

use std::sync::OnceLock;

use crate::Messages;

static MESSAGES: OnceLock<Messages> = OnceLock::new();

pub(super) fn messages() -> &'static Messages {
    MESSAGES.get_or_init(|| Messages::embedded(include_str!("../../../../messages/feed.json")))
}

#[cfg(test)]
mod tests {
    use super::super::{Expected, FeedError};
    use super::messages;

    #[test]
    fn everything_that_can_be_expected_or_go_wrong_has_words() {
        let keys = Expected::ALL.iter().map(|expected| expected.key()).chain(FeedError::KEYS);
        for key in
            keys.chain(["problem.whole", "problem.item", "problem.itemMissing", "problem.row", "problem.rowMissing"])
        {
            assert!(!messages().text(key).is_empty(), "{key}");
        }
    }
}
