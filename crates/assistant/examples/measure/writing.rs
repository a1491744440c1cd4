//! How much ten texts of one product read alike: distinct pairs of words, and the share of words in runs they have in common.

use std::collections::BTreeSet;
use std::error::Error;

use serde_json::{Value, json};
use vitrine_assistant::{ContentRequest, TextKind, check, write};
use vitrine_catalog::Language;

use crate::world::World;

pub(crate) fn measure(world: &World, errors: bool) -> Result<Value, Box<dyn Error>> {
    let mut figures = serde_json::Map::new();
    for (language, name) in [(Language::En, "en"), (Language::Zh, "zh")] {
        for (kind, word) in [
            (TextKind::Headline, "headline"),
            (TextKind::Advertisement, "advertisement"),
            (TextKind::Description, "description"),
        ] {
            let (mut alike, mut worst, mut repeated, mut dropped, mut all) = (0.0_f64, 0.0_f64, 0, 0, 0);
            for (number, product) in world.products.iter().enumerate() {
                let request =
                    ContentRequest { product: product.id.clone(), kind, language, seed: number as u64, count: 10 };
                let texts: Vec<String> = write(&world.knowledge, &request)?.into_iter().map(|text| text.text).collect();
                let unique: BTreeSet<&String> = texts.iter().collect();
                repeated += texts.len() - unique.len();
                // Four words in a row, without the product's own name, which all of them may use.
                let grams: Vec<BTreeSet<String>> =
                    texts.iter().map(|text| grams(&text.replace(product.title.get(language), "X"), language)).collect();
                for (at, own) in grams.iter().enumerate() {
                    for other in grams.iter().skip(at + 1) {
                        let share = own.intersection(other).count() as f64 / own.len().min(other.len()).max(1) as f64;
                        alike += share;
                        worst = worst.max(share);
                    }
                }
                for text in &texts {
                    let checked = check(text, &product.id, language, &world.knowledge)?;
                    all += checked.kept.len() + checked.dropped.len();
                    dropped += checked.dropped.len();
                    if errors && product.id.as_str() == "denim-jacket-black" {
                        eprintln!("{name} {word}: {text}");
                        checked.dropped.iter().for_each(|it| eprintln!("   dropped {it:?}"));
                    }
                }
            }
            let pairs = (world.products.len() * 45) as f64;
            figures.insert(
                format!("{name}.{word}"),
                json!({ "shared": alike / pairs, "worst": worst, "repeated": repeated,
                "sentences": all, "unsupported": dropped }),
            );
        }
    }
    Ok(Value::Object(figures))
}

fn grams(text: &str, language: Language) -> BTreeSet<String> {
    let parts: Vec<String> = match language {
        Language::En => text.split_whitespace().map(str::to_lowercase).collect(),
        Language::Zh => text.chars().filter(|c| c.is_alphanumeric()).map(String::from).collect(),
    };
    let length = if language == Language::En { 4 } else { 6 };
    parts.windows(length.min(parts.len()).max(1)).map(|window| window.join(" ")).collect()
}
