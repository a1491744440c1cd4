//! A shop's product feed, read piece by piece: products come out as they are complete, bad rows as problems.
//!
//! ```
//! use vitrine_catalog::{FeedOptions, FeedReader};
//!
//! let feed = "id,title,price\ntee,Tee,29.00 EUR\ncap,Cap,cheap\n";
//! let mut reader = FeedReader::new(FeedOptions::default());
//! let mut batch = reader.push(feed.as_bytes())?;
//! batch.append(reader.finish()?);
//! assert_eq!(batch.products[0].price.minor, 2900);
//! assert_eq!((batch.problems[0].line, batch.problems[0].field.as_str()), (3, "price"));
//! # Ok::<(), vitrine_catalog::FeedError>(())
//! ```

mod availability;
mod draft;
mod error;
mod format;
mod groups;
mod html;
mod json_items;
mod lines;
mod listing;
mod names;
mod naming;
mod options;
mod price;
mod problem;
mod reader;
mod row;
mod shopify;
mod source;
mod table;
mod text;
mod xml_items;

pub use error::FeedError;
pub use format::FeedFormat;
pub use options::FeedOptions;
pub use problem::{Expected, FeedProblem};
pub use reader::{FeedBatch, FeedReader};
