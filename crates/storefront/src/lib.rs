//! The storefront: a shop opened from a pack, its session and its suggestions.
//!
//! Pure: events, times and requests come in as data, answers go out as data. What a page's WebAssembly module
//! and a native test get for the same pack and the same request is the same to the last bit.
//!
//! ```
//! use vitrine_storefront::{RecommendRequest, Storefront, pack_catalogue};
//!
//! let tee = r#"{ "id": "tee", "title": { "en": "Tee" }, "price": { "minor": 2900, "currency": "EUR" },
//!     "availability": { "state": "in_stock" } }"#;
//! let pack = pack_catalogue(&[serde_json::from_str(tee)?], "corner-shop", "2026-01-31")?;
//! let mut storefront = Storefront::open(&pack)?;
//! let answer = storefront.recommend(&RecommendRequest::default())?;
//! assert_eq!(answer.items[0].id.as_str(), "tee");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod anchors;
mod answer;
mod candidates;
mod catalogue;
mod categories;
mod error;
mod import;
mod listing;
mod matching;
mod phrases;
mod reasons;
mod request;
mod session;
mod shared;
mod shop;
mod storefront;
mod suggestions;

pub use answer::{Reason, ReasonSource, Receipt, Recommendation, Recommendations, Shared};
pub use catalogue::{catalogue_writer, pack_catalogue};
pub use categories::CategoryNode;
pub use error::StorefrontError;
pub use import::{FeedImport, FeedProgress, FeedReport, RefusedRow};
pub use listing::{ProductPage, ProductQuery, Sort};
pub use request::{Boost, BoostMatch, Filter, PriceRange, RecommendRequest, Scenario};
pub use shop::{PackAbout, Shop};
pub use storefront::Storefront;
pub use suggestions::{Suggestions, Texts};
