//! What the shop's rules say, in the shop's own words.

use crate::policy::Paragraph;
use crate::reply::Source;
use crate::teller::Teller;

/// What a paragraph must score at least to be an answer, and how near to the best the second must come.
const LEAST: f64 = 1.6;
const NEAR: f64 = 0.85;
/// The most characters of a paragraph that are quoted whole.
const LONGEST: usize = 600;

/// Quotes the best paragraph, and the second where it answers nearly as well.
pub(crate) fn policy(teller: &mut Teller<'_>, about: &str) {
    if !quote(teller, about, 2) {
        teller.say("policy.none", &[], vec![Source::Policies]);
        teller.offer_person();
    }
}

/// Quotes up to `most` paragraphs; whether there was one.
pub(crate) fn quote(teller: &mut Teller<'_>, about: &str, most: usize) -> bool {
    let found = teller.knowledge.policies(about, teller.language);
    let best = found.first().map_or(0.0, |(_, score)| *score);
    let good = found.iter().filter(|(paragraph, score)| {
        *score >= LEAST && *score >= best * NEAR && paragraph.text.chars().count() <= LONGEST
    });
    let chosen: Vec<&Paragraph> = good.take(most).map(|(paragraph, _)| *paragraph).collect();
    for paragraph in &chosen {
        let heading = paragraph.headings.last().unwrap_or(&paragraph.document);
        teller.say("policy.quote", &[("heading", heading), ("quote", &paragraph.text)], vec![of(paragraph)]);
    }
    !chosen.is_empty()
}

/// A paragraph as a source.
pub(crate) fn of(paragraph: &Paragraph) -> Source {
    Source::Policy { document: paragraph.document.clone(), language: paragraph.language, paragraph: paragraph.number }
}
