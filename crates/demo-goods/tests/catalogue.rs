//! The committed catalogue is what the range makes, is complete in both languages, and has all its pictures.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use vitrine_catalog::{Localized, Product};
use vitrine_demo_goods::{catalogue, range};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn committed() -> Vec<Product> {
    let lines = fs::read_to_string(root().join("demo/catalogue.jsonl")).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

fn speaks_both(text: &Localized) -> bool {
    let chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    !text.en.trim().is_empty() && !chinese(&text.en) && chinese(&text.zh)
}

#[test]
fn the_committed_catalogue_is_what_the_range_makes() {
    let made = catalogue::products(&range::read(&root().join("demo")).unwrap()).unwrap();
    assert!(made == committed(), "run `cargo run --release -p vitrine-demo-goods -- catalogue` and commit the result");
}

#[test]
fn ids_and_skus_are_unique() {
    let products = committed();
    let ids: BTreeSet<_> = products.iter().map(|product| &product.id).collect();
    assert_eq!(ids.len(), products.len());
    let skus: Vec<_> = products.iter().flat_map(|product| &product.variants).map(|variant| &variant.sku).collect();
    assert_eq!(skus.iter().collect::<BTreeSet<_>>().len(), skus.len());
}

#[test]
fn every_text_is_there_in_english_and_in_chinese() {
    for product in committed() {
        let names = product.category.iter().map(|step| &step.name);
        let alts = product.pictures.iter().map(|picture| &picture.alt);
        for text in [&product.title, &product.description].into_iter().chain(names).chain(alts) {
            assert!(speaks_both(text), "{}: {text:?}", product.id);
        }
        for attribute in &product.attributes {
            assert!(speaks_both(&attribute.value), "{}: {:?}", product.id, attribute.value);
        }
    }
}

#[test]
fn titles_tell_products_apart_in_both_languages() {
    let products = committed();
    let english: BTreeSet<_> = products.iter().map(|product| &product.title.en).collect();
    let chinese: BTreeSet<_> = products.iter().map(|product| &product.title.zh).collect();
    assert_eq!((english.len(), chinese.len()), (products.len(), products.len()));
}

#[test]
fn a_reduced_price_is_below_the_former_one() {
    for product in committed() {
        assert!(product.compare_at.is_none_or(|before| before.minor > product.price.minor), "{}", product.id);
    }
}

#[test]
fn each_size_has_a_row_of_measures_that_grow() {
    for product in committed() {
        let labels: Vec<_> = product.sizes.iter().map(|row| &row.label).collect();
        let offered: Vec<_> = product.variants.iter().filter_map(|variant| variant.options.get("size")).collect();
        assert_eq!(labels, offered, "{}", product.id);
        for pair in product.sizes.windows(2) {
            for (measure, length) in &pair[0].measures {
                assert!(pair[1].measures[measure].get() >= length.get(), "{}: {measure:?}", product.id);
            }
        }
    }
}

#[test]
fn some_products_and_some_sizes_are_sold_out() {
    let products = committed();
    let sold_out = products.iter().filter(|product| !product.availability.is_buyable()).count();
    assert!((1..=6).contains(&sold_out), "{sold_out}");
    let partly = products.iter().filter(|product| {
        product.availability.is_buyable() && product.variants.iter().any(|variant| !variant.availability.is_buyable())
    });
    assert!(partly.count() >= products.len() / 4);
}

#[test]
fn every_picture_is_there_large_and_small() {
    let public = root().join("www/shop/public");
    for picture in committed().iter().flat_map(|product| &product.pictures) {
        for (url, side) in [(picture.url.clone(), 900), (picture.url.replace("-900.", "-400."), 400)] {
            let file =
                fs::read(public.join(url.trim_start_matches('/'))).unwrap_or_else(|error| panic!("{url}: {error}"));
            assert_eq!((&file[..4], &file[8..12]), (b"RIFF".as_slice(), b"WEBP".as_slice()), "{url}");
            assert_eq!(webp_side(&file), side, "{url}");
        }
    }
}

#[test]
fn at_least_thirty_prints_are_used_and_none_lies_idle() {
    let drawn: BTreeSet<String> = fs::read_dir(root().join("demo/prints"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let pieces = range::read(&root().join("demo")).unwrap().pieces;
    let used: BTreeSet<String> = pieces.into_iter().flat_map(|piece| piece.prints).map(|print| print.art).collect();
    assert!(used.len() >= 30, "{}", used.len());
    assert_eq!(used, drawn);
}

/// Width in the header of a lossy WebP (RFC 9649, section 2.5).
fn webp_side(file: &[u8]) -> u16 {
    assert_eq!(&file[12..16], b"VP8 ");
    u16::from_le_bytes([file[26], file[27]]) & 0x3fff
}
