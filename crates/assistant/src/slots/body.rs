//! What a shopper says of the wearer: height, girth of the chest, usual size.

use super::Body;
use super::numbers::{Number, numbers};
use super::price::{ends_with_any, starts_with_any};
use crate::lexicon::Lexicon;

const CENTIMETRES: [&str; 6] = ["cm", "厘米", "公分", "centimetres", "centimeters", "centimeter"];
const TALL_BEFORE: [&str; 15] = [
    "i'm",
    "i am",
    "im",
    "height",
    "height is",
    "tall",
    "height:",
    "身高",
    "身高是",
    "我",
    "高",
    "he's",
    "she's",
    "he is",
    "she is",
];
const CHEST_BEFORE: [&str; 11] = [
    "chest",
    "chest is",
    "chest of",
    "bust",
    "bust is",
    "胸围",
    "胸围是",
    "chest measures",
    "chest:",
    "bust:",
    "chest size",
];
const USUAL_BEFORE: [&str; 22] = [
    "usually",
    "usually wear",
    "usually a",
    "usually an",
    "usually take",
    "normally",
    "normally wear",
    "normally a",
    "normally an",
    "usually buy",
    "wear a",
    "wear an",
    "wear size",
    "i'm a",
    "i'm an",
    "i am a",
    "平时穿",
    "一般穿",
    "通常穿",
    "平常穿",
    "平时买",
    "我穿",
];

/// Reads a normalised text.
pub(crate) fn read(text: &str, lexicon: &Lexicon) -> Body {
    let mut body = Body::default();
    let found = numbers(text);
    for (at, number) in found.iter().enumerate() {
        let before = text.get(..number.start).unwrap_or_default().trim_end();
        let after = text.get(number.end..).unwrap_or_default().trim_start();
        let unit = starts_with_any(after, &CENTIMETRES);
        let chest =
            ends_with_any(before, &CHEST_BEFORE) || (unit && starts_with_any(after_unit(after), &["chest", "bust"]));
        if let Some(value) = small(number).filter(|value| chest && (60..=180).contains(value)) {
            body.chest = Some(value);
        } else if let Some(value) = small(number).filter(|value| (120..=230).contains(value)) {
            if unit || ends_with_any(before, &TALL_BEFORE) || starts_with_any(after, &["tall", "高", "的个子"]) {
                body.height = Some(value);
            }
        } else if let Some(height) =
            metres(text, number, found.get(at + 1)).or_else(|| feet(text, number, found.get(at + 1)))
        {
            body.height = Some(height);
        }
    }
    if body.height.is_none() {
        body.height = spoken_metres(text);
    }
    body.usual = usual(text, lexicon);
    body
}

fn after_unit(after: &str) -> &str {
    after.trim_start_matches(|c: char| c.is_ascii_alphabetic() || "厘米公分".contains(c)).trim_start()
}

fn small(number: &Number) -> Option<u16> {
    u16::try_from(number.whole).ok()
}

/// `1.75 m`, `1m75`, `1米75`.
fn metres(text: &str, number: &Number, next: Option<&Number>) -> Option<u16> {
    if !(1..=2).contains(&number.whole) {
        return None;
    }
    let after = text.get(number.end..)?.trim_start();
    if number.hundredths >= 20 && starts_with_any(after, &["m", "米", "metres", "meters", "tall"]) {
        return Some(number.whole as u16 * 100 + u16::from(number.hundredths));
    }
    let rest = after.strip_prefix('m').or_else(|| after.strip_prefix('米'))?.trim_start();
    let cents: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let value = match (cents.len(), next) {
        (2, _) => cents.parse::<u16>().ok()?,
        (1, _) => cents.parse::<u16>().ok()? * 10,
        _ => return None,
    };
    Some(number.whole as u16 * 100 + value)
}

/// `5'9`, `5 ft 9`, `5 foot 9`, to the nearest centimetre.
fn feet(text: &str, number: &Number, next: Option<&Number>) -> Option<u16> {
    if !(4..=7).contains(&number.whole) || number.hundredths > 0 {
        return None;
    }
    let after = text.get(number.end..)?.trim_start();
    let marks = ["'", "ft", "feet", "foot"];
    if !marks.iter().any(|mark| after.starts_with(mark)) {
        return None;
    }
    let between = next.and_then(|next| text.get(number.end..next.start)).unwrap_or("?");
    let close = marks.contains(&between.trim().trim_end_matches('.'));
    let inches = next.filter(|next| close && next.whole < 12).map_or(0, |next| next.whole);
    let tenths = (number.whole * 12 + inches) * 254;
    u16::try_from((tenths + 50) / 100).ok()
}

/// `一米七五`, `一米七`.
fn spoken_metres(text: &str) -> Option<u16> {
    let (before, after) = text.split_once('米')?;
    let whole = match before.chars().last()? {
        '一' => 100,
        '两' | '二' => 200,
        _ => return None,
    };
    let digits: Vec<u16> = after
        .chars()
        .map_while(|c| "零一二三四五六七八九".chars().position(|it| it == c))
        .map(|it| it as u16)
        .take(2)
        .collect();
    match digits.as_slice() {
        [tens, ones] => Some(whole + tens * 10 + ones),
        [tens] => Some(whole + tens * 10),
        _ => None,
    }
}

fn usual(text: &str, lexicon: &Lexicon) -> Option<String> {
    USUAL_BEFORE.iter().find_map(|words| {
        let at = text.find(words)?;
        let after = text.get(at + words.len()..)?.trim_start().trim_start_matches("size ");
        super::size::first_word(after, lexicon)
    })
}
