//! Whether a text may be quoted to a shopper: words addressed to a machine, addresses and markup are not.

use crate::words::normal;

/// What is addressed to an assistant rather than to a reader, in either language, normalised.
const ADDRESSED: [&str; 47] = [
    "ignore previous",
    "ignore all",
    "ignore the above",
    "ignore your",
    "ignore any",
    "disregard",
    "forget your",
    "forget all",
    "forget everything",
    "override",
    "system prompt",
    "system:",
    "system message",
    "assistant:",
    "assistant must",
    "assistant should",
    "the assistant",
    "dear assistant",
    "note to assistant",
    "user:",
    "you are now",
    "you are a",
    "act as",
    "as an ai",
    "language model",
    "chatbot",
    "developer mode",
    "jailbreak",
    "instruction",
    "<|",
    "|>",
    "[inst",
    "</",
    "prompt",
    "tell the user",
    "tell the customer",
    "tell customers",
    "reply with",
    "respond with",
    "reveal",
    "忽略",
    "无视",
    "系统提示",
    "指令",
    "你现在是",
    "助手",
    "告诉顾客",
];

/// Addresses and markup.
const FOREIGN: [&str; 8] = ["http:", "https:", "www.", "<script", "javascript:", "data:text", "base64", "${"];

/// Whether `text` reads as something written for shoppers. It errs on the side of leaving out.
#[must_use]
pub fn is_quotable(text: &str) -> bool {
    let text = normal(text);
    let squeezed: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let addressed = |word: &str| {
        let bare: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        text.contains(word) || (bare.chars().count() >= 10 && squeezed.contains(&bare))
    };
    !ADDRESSED.iter().any(|word| addressed(word)) && !FOREIGN.iter().any(|word| text.contains(word))
}
