//! A size label: "size M", "in medium", "L码", "加大".

use super::price::ends_with_any;
use crate::lexicon::Lexicon;
use crate::words::runs;

const SPOKEN: [(&str, &str); 19] = [
    ("extra small", "XS"),
    ("extra large", "XL"),
    ("x-small", "XS"),
    ("x-large", "XL"),
    ("small", "S"),
    ("medium", "M"),
    ("large", "L"),
    ("加小码", "XS"),
    ("特小码", "XS"),
    ("加大码", "XL"),
    ("特大码", "XL"),
    ("加大号", "XL"),
    ("特大号", "XL"),
    ("小码", "S"),
    ("中码", "M"),
    ("大码", "L"),
    ("小号", "S"),
    ("中号", "M"),
    ("大号", "L"),
];

/// The size that a normalised text names. Lone letters count only beside a word for size, or where they cannot be a word.
pub(crate) fn read(text: &str, lexicon: &Lexicon) -> Option<String> {
    if let Some((_, label)) = SPOKEN.iter().find(|(words, _)| holds(text, words)) {
        return lexicon.size(label);
    }
    let mut at = 0;
    for run in runs(text) {
        let start = text.get(at..)?.find(run).map(|offset| at + offset)?;
        let end = start + run.len();
        let (before, after) = (text.get(..start)?.trim_end(), text.get(end..)?.trim_start());
        at = end;
        let Some(label) = lexicon.size(run).filter(|label| !label.chars().all(|c| c.is_ascii_digit())) else {
            continue;
        };
        let beside = after.starts_with('码')
            || after.starts_with('号')
            || after.starts_with("size")
            || ends_with_any(
                before,
                &[
                    "size", "尺码", "sized", "an", "in", "in a", "in an", "the", "a", "or", "穿", "和", "还是",
                    "between", "and",
                ],
            );
        let contraction = text.get(..start)?.ends_with(['\'', '-']) || text.get(end..)?.starts_with(['\'', '-']);
        let alone = text == run;
        if !contraction && (beside || alone || label.len() >= 2) {
            return Some(label);
        }
    }
    None
}

/// The first word of `text`, if it is a size.
pub(crate) fn first_word(text: &str, lexicon: &Lexicon) -> Option<String> {
    if let Some((_, label)) = SPOKEN.iter().find(|(words, _)| text.starts_with(words)) {
        return lexicon.size(label);
    }
    lexicon.size(runs(text).next()?)
}

fn holds(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + words.len()..).unwrap_or_default();
        !words.is_ascii()
            || !(before.ends_with(|c: char| c.is_ascii_alphanumeric())
                || after.starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}
