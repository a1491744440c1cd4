//! Event logs: what every shopper did, in order.
//!
//! Two forms are read: JSON lines, one interaction each with its shopper, as `vitrine simulate shoppers` writes
//! them; and the plain lines `shopper item item …` in which public data sets come.

use std::collections::HashMap;
use std::io::BufRead;

use serde::{Deserialize, Serialize};
use vitrine_catalog::{Identifier, Interaction, InteractionKind};

use crate::TrainError;

/// An event log in the form training needs: the different items of each shopper in the order they were first touched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventLog {
    /// Item identifiers; sequences speak of their numbers.
    pub items: Vec<Identifier>,
    /// Per shopper, item numbers, oldest first, each once.
    pub sequences: Vec<Vec<u32>>,
    /// Interactions read.
    pub events: u64,
    /// Whether the log says that it is simulated.
    pub simulated: bool,
}

/// First line of a log that describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct LogHeader {
    /// Whether the shoppers are invented.
    pub(crate) simulated: bool,
    /// What made it and how, for people.
    #[serde(default)]
    pub(crate) note: String,
}

/// One interaction with its shopper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct LogRow {
    /// Unique per shopper.
    pub(crate) shopper: Identifier,
    /// What they did.
    #[serde(flatten)]
    pub(crate) interaction: Interaction,
}

impl EventLog {
    /// Reads a log in either form. Items get numbers in the order of `known`, then of their appearance.
    ///
    /// Memory grows with shoppers and the different items each touched, not with repeats.
    pub fn read(input: impl BufRead, known: &[Identifier]) -> Result<Self, TrainError> {
        let mut reader = Reader::new(known);
        for (index, line) in input.lines().enumerate() {
            let line = line?;
            let text = line.trim();
            if text.is_empty() {
                continue;
            }
            let read = if text.starts_with('{') { reader.json(text) } else { reader.plain(text) };
            read.map_err(|problem| TrainError::Line { line: index as u64 + 1, problem })?;
        }
        Ok(reader.finish())
    }
}

/// One first touch of an item.
struct Touch {
    at: u64,
    item: u32,
}

struct Reader {
    log: EventLog,
    numbers: HashMap<Identifier, u32>,
    shoppers: HashMap<Identifier, usize>,
    touches: Vec<Vec<Touch>>,
}

impl Reader {
    fn new(known: &[Identifier]) -> Self {
        let numbers = known.iter().enumerate().map(|(number, id)| (id.clone(), number as u32)).collect();
        let log = EventLog { items: known.to_vec(), ..EventLog::default() };
        Self { log, numbers, shoppers: HashMap::new(), touches: Vec::new() }
    }

    fn json(&mut self, text: &str) -> Result<(), String> {
        if self.log.events == 0
            && let Ok(header) = serde_json::from_str::<LogHeader>(text)
        {
            self.log.simulated = header.simulated;
            return Ok(());
        }
        let expected = "expected {\"shopper\", \"id\", \"kind\": view | cart | purchase, \"item\", \"at\"}";
        let row: LogRow = serde_json::from_str(text).map_err(|error| format!("{error}; {expected}"))?;
        let Interaction { item, at, .. } = row.interaction;
        self.touch(row.shopper, item, at);
        Ok(())
    }

    fn plain(&mut self, text: &str) -> Result<(), String> {
        let mut words = text.split_ascii_whitespace();
        let identifier = |word: &str| Identifier::new(word).map_err(|error| error.to_string());
        let shopper = identifier(words.next().unwrap_or_default())?;
        let mut at = 0;
        for word in words {
            self.touch(shopper.clone(), identifier(word)?, at);
            at += 1;
        }
        if at == 0 {
            return Err(format!("{text:?} names a shopper but no item; expected `shopper item item …`"));
        }
        Ok(())
    }

    fn touch(&mut self, shopper: Identifier, item: Identifier, at: u64) {
        self.log.events += 1;
        let touches = &mut self.touches;
        let shopper = *self.shoppers.entry(shopper).or_insert_with(|| {
            touches.push(Vec::new());
            touches.len() - 1
        });
        let next = self.log.items.len() as u32;
        let item = *self.numbers.entry(item).or_insert_with_key(|id| {
            self.log.items.push(id.clone());
            next
        });
        let Some(touches) = touches.get_mut(shopper) else { return };
        match touches.iter_mut().find(|touch| touch.item == item) {
            Some(touch) => touch.at = touch.at.min(at),
            None => touches.push(Touch { at, item }),
        }
    }

    fn finish(self) -> EventLog {
        let mut log = self.log;
        for mut touches in self.touches {
            touches.sort_by_key(|touch| touch.at);
            log.sequences.push(touches.into_iter().map(|touch| touch.item).collect());
        }
        log
    }
}

/// The kinds a shopper's visit to a product may lead to, weakest first.
pub(crate) const KINDS: [InteractionKind; 3] =
    [InteractionKind::View, InteractionKind::Cart, InteractionKind::Purchase];
