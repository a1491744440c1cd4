//! The storefront: a shop opened from a pack, its session and its suggestions.
