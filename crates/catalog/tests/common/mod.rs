//! Reads whole feeds for the tests.

#![allow(dead_code, unreachable_pub, reason = "each test uses what it needs")]
#![allow(clippy::expect_used, reason = "a failure in a test is the message")]

use std::path::PathBuf;

use vitrine_catalog::{Currency, FeedBatch, FeedError, FeedOptions, FeedReader, Product};

/// A file of `tests/feeds`.
pub fn example(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/feeds").join(name);
    std::fs::read(&path).expect("the example is there")
}

/// Options for a feed in euros called `name`.
pub fn euros(name: &str) -> FeedOptions {
    FeedOptions { file_name: Some(name.to_owned()), currency: Currency::new("EUR").ok(), ..FeedOptions::default() }
}

/// Reads `feed` in pieces of `size` bytes.
pub fn read(feed: &[u8], size: usize, options: FeedOptions) -> Result<FeedBatch, FeedError> {
    let mut reader = FeedReader::new(options);
    let mut all = FeedBatch::default();
    for piece in feed.chunks(size.max(1)) {
        all.append(reader.push(piece)?);
    }
    all.append(reader.finish()?);
    assert_eq!(reader.products(), all.products.len() as u64);
    Ok(all)
}

/// The product called `id`.
pub fn product<'a>(batch: &'a FeedBatch, id: &str) -> &'a Product {
    batch.products.iter().find(|product| product.id.as_str() == id).expect(id)
}

/// Line, product, field and found value of each problem.
pub fn problems(batch: &FeedBatch) -> Vec<(u64, &str, &str, &str)> {
    batch
        .problems
        .iter()
        .map(|problem| {
            (problem.line, problem.item.as_deref().unwrap_or("-"), problem.field.as_str(), problem.found.as_str())
        })
        .collect()
}
