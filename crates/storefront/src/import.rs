//! From a shop's product feed to a pack that recommends from the first click.

use serde::Serialize;
use vitrine_catalog::{Currency, FeedBatch, FeedError, FeedOptions, FeedProblem, FeedReader, Language, Product};
use vitrine_pack::Pack;

use crate::{StorefrontError, pack_catalogue};

/// Problems that a report lists.
const LISTED: usize = 100;

/// A feed that becomes a shop, piece by piece.
pub struct FeedImport {
    reader: FeedReader,
    language: Language,
    products: Vec<Product>,
    problems: Vec<RefusedRow>,
    rejected: u64,
    /// Currency of prices that name none.
    currency: Option<Currency>,
    currency_assumed: bool,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FeedProgress {
    /// Rows read.
    pub rows: u64,
    /// Products made of them.
    pub products: u64,
    /// Rows refused.
    pub rejected: u64,
}

/// A row that was refused, in the words of the import's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusedRow {
    /// Line in the feed, or number of the product where the format has no lines; from 1.
    pub line: u64,
    /// The product's id, if the row has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The field at fault.
    pub field: String,
    /// What stands there.
    pub found: String,
    /// What would be right.
    pub expected: String,
    /// The same as a sentence.
    pub message: String,
}

/// How an import went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FeedReport {
    /// The feed's format.
    pub format: String,
    /// Rows read.
    pub rows: u64,
    /// Products made of them.
    pub products: u64,
    /// Rows refused.
    pub rejected: u64,
    /// The first 100 of them.
    pub problems: Vec<RefusedRow>,
    /// The currency of the options, where it was taken for prices that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed_currency: Option<Currency>,
}

impl FeedImport {
    /// An import that has read nothing yet.
    pub fn new(options: FeedOptions) -> Self {
        Self {
            language: options.language,
            currency: options.currency,
            reader: FeedReader::new(options),
            products: Vec::new(),
            problems: Vec::new(),
            rejected: 0,
            currency_assumed: false,
        }
    }

    /// Reads the next piece of the feed; pieces may have any size.
    pub fn push(&mut self, piece: &[u8]) -> Result<FeedProgress, StorefrontError> {
        let batch = self.reader.push(piece).map_err(|error| self.refused(&error))?;
        self.take(batch);
        Ok(FeedProgress { rows: self.reader.rows(), products: self.products.len() as u64, rejected: self.rejected })
    }

    /// Ends the feed and makes a pack called `id`; `created` is an ISO 8601 date or time.
    pub fn finish(mut self, id: &str, created: &str) -> Result<(Pack, FeedReport), StorefrontError> {
        let batch = self.reader.finish().map_err(|error| self.refused(&error))?;
        self.take(batch);
        let report = FeedReport {
            format: self.reader.format().map_or("", |format| format.name()).to_owned(),
            rows: self.reader.rows(),
            products: self.products.len() as u64,
            rejected: self.rejected,
            problems: self.problems,
            assumed_currency: self.currency.filter(|_| self.currency_assumed),
        };
        Ok((pack_catalogue(&self.products, id, created)?, report))
    }

    fn take(&mut self, mut batch: FeedBatch) {
        self.products.append(&mut batch.products);
        self.currency_assumed |= batch.currency_assumed;
        self.rejected += batch.problems.len() as u64;
        let room = LISTED.saturating_sub(self.problems.len());
        let language = self.language;
        self.problems.extend(batch.problems.into_iter().take(room).map(|problem| worded(problem, language)));
    }

    fn refused(&self, error: &FeedError) -> StorefrontError {
        StorefrontError::Feed(error.sentence(self.language))
    }
}

fn worded(problem: FeedProblem, language: Language) -> RefusedRow {
    RefusedRow {
        message: problem.sentence(language),
        expected: problem.expected.text(language),
        line: problem.line,
        item: problem.item,
        field: problem.field,
        found: problem.found,
    }
}
