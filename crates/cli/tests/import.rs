//! `vitrine import` as its users run it: files in, a catalogue out, and an exit code that tells how it went.

#![allow(clippy::expect_used, reason = "a failure in a test is the message")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

fn import(feed: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitrine"));
    command.arg("import").arg(feed).args(words).output().expect("the command runs")
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/feeds").join(name)
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn some_refused_rows_end_in_3_and_are_listed_while_the_rest_becomes_a_catalogue() {
    let folder = folder("some");
    let (catalogue, refused) = (folder.join("catalogue.jsonl"), folder.join("refused.csv"));
    let words = [
        "-o",
        catalogue.to_str().expect("a path"),
        "--currency",
        "EUR",
        "--refused",
        refused.to_str().expect("a path"),
    ];
    let output = import(&example("shopify.json"), &words);
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(told(&output).contains("Line 3, product odd-socks: variants.price is “soon”"), "{}", told(&output));
    assert!(told(&output).contains("6 rows, 2 products, 4 refused"), "{}", told(&output));
    assert_eq!(fs::read_to_string(&catalogue).expect("the catalogue").lines().count(), 2);
    assert_eq!(fs::read_to_string(&refused).expect("the list").lines().count(), 5);

    let pack = folder.join("pack");
    let made = Command::new(env!("CARGO_BIN_EXE_vitrine"))
        .arg("pack")
        .arg("--catalogue")
        .arg(&catalogue)
        .arg("--pack")
        .arg(&pack)
        .output()
        .expect("the command runs");
    assert!(made.status.success(), "{}", told(&made));
    assert!(pack.join("manifest.json").is_file());
}

#[test]
fn a_whole_feed_ends_in_0_and_its_catalogue_can_be_imported_again() {
    let folder = folder("whole");
    let (first, second) = (folder.join("first.jsonl"), folder.join("second.jsonl"));
    let output = import(&example("google.xml"), &["-o", first.to_str().expect("a path"), "--currency", "EUR"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let output = import(&first, &["-o", second.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert_eq!(fs::read(&first).expect("it was written"), fs::read(&second).expect("it was written"));
}

#[test]
fn what_is_no_feed_ends_in_1_and_says_what_to_do() {
    let folder = folder("none");
    let feed = folder.join("feed.csv");
    fs::write(&feed, "colour,size\nred,M\n").expect("a file");
    let output = import(&feed, &["-o", "-"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("no column for the title"), "{}", told(&output));
    let output = import(&folder.join("missing.csv"), &["-o", "-"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("missing.csv"), "{}", told(&output));
}

#[test]
fn a_failed_import_leaves_what_was_there_and_no_feed_is_overwritten() {
    let folder = folder("kept");
    let (feed, catalogue) = (folder.join("feed.json"), folder.join("catalogue.jsonl"));
    fs::write(&feed, "{\"products\": [{\"title\": \"cut").expect("a file");
    fs::write(&catalogue, "what was there\n").expect("a file");
    let output = import(&feed, &["-o", catalogue.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_to_string(&catalogue).expect("it is there"), "what was there\n");
    assert!(!folder.join("catalogue.jsonl.part").exists(), "nothing half-done is left");

    let before = fs::read(example("google.tsv")).expect("the example");
    let copy = folder.join("google.tsv");
    fs::write(&copy, &before).expect("a copy");
    let output = import(&copy, &["-o", copy.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("would be overwritten"), "{}", told(&output));
    assert_eq!(fs::read(&copy).expect("it is there"), before);
}

#[test]
fn prices_without_a_currency_lead_to_the_option_that_names_one() {
    let output = import(&example("shopify.json"), &["-o", "-"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("--currency EUR"), "{}", told(&output));
}
