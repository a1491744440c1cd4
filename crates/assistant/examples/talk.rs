//! Talks with the assistant in a terminal: `cargo run -p vitrine-assistant --example talk -- CATALOGUE.jsonl [POLICY.md …]`.
//! A policy's language is its file's folder: `en` or `zh`. Codes are printed, since nobody sends them.

use std::io::{BufRead, Write};
use std::path::Path;

use vitrine_assistant::{Conversation, Found, Input, Knowledge, Model, PolicyText, Token};
use vitrine_catalog::{Language, Product};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut files = std::env::args().skip(1);
    let catalogue = std::fs::read_to_string(files.next().ok_or("name a catalogue")?)?;
    let products: Vec<Product> = catalogue.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let policies: Vec<PolicyText> = files.map(|file| policy(Path::new(&file))).collect::<Result<_, _>>()?;
    let (knowledge, model) = (Knowledge::new(products, &policies), Model::default());
    let mut conversation = Conversation::new(Language::En);
    let mut count = 0;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let input = match line.strip_prefix("/yes ") {
            Some(token) => Input::Confirmation { token: token.to_owned(), yes: true },
            None => Input::Text { text: line, looking_at: None },
        };
        let turn = conversation.hear(&input, 0, &knowledge, &model);
        let mut token = || {
            count += 1;
            Token([count; 16])
        };
        let reply = conversation.say(&turn, &Found::default(), 0, &knowledge, &mut token);
        println!("  {:?} {:?}", turn.understood, turn.commands);
        for sentence in &reply.sentences {
            println!("> {}", sentence.text);
        }
        println!("  {:?} {:?} {:?}", reply.choices, reply.confirm, reply.send_code);
        std::io::stdout().flush()?;
    }
    Ok(())
}

fn policy(file: &Path) -> Result<PolicyText, std::io::Error> {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let chinese = file.parent().is_some_and(|folder| folder.ends_with("zh"));
    let language = if chinese { Language::Zh } else { Language::En };
    Ok(PolicyText { name, language, markdown: std::fs::read_to_string(file)? })
}
