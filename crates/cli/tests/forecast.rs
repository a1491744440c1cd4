//! `vitrine forecast` on files as people have them, and on files that are wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failure in a test is the message")]

use std::fmt::Write;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("forecast-{name}.csv"));
    std::fs::write(&path, content).unwrap();
    path
}

fn vitrine(name: &str, content: &[u8], words: &[&str]) -> Output {
    let path = file(name, content);
    Command::new(env!("CARGO_BIN_EXE_vitrine")).arg("forecast").arg(path).args(words).output().unwrap()
}

/// What is said on standard error when a file is refused.
fn refused(name: &str, content: &[u8], words: &[&str]) -> String {
    let output = vitrine(name, content, words);
    assert!(!output.status.success());
    assert!(output.stdout.is_empty() || words.is_empty(), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn answers(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{output:?}");
    let lines = std::str::from_utf8(&output.stdout).unwrap().lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Eight weeks of two products by day, the second rare.
fn days() -> String {
    let mut text = "date,sku,units,on_hand\n".to_owned();
    for day in 0..56 {
        let (month, date) = if day < 31 { (1, day + 1) } else { (2, day - 30) };
        let rare = if day % 5 == 2 { 1 + day % 3 } else { 0 };
        let _ = writeln!(text, "2026-{month:02}-{date:02},jacket,{},{}", 20 + 4 * (day % 7), 500 - day);
        let _ = writeln!(text, "2026-{month:02}-{date:02},hat,{rare},6");
    }
    text
}

#[test]
fn rows_of_several_products_are_forecast_each_with_stock() {
    let output = vitrine("days", days().as_bytes(), &["--horizon", "14", "--json"]);
    let all = answers(&output);
    let by_id = |id: &str| all.iter().find(|answer| answer["id"] == id).unwrap();
    let jacket = &by_id("jacket")["forecast"];
    assert_eq!(jacket["dates"][0], "2026-02-26");
    let mean = |step: usize| jacket["mean"][step].as_f64().unwrap();
    for step in 0..14 {
        let truth = 20.0 + 4.0 * ((56 + step) % 7) as f64;
        assert!((mean(step) - truth).abs() < 1.0, "{step}: {} {truth}", mean(step));
    }
    assert_eq!(by_id("jacket")["every"], "day");
    let risk = by_id("hat")["stock"]["run_out"].as_array().unwrap();
    assert!(risk[0].as_f64().unwrap() < 0.1 && risk[13].as_f64().unwrap() > risk[0].as_f64().unwrap());
    assert!(by_id("hat")["forecast"]["model"].as_str().unwrap().contains("imapa"));
}

#[test]
fn the_table_says_dates_model_and_parts() {
    let only: String =
        days().lines().filter(|line| !line.contains("hat")).fold(String::new(), |all, line| all + line + "\n");
    let output = vitrine("table", only.as_bytes(), &["--horizon", "14"]);
    let text = String::from_utf8(output.stdout).unwrap();
    for word in ["2026-02-26", "model:", "held back", "made of: level", "reorder: at"] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn series_side_by_side_are_read_with_dates_or_with_every() {
    let dated = "id,2026-01,2026-02,2026-03,2026-04,2026-05,2026-06\nfirst,1,2,3,4,5,6\nsecond,,,3,3,3,3\n";
    let all = answers(&vitrine("dated", dated.as_bytes(), &["--horizon", "2", "--json"]));
    assert_eq!(all[0]["forecast"]["dates"][1], "2026-08-01");
    assert_eq!(all[1]["forecast"]["mean"][0], 3.0);
    let bare = "1,2,3,4,5,6\n3,3,3,3,,\n";
    let all = answers(&vitrine("bare", bare.as_bytes(), &["--every", "month", "--horizon", "2", "--json"]));
    assert_eq!(all.len(), 2);
    let whole = "id,h,train,test\nfirst,2,1 2 3 4 5 6,7 8\n";
    let all = answers(&vitrine("whole", whole.as_bytes(), &["--every", "month", "--horizon", "2", "--json"]));
    assert!((all[0]["forecast"]["mean"][0].as_f64().unwrap() - 7.0).abs() < 1.0, "{all:?}");
    assert!(refused("undated", bare.as_bytes(), &["--json"]).contains("--every month"));
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_what_to_do() {
    let long = |rows: &str| format!("date,value\n{rows}").into_bytes();
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("empty", Vec::new(), "the file is empty"),
        ("heading", b"date,value\n".to_vec(), "there is a heading but no row below it"),
        ("number", long("2026-01-01,1\n2026-01-02,many\n"), "line 3: `many` is not a number"),
        ("day", long("2026-01-01,1\nyesterday,2\n"), "line 3: `yesterday` is not a date"),
        ("infinite", long("2026-01-01,1\n2026-01-02,inf\n"), "line 3: the value inf is not a number"),
        ("bytes", b"date,value\n2026-01-01,\xff\n".to_vec(), "line 2: this is not UTF-8"),
        ("short", long("2026-01-01,1\n"), "needs at least 3 observations, the series has 1"),
        ("column", b"date,price\n2026-01-01,1\n".to_vec(), "no column holds the values: name it with --value-column"),
    ];
    for (name, content, said) in cases {
        let error = refused(name, &content, &["--json"]);
        assert!(error.contains(said), "{name}: {error}");
    }
    let error = refused("named", &long("2026-01-01,1\n"), &["--value-column", "price", "--json"]);
    assert!(error.contains("there is no column `price`: there are date, value"), "{error}");
    let error = refused("levels", days().as_bytes(), &["--levels", "0.9,0.1", "--json"]);
    assert!(error.contains("levels lie between 0 and 1 and rise"), "{error}");
}

#[test]
fn one_bad_series_does_not_spoil_the_others() {
    let mut text = days();
    text.push_str("2026-02-25,single,3,1\n");
    let output = vitrine("mixed", text.as_bytes(), &["--json"]);
    assert_eq!(answers(&output).iter().filter(|answer| answer["id"].is_string()).count(), 2);
    assert!(String::from_utf8(output.stderr).unwrap().contains("single: auto needs at least 3 observations"));
}
