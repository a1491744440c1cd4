//! Which small talk an utterance is.

use crate::command::Talk;

const TALKS: [(Talk, &[&str]); 4] = [
    (
        Talk::Ability,
        &[
            "who are you",
            "what are you",
            "what can you",
            "are you a bot",
            "are you human",
            "are you a robot",
            "are you real",
            "your name",
            "how can you help",
            "how do you work",
            "你是谁",
            "你能做什么",
            "你会什么",
            "你叫什么",
            "是机器人",
            "是真人吗",
            "有什么功能",
            "能帮我什么",
        ],
    ),
    (
        Talk::Thanks,
        &[
            "thank",
            "thx",
            "cheers",
            "great",
            "perfect",
            "awesome",
            "appreciate",
            "helpful",
            "谢谢",
            "感谢",
            "多谢",
            "谢了",
            "太好了",
            "辛苦",
        ],
    ),
    (
        Talk::Farewell,
        &["bye", "good night", "see you", "that's all", "再见", "拜拜", "晚安", "回见", "没事了", "没别的"],
    ),
    (
        Talk::Greeting,
        &[
            "hello",
            "hi",
            "hey",
            "good morning",
            "good evening",
            "good afternoon",
            "你好",
            "您好",
            "嗨",
            "哈喽",
            "早上好",
            "晚上好",
            "在吗",
            "在不在",
        ],
    ),
];

/// Reads a normalised text.
pub(crate) fn of(text: &str) -> Talk {
    let holds = |word: &str| {
        text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            !word.is_ascii() || !before.ends_with(|c: char| c.is_ascii_alphanumeric())
        })
    };
    TALKS.iter().find(|(_, words)| words.iter().any(|word| holds(word))).map_or(Talk::Other, |(talk, _)| *talk)
}
