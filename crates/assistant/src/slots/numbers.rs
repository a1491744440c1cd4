//! Numbers in a normalised text: digits with at most two decimals, and Chinese numerals up to 9,999.

use crate::words::is_han;

/// A number and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) whole: i64,
    pub(crate) hundredths: u8,
}

/// The numbers of a text, in order. Digits that are part of a word (`a-1042`, `m65`) are none; more than nine digits are none.
pub(crate) fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        if first.is_ascii_digit() {
            let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let before = text.get(..at).unwrap_or_default();
            let (whole, mut end) = grouped(rest, length);
            let mut hundredths = 0;
            if let Some(decimals) = rest.get(end..).and_then(|tail| tail.strip_prefix('.')) {
                let count = decimals.bytes().take_while(u8::is_ascii_digit).count();
                if (1..=2).contains(&count) {
                    let text = decimals.get(..count).unwrap_or_default();
                    hundredths = text.parse::<u8>().unwrap_or(0) * if count == 1 { 10 } else { 1 };
                    end += 1 + count;
                }
            }
            let in_word = before.ends_with(|c: char| c.is_ascii_alphabetic())
                || before.ends_with('-') && before.trim_end_matches('-').ends_with(|c: char| c.is_ascii_alphabetic());
            if let Some(whole) = whole.filter(|_| !in_word) {
                found.push(Number { start: at, end: at + end, whole, hundredths });
            }
            at += end;
        } else if is_han(first) {
            let length = rest.find(|c| !is_numeral(c)).unwrap_or(rest.len());
            let run = rest.get(..length).unwrap_or_default();
            let clear = run.chars().count() > 1 || run == "百";
            if let Some(whole) = Some(run).filter(|_| clear).and_then(chinese) {
                found.push(Number { start: at, end: at + length, whole, hundredths: 0 });
            }
            at += length.max(first.len_utf8());
        } else {
            at += first.len_utf8();
        }
    }
    found
}

/// `1,299` as one number.
fn grouped(rest: &str, length: usize) -> (Option<i64>, usize) {
    let mut digits = rest.get(..length).unwrap_or_default().to_owned();
    let mut end = length;
    while let Some(group) = rest.get(end..).and_then(|tail| tail.strip_prefix(',')) {
        let count = group.bytes().take_while(u8::is_ascii_digit).count();
        if count != 3 || digits.len() > 6 {
            break;
        }
        digits.push_str(group.get(..3).unwrap_or_default());
        end += 4;
    }
    (Some(digits).filter(|digits| digits.len() <= 9).and_then(|digits| digits.parse().ok()), end)
}

fn is_numeral(c: char) -> bool {
    "零一二两三四五六七八九十百千".contains(c)
}

fn digit(c: char) -> Option<i64> {
    Some(match c {
        '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// `一百五` (150), `三百二十` (320), `一七五` (175).
fn chinese(run: &str) -> Option<i64> {
    if run.chars().all(|c| digit(c).is_some()) {
        return (run.chars().count() <= 4).then(|| run.chars().filter_map(digit).fold(0, |sum, it| sum * 10 + it));
    }
    let (mut sum, mut open, mut unit) = (0, None, 1);
    for c in run.chars() {
        match (digit(c), c) {
            (Some(0), _) => unit = 1,
            (Some(value), _) => open = Some(value),
            (None, c) => {
                unit = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                sum += open.take().unwrap_or(1) * unit;
            }
        }
    }
    let tail = if unit >= 100 { unit / 10 } else { 1 };
    Some(sum + open.unwrap_or(0) * tail)
}
