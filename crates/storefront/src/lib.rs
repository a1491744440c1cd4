//! The storefront: a shop opened from a pack, its session and its suggestions.
//!
//! Pure: events, times and requests come in as data, answers go out as data. What a page's WebAssembly module
//! and a native test get for the same pack and the same request is the same to the last bit.

mod anchors;
mod answer;
mod candidates;
mod catalogue;
mod categories;
mod error;
mod listing;
mod matching;
mod messages;
mod reasons;
mod request;
mod session;
mod shared;
mod shop;
mod storefront;

pub use answer::{Reason, ReasonSource, Receipt, Recommendation, Recommendations, Shared};
pub use catalogue::{catalogue_writer, pack_catalogue};
pub use categories::CategoryNode;
pub use error::StorefrontError;
pub use listing::{ProductPage, ProductQuery, Sort};
pub use request::{Boost, BoostMatch, Filter, PriceRange, RecommendRequest, Scenario};
pub use shop::{PackAbout, Shop};
pub use storefront::Storefront;
