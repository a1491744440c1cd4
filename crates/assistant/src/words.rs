//! Text as it is searched and compared: one form for each letter, English words stemmed, Chinese in pairs of characters.

/// The most characters of an utterance that are read.
pub const MAX_CHARACTERS: usize = 2_000;

/// Words that say nothing when searching.
const STOP_WORDS: [&str; 58] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "could", "did", "do", "does", "for", "from", "get", "got",
    "have", "has", "how", "i", "if", "in", "is", "it", "its", "me", "my", "of", "on", "or", "our", "please", "so",
    "some", "that", "the", "them", "there", "these", "they", "this", "to", "us", "was", "we", "what", "when", "which",
    "will", "with", "would", "you", "your", "any", "one", "about", "want",
];

/// `text` in lower case with full-width forms narrowed, quotes straightened, and control characters, invisible
/// characters and combining marks dropped; white space is single.
#[must_use]
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{2018}' | '\u{2019}' | '\u{02bc}' | '`' | '\u{b4}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{3002}' => '.',
            '\u{3001}' => ',',
            c => c,
        };
        if is_invisible(c) {
            continue;
        }
        if c.is_whitespace() || c.is_control() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
            continue;
        }
        out.extend(c.to_lowercase().filter(|lower| !is_invisible(*lower)));
    }
    let kept = out.trim_end().len();
    out.truncate(kept);
    out
}

/// Marks and formats that change how a text looks and not what it says.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' | '\u{20d0}'..='\u{20ff}')
}

/// Whether a character is Chinese, written without spaces.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// The runs of one script in a normalised text: Latin words, numbers, stretches of Chinese.
pub(crate) fn runs(normal: &str) -> impl Iterator<Item = &str> {
    normal.split(|c: char| !c.is_alphanumeric() && c != '\'').flat_map(|run| {
        let mut rest = run.trim_matches('\'');
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let end = rest.find(|c| is_han(c) != is_han(first)).unwrap_or(rest.len());
            let (run, tail) = rest.split_at(end);
            rest = tail;
            Some(run)
        })
    })
}

/// The terms of a text for searching, in order, with repeats.
#[must_use]
pub fn terms(text: &str) -> Vec<String> {
    let normal = normal(text);
    let mut found = Vec::new();
    for run in runs(&normal) {
        let chars: Vec<char> = run.chars().collect();
        match chars.as_slice() {
            [only] if is_han(*only) => found.push(only.to_string()),
            [first, ..] if is_han(*first) => {
                found.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
            }
            _ if STOP_WORDS.contains(&run) => {}
            _ => found.push(stem(run)),
        }
    }
    found
}

/// Drops English endings that searching should not see: plural, -ing, -ed, possessive.
#[must_use]
pub fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word).replace('\'', "");
    let long = |stem: &&str, least: usize| stem.len() >= least;
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| long(stem, 2)) {
        return format!("{stem}y");
    }
    if ["sses", "shes", "ches", "xes"].iter().any(|ending| word.ends_with(ending)) {
        return word.strip_suffix("es").unwrap_or(&word).to_owned();
    }
    if let Some(stem) = word.strip_suffix("ing").filter(|stem| long(stem, 4)) {
        return undouble(stem);
    }
    if let Some(stem) = word.strip_suffix("ed").filter(|stem| long(stem, 4)) {
        return undouble(stem);
    }
    match word.strip_suffix('s').filter(|stem| long(stem, 3)) {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word,
    }
}

/// `shipp` and `ship` meet.
fn undouble(stem: &str) -> String {
    let mut chars = stem.chars().rev();
    match (chars.next(), chars.next()) {
        (Some(last), Some(before)) if last == before && !matches!(last, 'l' | 's' | 'e') => {
            stem.get(..stem.len() - last.len_utf8()).unwrap_or(stem).to_owned()
        }
        _ => stem.to_owned(),
    }
}

/// The sentences of a paragraph, each with its closing mark.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = matches!(c, '。' | '！' | '？' | '\n')
            || (matches!(c, '.' | '!' | '?') && chars.peek().is_none_or(|(_, next)| next.is_whitespace()));
        if ends {
            let end = at + c.len_utf8();
            found.extend(text.get(start..end).map(str::trim).filter(|sentence| !sentence.is_empty()));
            start = end;
        }
    }
    found.extend(text.get(start..).map(str::trim).filter(|sentence| !sentence.is_empty()));
    found
}

/// How many edits (a letter put in, left out, changed or two swapped) lead from one word to the other, up to `most`.
#[must_use]
pub fn edits(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX - 1);
            let mut best = (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|count| *count <= most)
}
