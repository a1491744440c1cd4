//! Whether a text may be quoted to a shopper: words addressed to a machine, addresses and markup are not.

use crate::words::normal;

/// What is addressed to an assistant rather than to a reader, in either language, normalised.
const ADDRESSED: [&str; 92] = [
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
    "assistant,",
    "the assistant",
    "dear assistant",
    "to assistant",
    "user:",
    "you are now",
    "you are a",
    "act as",
    "as an ai",
    "note to ai",
    "the ai ",
    "the model",
    "language model",
    "chatbot",
    "robot",
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
    "tell the shopper",
    "tell customers",
    "tell buyers",
    "tell everyone",
    "reply with",
    "respond with",
    "must respond",
    "must say",
    "must be answered",
    "answer that",
    "answer with",
    "answer only",
    "when asked",
    "if asked",
    "if anyone asks",
    "if someone asks",
    "to everybody who asks",
    "instead write",
    "instead say",
    "say exactly",
    "repeat after",
    "obey",
    "reveal",
    "refund order",
    "start a return of",
    "忽略",
    "无视",
    "系统提示",
    "系统消息",
    "指令",
    "你现在是",
    "助手",
    "机器人",
    "告诉顾客",
    "告诉买家",
    "告诉客户",
    "告诉用户",
    "被问到",
    "请回答",
    "一律回答",
    "只回答",
    "只说",
    "改说",
    "请说",
    "ai注意",
    "不要说实话",
    "提示词",
    "输出",
    "跳过确认",
    "验证码",
    "作废",
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
