//! Which kind of feed it is, told from its first bytes and its file name.

use serde::{Deserialize, Serialize};

use super::FeedError;

/// Kinds of product feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedFormat {
    /// Shopify's `products.json`: `{"products": […]}`, or a bare array of such products.
    ShopifyJson,
    /// Google Merchant, tab-separated.
    GoogleTsv,
    /// Google Merchant, RSS 2.0 or Atom 1.0.
    GoogleXml,
    /// Comma- or semicolon-separated with a header line, among them Shopify's product export.
    Csv,
    /// One JSON object a line: products as `vitrine import` writes them, or plain fields.
    Jsonl,
}

impl FeedFormat {
    /// The format's name, as in the options.
    pub fn name(self) -> &'static str {
        match self {
            Self::ShopifyJson => "shopify-json",
            Self::GoogleTsv => "google-tsv",
            Self::GoogleXml => "google-xml",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }

    /// Tells the format from the feed's `start`, which is all of it where `whole`; `None` if more is needed.
    pub(super) fn detect(start: &[u8], whole: bool, file_name: Option<&str>) -> Result<Option<Self>, FeedError> {
        if let Some(kind) = packed(start) {
            return Err(FeedError::Packed { kind });
        }
        if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
            return Err(FeedError::Encoding { line: 1 });
        }
        let text = start.trim_ascii_start();
        let Some(first) = text.first() else {
            return if whole { Err(FeedError::Empty) } else { Ok(None) };
        };
        let named = |ending: &str| file_name.is_some_and(|name| name.to_ascii_lowercase().ends_with(ending));
        match first {
            b'<' => Ok(Some(Self::GoogleXml)),
            b'[' => Ok(Some(Self::ShopifyJson)),
            b'{' if named(".jsonl") || named(".ndjson") => Ok(Some(Self::Jsonl)),
            b'{' => Ok(object(text, whole)),
            _ => {
                let Some(header) =
                    text.split(|&byte| byte == b'\n').next().filter(|line| whole || line.len() < text.len())
                else {
                    return Ok(None);
                };
                Ok(Some(if header.contains(&b'\t') { Self::GoogleTsv } else { Self::Csv }))
            }
        }
    }
}

/// A feed that begins with `{`: one object for all, or one a line.
fn object(text: &[u8], whole: bool) -> Option<FeedFormat> {
    let (line, more) = match text.iter().position(|&byte| byte == b'\n') {
        Some(end) => text.split_at(end),
        None if whole => (text, &[][..]),
        None => return (text.len() > 65_536).then_some(FeedFormat::ShopifyJson),
    };
    if serde_json::from_slice::<serde::de::IgnoredAny>(line).is_err() {
        return Some(FeedFormat::ShopifyJson);
    }
    let named = |name: &[u8]| line.windows(name.len()).any(|part| part == name);
    let wraps = line.get(1..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\"products\""));
    match more.trim_ascii_start().first() {
        _ if wraps => Some(FeedFormat::ShopifyJson),
        Some(_) => Some(FeedFormat::Jsonl),
        None if !whole => None,
        None if named(b"\"title\"") || named(b"\"name\"") => Some(FeedFormat::Jsonl),
        None => Some(FeedFormat::ShopifyJson),
    }
}

/// What kind of packed file begins with these bytes.
fn packed(start: &[u8]) -> Option<&'static str> {
    match start {
        [0x1f, 0x8b, ..] => Some("gzip"),
        [b'P', b'K', 3, 4, ..] => Some("zip / xlsx"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("xls"),
        [b'%', b'P', b'D', b'F', ..] => Some("pdf"),
        _ => None,
    }
}
