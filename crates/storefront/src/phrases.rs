//! The words of an answer, each once: most reasons say the same of several products.

use vitrine_recommend::{Cause, Source};

use crate::answer::Shared;
use crate::reasons::Teller;

/// The words of one answer, found when they are first asked for.
pub(crate) struct Phrases<'a> {
    teller: &'a Teller<'a>,
    /// A sentence, and what the products have in common.
    found: Vec<(String, Vec<Shared>)>,
    /// What was found for each event, for each anchor, and for what goes back to neither.
    known: Vec<Vec<Known>>,
}

/// Which words say what.
struct Known {
    source: Source,
    /// The product, where the words depend on it.
    item: Option<u32>,
    phrase: usize,
}

impl<'a> Phrases<'a> {
    pub(crate) fn new(teller: &'a Teller<'a>) -> Self {
        Self { teller, found: Vec::new(), known: Vec::new() }
    }

    /// The number of the words for a part of the score of `item`.
    pub(crate) fn number(&mut self, source: &Source, item: u32) -> usize {
        let place = match source {
            Source::Sequence(Cause::History(index)) | Source::Content(Cause::History(index), _) => 2 * index + 1,
            Source::Sequence(Cause::Anchor(index)) | Source::Content(Cause::Anchor(index), _) => 2 * index + 2,
            Source::Popularity | Source::Featured | Source::Boost(_) | Source::Diversity { .. } => 0,
        };
        let named = Some(item).filter(|_| self.teller.names_its_title(source));
        if self.known.len() <= place {
            self.known.resize_with(place + 1, Vec::new);
        }
        let Some(known) = self.known.get_mut(place) else { return 0 };
        let same = |known: &&Known| known.source == *source && known.item == named;
        if let Some(Known { phrase, .. }) = known.iter().find(same) {
            return *phrase;
        }
        let phrase = self.found.len();
        known.push(Known { source: *source, item: named, phrase });
        self.found.push(self.teller.words(source, item));
        phrase
    }

    /// All words, in the order of their numbers.
    pub(crate) fn all(self) -> Vec<(String, Vec<Shared>)> {
        self.found
    }
}
