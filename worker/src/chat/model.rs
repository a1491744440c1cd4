//! Understanding a turn by the assistant's own means.

use vitrine_assistant::{Conversation, Input, Knowledge, Model, Turn};

thread_local! {
    /// The trained weights, read once in each isolate.
    static MODEL: Model = Model::default();
}

/// Hears a turn.
pub(super) fn hear(conversation: &mut Conversation, input: &Input, now: u64, knowledge: &Knowledge) -> Turn {
    MODEL.with(|model| conversation.hear(input, now, knowledge, model))
}
