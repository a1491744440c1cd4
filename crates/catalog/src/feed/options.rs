//! What a feed does not say itself.

use serde::Deserialize;

use super::FeedFormat;
use crate::{Currency, Language};

/// How to read a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct FeedOptions {
    /// Told from the first bytes where absent.
    pub format: Option<FeedFormat>,
    /// Helps to tell the format.
    pub file_name: Option<String>,
    /// Language of its texts; a text with Chinese characters counts as Chinese in any case.
    pub language: Language,
    /// Currency of prices that name none, as in Shopify's `products.json`.
    pub currency: Option<Currency>,
}
