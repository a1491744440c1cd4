//! What holds for every feed: pieces of any size give the same, no bytes make it panic, prices and texts survive.

#![allow(clippy::expect_used, reason = "a failure in a test is the message")]

mod common;

use common::{euros, example, read};
use proptest::prelude::*;
use vitrine_catalog::FeedFormat;

const EXAMPLES: [&str; 6] =
    ["shopify.json", "shopify-export.csv", "google.tsv", "google.xml", "table.csv", "fields.jsonl"];
const FORMATS: [FeedFormat; 5] =
    [FeedFormat::ShopifyJson, FeedFormat::GoogleTsv, FeedFormat::GoogleXml, FeedFormat::Csv, FeedFormat::Jsonl];

#[test]
fn pieces_of_any_size_give_the_same() {
    for name in EXAMPLES {
        let feed = example(name);
        let whole = read(&feed, usize::MAX, euros(name)).expect(name);
        for size in [1, 2, 3, 5, 17, 64, 257] {
            assert_eq!(read(&feed, size, euros(name)).expect(name), whole, "{name} in pieces of {size}");
        }
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    for name in EXAMPLES {
        let feed = String::from_utf8(example(name)).expect(name);
        let windows = format!("\u{feff}{}", feed.replace('\n', "\r\n"));
        let (plain, windows) = (read(feed.as_bytes(), 100, euros(name)), read(windows.as_bytes(), 100, euros(name)));
        let (plain, windows) = (plain.expect(name), windows.expect(name));
        assert_eq!(plain.products, windows.products, "{name}");
        assert_eq!(plain.problems.len(), windows.problems.len(), "{name}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), format in 0..6_usize, size in 1..50_usize) {
        let mut options = euros("feed");
        options.format = FORMATS.get(format).copied();
        let _ = read(&bytes, size, options);
    }

    #[test]
    fn a_damaged_example_never_panics_and_never_invents_products(
        example_number in 0..6_usize, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()
    ) {
        let name = EXAMPLES.get(example_number).copied().unwrap_or("google.tsv");
        let mut feed = example(name);
        let most = read(&feed, 64, euros(name)).expect(name).products.len();
        let place = at.index(feed.len());
        if let Some(there) = feed.get_mut(place) {
            *there = byte;
        }
        feed.truncate(cut.index(feed.len()) + 1);
        if let Ok(batch) = read(&feed, 64, euros(name)) {
            // One byte can turn at most one refused row into a product, or split one product into two.
            prop_assert!(batch.products.len() <= most + 2);
        }
    }

    #[test]
    fn what_a_table_says_is_what_the_product_has(
        rows in proptest::collection::vec(("[a-zA-Z\u{e4}\u{4e00}-\u{4e20} ,;\"'|]{1,30}", 0..10_000_000_i64), 1..40)
    ) {
        let quote = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let rows: Vec<_> = rows.into_iter().filter(|(title, _)| !title.trim().is_empty()).collect();
        prop_assume!(!rows.is_empty());
        let mut feed = String::from("id,title,price\n");
        for (number, (title, minor)) in rows.iter().enumerate() {
            feed.push_str(&format!("{number},{},{}.{:02}\n", quote(title), minor / 100, minor % 100));
        }
        let batch = read(feed.as_bytes(), 33, euros("table.csv")).expect("a table");
        prop_assert_eq!(batch.problems.len(), 0);
        for (product, (title, minor)) in batch.products.iter().zip(&rows) {
            let text = if product.title.en.is_empty() { &product.title.zh } else { &product.title.en };
            prop_assert_eq!(text, &title.split_whitespace().collect::<Vec<_>>().join(" "));
            prop_assert_eq!(product.price.minor, *minor);
        }
    }
}
