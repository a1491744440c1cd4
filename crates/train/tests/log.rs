//! Reading event logs.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a failure in a test is the message")]

use vitrine_train::{EventLog, Split, TrainError};

fn read(text: &str) -> Result<EventLog, TrainError> {
    EventLog::read(text.as_bytes(), &[])
}

#[test]
fn plain_lines_and_json_lines_say_the_same() -> Result<(), TrainError> {
    let plain = read("ann shirt jeans cap\n")?;
    let json = read(concat!(
        r#"{"shopper":"ann","id":"2","kind":"cart","item":"jeans","at":20}"#,
        "\n",
        r#"{"shopper":"ann","id":"1","kind":"view","item":"shirt","at":10}"#,
        "\n",
        r#"{"shopper":"ann","id":"3","kind":"view","item":"cap","at":30}"#,
    ))?;
    let names =
        |log: &EventLog| log.sequences[0].iter().map(|&item| log.items[item as usize].to_string()).collect::<Vec<_>>();
    assert_eq!(names(&plain), ["shirt", "jeans", "cap"]);
    assert_eq!(names(&json), names(&plain), "time decides, not the order of lines");
    Ok(())
}

#[test]
fn an_item_counts_once_per_shopper_where_it_was_first_touched() -> Result<(), TrainError> {
    let log = read("ann shirt jeans shirt\n")?;
    assert_eq!(log.sequences, [[0, 1]]);
    assert_eq!(log.events, 3);
    Ok(())
}

#[test]
fn a_bad_line_is_named_with_what_was_expected() {
    let error = read("ann shirt\n{\"shopper\":\"bob\"}\n").expect_err("the second line has no item");
    let message = error.to_string();
    assert!(message.starts_with("line 2:") && message.contains("expected"), "{message}");
}

#[test]
fn the_last_item_is_for_testing_and_the_one_before_for_tuning() -> Result<(), TrainError> {
    let split = Split::leave_one_out(&read("ann a b c d\nbob a b\n")?)?;
    assert_eq!(split.train, [vec![0, 1], vec![0, 1]]);
    assert_eq!(split.refit, [vec![0, 1, 2], vec![0, 1]]);
    assert_eq!((split.valid[0].target, split.test[0].target), (2, 3));
    assert_eq!(split.test[0].history, [0, 1, 2]);
    assert_eq!(split.test.len(), 1, "two items are too few to test with");
    Ok(())
}

#[test]
fn a_log_with_nothing_to_test_says_so() {
    let error = read("ann a b\n").and_then(|log| Split::leave_one_out(&log)).expect_err("too small");
    assert!(error.to_string().contains("at least 3 different items"), "{error}");
}
