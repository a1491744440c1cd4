//! Words of a title, for comparing products: Latin words lightly stemmed, Chinese as pairs of characters.

/// Words that say nothing about a product.
const STOP_WORDS: [&str; 18] = [
    "a", "an", "and", "by", "for", "from", "in", "is", "it", "new", "of", "on", "or", "our", "the", "to", "with",
    "your",
];

/// The terms of `text`, in order, each once.
pub(crate) fn terms(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |term: String| {
        if !found.contains(&term) {
            found.push(term);
        }
    };
    for run in text.split(|c: char| !c.is_alphanumeric()) {
        let chars: Vec<char> = run.chars().collect();
        for part in chars.chunk_by(|a, b| is_han(*a) == is_han(*b)) {
            match part {
                [only] if is_han(*only) => add(only.to_string()),
                [first, ..] if is_han(*first) => part.windows(2).for_each(|pair| add(pair.iter().collect())),
                _ => {
                    let word = stem(&part.iter().collect::<String>().to_lowercase());
                    if word.chars().count() > 1 && !STOP_WORDS.contains(&word.as_str()) {
                        add(word);
                    }
                }
            }
        }
    }
    found
}

/// Drops the plural of English words: `shirts` and `shirt`, `dresses` and `dress`, `ladies` and `lady` meet.
fn stem(word: &str) -> String {
    let long_enough = |stem: &&str| stem.len() > 2;
    if let Some(stem) = word.strip_suffix("ies").filter(long_enough) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes"] {
        if word.ends_with(ending) {
            return word.strip_suffix("es").unwrap_or(word).to_owned();
        }
    }
    match word.strip_suffix('s').filter(long_enough) {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Whether a character is Chinese (or Japanese kana), written without spaces.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::terms;

    #[test]
    fn plural_and_case_do_not_matter() {
        assert_eq!(terms("The Blue SHIRTS, for ladies"), ["blue", "shirt", "lady"]);
        assert_eq!(terms("dress dresses"), ["dress"]);
        assert_eq!(terms("canvas bus jeans"), ["canva", "bus", "jean"]);
    }

    #[test]
    fn chinese_becomes_pairs_of_characters() {
        assert_eq!(terms("红色连衣裙"), ["红色", "色连", "连衣", "衣裙"]);
        assert_eq!(terms("T恤 男"), ["恤", "男"]);
    }
}
