//! What the classifier sees of a text: words and their neighbours, pieces of words, Chinese characters in ones to threes.

use std::collections::BTreeMap;

use crate::Knowledge;
use crate::slots::Slots;
use crate::words::{is_han, normal, runs};

/// Lengths of the pieces of English words; a piece knows where a word begins and ends.
const PIECES: std::ops::RangeInclusive<usize> = 2..=5;
/// The most words of a text that are looked at.
const MOST_WORDS: usize = 400;

/// Words weigh as much as pieces, however many there are of either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Block {
    Words,
    Pieces,
}

/// The features of a text: their hashes with their values; each block has length 1.
#[must_use]
pub fn features(text: &str, marks: &[String]) -> Vec<(u32, f32)> {
    let mut counts: BTreeMap<(Block, u32), u32> = BTreeMap::new();
    let mut add = |block: Block, parts: &[&str]| *counts.entry((block, hash(block, parts))).or_default() += 1;
    let text = normal(text);
    let mut before = "^";
    let mut before_that = "^";
    for run in runs(&text).take(MOST_WORDS) {
        if run.chars().next().is_some_and(is_han) {
            let chars: Vec<char> = run.chars().collect();
            for length in 1..=3 {
                for part in chars.windows(length) {
                    let part: String = part.iter().collect();
                    add(if length == 1 { Block::Pieces } else { Block::Words }, &[&part]);
                }
            }
            let ends: [String; 2] = [chars.iter().take(2).collect(), chars.iter().rev().take(2).rev().collect()];
            add(Block::Words, &["^", &ends[0]]);
            add(Block::Words, &[&ends[1], "$"]);
            (before_that, before) = (before, "汉");
            continue;
        }
        let shape = if run.bytes().all(|byte| byte.is_ascii_digit()) { digits(run.len()) } else { run };
        add(Block::Words, &[shape]);
        add(Block::Words, &[before, shape]);
        add(Block::Words, &[before_that, before, shape]);
        (before_that, before) = (before, shape);
        let padded: Vec<char> =
            std::iter::once('<').chain(shape.chars().take(40)).chain(std::iter::once('>')).collect();
        for length in PIECES {
            for piece in padded.windows(length) {
                add(Block::Pieces, &[&piece.iter().collect::<String>()]);
            }
        }
    }
    add(Block::Words, &[before, "$"]);
    for mark in text.chars().filter(|c| matches!(c, '?' | '!')).take(1) {
        add(Block::Words, &[mark.encode_utf8(&mut [0; 4])]);
    }
    for mark in marks {
        add(Block::Words, &[mark]);
    }
    let values = |block: Block| {
        let own = counts.iter().filter(move |((it, _), _)| *it == block);
        let valued: Vec<(u32, f32)> = own.map(|((_, hash), count)| (*hash, 1.0 + libm::logf(*count as f32))).collect();
        let length = valued.iter().map(|(_, value)| value * value).sum::<f32>().max(1.0);
        let length = libm::sqrtf(length);
        valued.into_iter().map(move |(hash, value)| (hash, value / length))
    };
    values(Block::Words).chain(values(Block::Pieces)).collect()
}

/// What the classifier sees of what a shopper says: the text, and marks for what it names of the catalogue.
#[must_use]
pub fn utterance_features(text: &str, knowledge: &Knowledge) -> Vec<(u32, f32)> {
    let slots = Slots::read(text, knowledge);
    features(&slots.text, &slots.marks())
}

/// Numbers are alike if they have as many digits.
fn digits(length: usize) -> &'static str {
    ["0", "0", "00", "000", "0000", "00000"].get(length).copied().unwrap_or("000000")
}

/// FNV-1a, 32 bits.
fn hash(block: Block, parts: &[&str]) -> u32 {
    let start = match block {
        Block::Words => 0x811c_9dc5,
        Block::Pieces => 0x811c_9dc5 ^ 0x5bd1_e995,
    };
    let bytes = parts.iter().flat_map(|part| part.bytes().chain(std::iter::once(0xff)));
    bytes.fold(start, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
