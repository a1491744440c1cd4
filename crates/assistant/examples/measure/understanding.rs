//! Command accuracy per language and part, and how well what is no business of the shop is told apart.

use std::error::Error;

use serde_json::{Value, json};
use vitrine_assistant::{Conversation, Input, Kind};
use vitrine_catalog::Language;

use crate::world::{World, set};

pub(crate) fn measure(world: &World, errors: bool) -> Result<Value, Box<dyn Error>> {
    let mut figures = serde_json::Map::new();
    for (language, name) in [(Language::En, "en"), (Language::Zh, "zh")] {
        let (mut known, mut aside) = (Tally::default(), Tally::default());
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        let mut steps = [(0.0, 0.0); 10];
        for example in set(&format!("test.{name}.jsonl"))? {
            let (text, command) = fields(&example)?;
            let is_aside = example.get("aside") == Some(&Value::Bool(true));
            let understood = hear(world, language, text);
            let right = understood.kind.map(Kind::name) == Some(command);
            if errors && !is_aside && !right {
                eprintln!(
                    "{command:<10} {:<10} {:.2} {:.2} {text}",
                    understood.kind.map_or("", Kind::name),
                    understood.confidence,
                    understood.in_scope
                );
            }
            let step = ((understood.confidence * 10.0) as usize).min(9);
            if let Some((sum, hits)) = steps.get_mut(step) {
                *sum += understood.confidence;
                *hits += f64::from(u8::from(right));
            }
            if is_aside { &mut aside } else { &mut known }.add(right);
            if command == "refuse" { &mut outside } else { &mut inside }.push(understood.in_scope);
        }
        for example in set(&format!("scope.{name}.jsonl"))? {
            let understood = hear(world, language, fields(&example)?.0);
            if errors && understood.in_scope > 0.5 {
                eprintln!(
                    "outside    {:<10} {:.2} {:.2} {}",
                    understood.kind.map_or("", Kind::name),
                    understood.confidence,
                    understood.in_scope,
                    fields(&example)?.0
                );
            }
            outside.push(understood.in_scope);
        }
        let mut independent = Tally::default();
        for example in set(&format!("independent.{name}.jsonl"))? {
            let (text, command) = fields(&example)?;
            independent.add(hear(world, language, text).kind.map(Kind::name) == Some(command));
        }
        let at = |least: f64, list: &[f64]| {
            list.iter().filter(|score| **score >= least).count() as f64 / list.len().max(1) as f64
        };
        let thresholds = [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5];
        let thresholds = thresholds.map(|least| (least, at(least, &inside), at(least, &outside)));
        figures.insert(
            name.to_owned(),
            json!({
                "texts": known.all + aside.all, "accuracy": share(known.right + aside.right, known.all + aside.all),
                "tuned": share(known.right, known.all), "aside": share(aside.right, aside.all), "asideTexts": aside.all,
                "independent": (independent.all > 0).then(|| share(independent.right, independent.all)),
                "independentTexts": independent.all,
                "calibrationError": steps.iter().map(|(sum, hits)| (sum - hits).abs()).sum::<f64>() / (known.all + aside.all) as f64,
                "thresholds": thresholds,
                "inside": inside.len(), "outside": outside.len(), "auroc": auroc(&inside, &outside),
                "answeredInside": at(0.45, &inside), "answeredOutside": at(0.45, &outside),
            }),
        );
    }
    Ok(Value::Object(figures))
}

fn hear(world: &World, language: Language, text: &str) -> vitrine_assistant::Understood {
    let mut conversation = Conversation::new(language);
    let input = Input::Text { text: text.to_owned(), looking_at: None };
    conversation.hear(&input, 0, &world.knowledge, &world.model).understood
}

fn fields(example: &Value) -> Result<(&str, &str), Box<dyn Error>> {
    let field = |name: &str| example.get(name).and_then(Value::as_str).ok_or(format!("{example} has no {name}"));
    Ok((field("text")?, field("command")?))
}

#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
}

impl Tally {
    fn add(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }
}

fn share(right: usize, all: usize) -> f64 {
    right as f64 / all.max(1) as f64
}

/// The probability that something inside scores above something outside; ties count half.
fn auroc(inside: &[f64], outside: &[f64]) -> f64 {
    let pairs = inside.iter().flat_map(|a| outside.iter().map(move |b| (a, b)));
    let sum: f64 = pairs
        .map(|(a, b)| {
            if a > b {
                1.0
            } else if a == b {
                0.5
            } else {
                0.0
            }
        })
        .sum();
    sum / (inside.len() * outside.len()).max(1) as f64
}
