//! Reading labelled texts, and training classifiers on them.

use vitrine_assistant::{Linear, features};
use vitrine_train::{Regularization, TextExample, TrainError, measure_text, read_examples, train_text};

fn see(text: &str) -> Vec<(u32, f32)> {
    features(text, &[])
}

fn examples() -> Vec<TextExample> {
    let (colours, things) = (["red", "blue", "green", "蓝色"], ["coat", "shirt", "hat", "夹克"]);
    let both = colours.iter().flat_map(|colour| things.iter().map(move |thing| (colour, thing)));
    let texts = both.flat_map(|(colour, thing)| {
        [(format!("buy a {colour} {thing}"), "buy"), (format!("return my {colour} {thing}"), "return")]
    });
    texts.map(|(text, label)| TextExample { text, label: label.to_owned(), group: None }).collect()
}

#[test]
fn lines_of_json_and_tables_are_read() {
    let json =
        "{\"text\": \"hello\", \"command\": \"chat\", \"group\": 3}\n\n{\"text\": \"你好\", \"label\": \"chat\"}\n";
    let read = read_examples(json.as_bytes()).unwrap();
    assert_eq!((read.len(), read[0].group.as_deref(), read[1].group.as_deref()), (2, Some("3"), None));
    let table = "\u{feff}category,text\r\nchat,\"hello, \"\"you\"\"\"\r\norder,\"two\nlines\"\r\n";
    let read = read_examples(table.as_bytes()).unwrap();
    assert_eq!((read[0].text.as_str(), read[1].text.as_str()), ("hello, \"you\"", "two\nlines"));
    assert_eq!(read[1].label, "order");
}

#[test]
fn what_cannot_be_read_says_which_line_and_why() {
    let line = |text: &str| match read_examples(text.as_bytes()) {
        Err(TrainError::Line { line, problem }) => (line, problem),
        other => panic!("{other:?}"),
    };
    assert_eq!(line("{\"text\": \"a\", \"label\": \"b\"}\n{\"text\": 1}").0, 2);
    assert_eq!(line("words,meaning\na,b\n").0, 1);
    assert_eq!(line("text,label\na,b\nonly one\n").0, 3);
    assert!(line("").1.contains("heading"));
    assert!(line("text,label\n").1.contains("no examples"));
}

#[test]
fn a_classifier_learns_and_survives_its_file() {
    let trained = train_text(&examples(), &see, Regularization::default(), 1).unwrap();
    let model = Linear::open(&trained.model.to_bytes()).unwrap();
    assert_eq!(model, trained.model);
    assert_eq!(model.label(&see("return this yellow scarf")).unwrap().0, "return");
    assert!((model.probabilities(&see("buy it")).iter().sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(measure_text(&model, &examples(), &see).accuracy > 0.99);
}

#[test]
fn the_same_seed_gives_the_same_file() {
    let bytes = |seed| train_text(&examples(), &see, Regularization::default(), seed).unwrap().model.to_bytes();
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
}

#[test]
fn one_label_is_not_enough() {
    let one: Vec<TextExample> = examples().into_iter().filter(|example| example.label == "buy").collect();
    assert!(train_text(&one, &see, Regularization::default(), 1).is_err());
}

#[test]
fn a_label_that_the_model_does_not_know_counts_as_wrong() {
    let trained = train_text(&examples(), &see, Regularization::default(), 1).unwrap();
    let strange = [TextExample { text: "sing".into(), label: "song".into(), group: None }];
    assert_eq!(measure_text(&trained.model, &strange, &see).accuracy, 0.0);
}
