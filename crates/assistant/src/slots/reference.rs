//! Words that point at what was spoken of: "it", "the second one", "这件", "最后那件".

use super::price::starts_with_any;

/// What is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// What is being spoken of.
    Focus,
    /// One of the list shown last, from 0.
    Place(usize),
    /// The last of the list.
    Last,
    /// All of the list: "them", "这些".
    All,
    /// The first two: "both", "这两件".
    Both,
}

const PLACES: [(&str, usize); 27] = [
    ("first", 0),
    ("1st", 0),
    ("number one", 0),
    ("second", 1),
    ("2nd", 1),
    ("number two", 1),
    ("third", 2),
    ("3rd", 2),
    ("fourth", 3),
    ("4th", 3),
    ("fifth", 4),
    ("第一", 0),
    ("第二", 1),
    ("第三", 2),
    ("第四", 3),
    ("第五", 4),
    ("第1", 0),
    ("第2", 1),
    ("第3", 2),
    ("第4", 3),
    ("头一", 0),
    ("number 1", 0),
    ("number 2", 1),
    ("number 3", 2),
    ("#1 ", 0),
    ("#2 ", 1),
    ("option 2", 1),
];
/// What follows an ordinal when it counts something else than products.
const NOT_PRODUCTS: [&str; 6] = ["time", "order", "day", "of all", "次", "天"];
const LAST: [&str; 6] = ["last one", "the last of", "last item", "最后一", "最后那", "末尾"];
const BOTH: [&str; 8] = ["both", "these two", "those two", "the two", "这两", "那两", "两件", "两款"];
const ALL: [&str; 7] = ["them", "these", "those", "all of", "这些", "那些", "它们"];
const FOCUS: [&str; 24] = [
    "it",
    "it's",
    "its",
    "this",
    "that",
    "this one",
    "that one",
    "the one",
    "same one",
    "这件",
    "那件",
    "这款",
    "那款",
    "它",
    "这个",
    "那个",
    "这条",
    "这双",
    "该款",
    "此款",
    "这一件",
    "这一款",
    "这衣服",
    "这种",
];

/// The references of a normalised text, the most exact first.
pub(crate) fn read(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    for (words, place) in PLACES {
        for at in places(text, words) {
            let after = text.get(at + words.len()..).unwrap_or_default().trim_start();
            if !starts_with_any(after, &NOT_PRODUCTS) && !found.contains(&(at, Reference::Place(place))) {
                found.push((at, Reference::Place(place)));
            }
        }
    }
    found.sort_by_key(|(at, _)| *at);
    let mut found: Vec<Reference> = found.into_iter().map(|(_, reference)| reference).collect();
    let any = |words: &[&str]| words.iter().any(|word| places(text, word).next().is_some());
    let others = [
        (any(&LAST), Reference::Last),
        (any(&BOTH), Reference::Both),
        (any(&ALL), Reference::All),
        (any(&FOCUS), Reference::Focus),
    ];
    found.extend(others.into_iter().filter(|(there, _)| *there).map(|(_, reference)| reference));
    found
}

/// Where `words` stand in `text`, as whole words where they are English.
fn places<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(words).map(|(at, _)| at).filter(move |at| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + words.len()..).unwrap_or_default();
        let letter = |c: char| c.is_ascii_alphanumeric();
        !words.is_ascii() || !(before.ends_with(letter) || after.starts_with(letter))
    })
}
