//! Every answer to every utterance of the sets, and a few whole conversations, with each fact traced to its source.

use std::error::Error;

use serde_json::{Value, json};
use vitrine_assistant::{Input, trace};
use vitrine_catalog::Language;

use crate::shop::{Answer, Talk};
use crate::world::{World, set};

/// Conversations in which one thing leads to another; `#code` gives the code that was sent, `#yes` presses the button.
const CONVERSATIONS: [&[&str]; 6] = [
    &[
        "do you have navy sweatshirts under 100 euros",
        "is the first one in stock in M?",
        "what is it made of",
        "which size, I'm 178",
        "and how long is it in L",
        "what goes with it",
        "try on the second one",
    ],
    &[
        "compare the swallows shirt and the herring shirt",
        "which sizes are there",
        "how do I wash the first one",
        "how much is it",
    ],
    &["where is my order 1042", "#code", "I want to return it", "#yes", "#yes", "where is order 1042"],
    &["有没有红色衬衫", "第一件有货吗", "多少钱", "我胸围100穿什么码", "推荐搭配它的", "比较第一件和第二件"],
    &["我的订单1042到哪了", "#code", "我要退货", "#yes", "运费多少", "多久能退款"],
    &["return the pink oxford from order 1042", "#code", "#yes", "return order 1042", "#yes"],
];

pub(crate) fn measure(world: &World, errors: bool) -> Result<Value, Box<dyn Error>> {
    let (mut answers, mut sentences, mut facts, mut numbers, mut untraced, mut unsourced) = (0, 0, 0, 0, 0, 0);
    let mut judge = |answer: &Answer| {
        let traced = trace(&answer.reply, &world.knowledge, &answer.found);
        answers += 1;
        sentences += answer.reply.sentences.len();
        unsourced += answer.reply.sentences.iter().filter(|it| it.sources.is_empty()).count();
        facts += traced.facts;
        numbers += traced.numbers;
        untraced += traced.untraced.len();
        if errors {
            traced.untraced.iter().for_each(|it| eprintln!("untraced: {it:?}"));
        }
    };
    for (language, name) in [(Language::En, "en"), (Language::Zh, "zh")] {
        for (file, command) in [("train", true), ("test", true), ("scope", false)] {
            for example in set(&format!("{file}.{name}.jsonl"))? {
                let text = example.get("text").and_then(Value::as_str).unwrap_or_default();
                let mut talk = Talk::new(world, language);
                if command {
                    let looking_at =
                        world.products.get(text.len() % world.products.len()).map(|product| product.id.clone());
                    judge(&talk.input(&Input::Text { text: text.to_owned(), looking_at }, None));
                } else {
                    judge(&talk.say(text));
                }
                if let Some(code) = talk.code.clone() {
                    judge(&talk.input(&Input::Code { code }, None));
                }
            }
        }
    }
    let mut done = 0;
    for conversation in CONVERSATIONS {
        let mut talk = Talk::new(world, Language::En);
        let mut token = None;
        for step in conversation {
            let answer = match *step {
                "#code" => talk.input(&Input::Code { code: talk.code.clone().unwrap_or_default() }, None),
                "#yes" => {
                    talk.input(&Input::Confirmation { token: token.clone().unwrap_or_default(), yes: true }, None)
                }
                text => talk.say(text),
            };
            token = answer.reply.confirm.as_ref().map(|confirm| confirm.token.clone()).or(token);
            done += usize::from(answer.reply.act.is_some());
            judge(&answer);
        }
    }
    Ok(
        json!({ "answers": answers, "sentences": sentences, "withoutFacts": unsourced, "facts": facts, "numbers": numbers,
        "untraced": untraced, "confirmedActions": done }),
    )
}
