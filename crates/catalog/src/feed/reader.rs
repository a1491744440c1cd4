//! Reads a feed piece by piece, with pieces of any size.

use super::groups::Groups;
use super::listing::{self, Listed};
use super::source::{Found, Source};
use super::{FeedError, FeedFormat, FeedOptions, FeedProblem};
use crate::Product;

/// Bytes after which the format must be clear.
const START: usize = 1 << 17;

/// What a piece of a feed brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedBatch {
    /// Products that are complete, in the feed's order.
    pub products: Vec<Product>,
    /// Rows that cannot be used.
    pub problems: Vec<FeedProblem>,
    /// Whether any of the products has the currency of the options, because the feed names none for its price.
    pub currency_assumed: bool,
}

/// A feed that is being read. Holds at most one record, the ids given away, and the last 10,000 products, whose further
/// rows may follow.
pub struct FeedReader {
    options: FeedOptions,
    /// The first bytes, until they tell the format.
    start: Vec<u8>,
    source: Option<(FeedFormat, Source)>,
    groups: Groups,
    rows: u64,
    products: u64,
    first_problem: Option<FeedProblem>,
}

impl FeedBatch {
    /// Adds what a further piece brought.
    pub fn append(&mut self, mut more: Self) {
        self.products.append(&mut more.products);
        self.problems.append(&mut more.problems);
        self.currency_assumed |= more.currency_assumed;
    }
}

impl FeedReader {
    /// A reader that has seen nothing yet.
    pub fn new(options: FeedOptions) -> Self {
        Self {
            options,
            start: Vec::new(),
            source: None,
            groups: Groups::default(),
            rows: 0,
            products: 0,
            first_problem: None,
        }
    }

    /// Reads the next piece.
    pub fn push(&mut self, piece: &[u8]) -> Result<FeedBatch, FeedError> {
        let mut batch = FeedBatch::default();
        if self.source.is_some() {
            self.read(piece, &mut batch)?;
        } else {
            self.start.extend_from_slice(piece);
            self.begin(false, &mut batch)?;
        }
        self.count(&batch);
        Ok(batch)
    }

    /// Ends the feed. Fails where no product came of it.
    pub fn finish(&mut self) -> Result<FeedBatch, FeedError> {
        let mut batch = FeedBatch::default();
        self.begin(true, &mut batch)?;
        let Some((_, source)) = &mut self.source else { return Err(FeedError::Empty) };
        let (groups, options, rows) = (&mut self.groups, &self.options, &mut self.rows);
        source.finish(&mut |found| take(found, groups, options, rows, &mut batch))?;
        self.groups.finish(&mut batch);
        self.count(&batch);
        match (self.products, self.rows, self.first_problem.take()) {
            (0, 0, _) | (0, _, None) => Err(FeedError::Empty),
            (0, rows, Some(first)) => Err(FeedError::NoProducts { rows, first: Box::new(first) }),
            _ => Ok(batch),
        }
    }

    /// The format, once it is known.
    pub fn format(&self) -> Option<FeedFormat> {
        self.source.as_ref().map(|&(format, _)| format)
    }

    /// Rows read so far: lines of a table, or elements of a list.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Products given so far.
    pub fn products(&self) -> u64 {
        self.products
    }

    fn count(&mut self, batch: &FeedBatch) {
        self.products += batch.products.len() as u64;
        if self.first_problem.is_none() {
            self.first_problem = batch.problems.first().cloned();
        }
    }

    /// Tells the format if it can, and reads what was kept until then.
    fn begin(&mut self, whole: bool, batch: &mut FeedBatch) -> Result<(), FeedError> {
        if self.source.is_some() {
            return Ok(());
        }
        let kept = self.start.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(&self.start);
        let whole = whole || kept.len() >= START;
        let told = match self.options.format {
            // Even where the format is given, a packed file is told as such.
            Some(format) => FeedFormat::detect(kept, true, None).map(|_| Some(format)),
            None => FeedFormat::detect(kept, whole, self.options.file_name.as_deref()),
        };
        let format = match told {
            Ok(Some(format)) => format,
            Err(FeedError::Empty) if !whole => return Ok(()),
            Ok(None) => return Ok(()),
            Err(error) => return Err(error),
        };
        let has_line = kept.contains(&b'\n');
        if !whole && !has_line && matches!(format, FeedFormat::Csv | FeedFormat::GoogleTsv) {
            return Ok(()); // the header tells the separator
        }
        let kept = kept.to_vec();
        self.start = Vec::new();
        self.source = Some((format, Source::new(format, &kept)));
        self.read(&kept, batch)
    }

    fn read(&mut self, piece: &[u8], batch: &mut FeedBatch) -> Result<(), FeedError> {
        let Some((_, source)) = self.source.as_mut().filter(|_| !piece.is_empty()) else { return Ok(()) };
        let (groups, options, rows) = (&mut self.groups, &self.options, &mut self.rows);
        source.push(piece, &mut |found| take(found, groups, options, rows, batch))
    }
}

/// Takes in what the source found.
fn take(found: Found, groups: &mut Groups, options: &FeedOptions, rows: &mut u64, batch: &mut FeedBatch) {
    *rows += 1;
    let listed = match found {
        Found::Row(row) => row.draft(options).map(Listed::from),
        Found::Object { line, value } => listing::read(line, value, options),
        Found::Bad(problem) => Err(problem),
    };
    match listed {
        Ok(Listed::Draft(draft)) => groups.add(*draft, batch),
        Ok(Listed::Product { line, product }) => groups.add_product(line, *product, batch),
        Err(problem) => {
            if let Some(id) = &problem.item {
                groups.refuse(id);
            }
            batch.problems.push(problem);
        }
    }
}
