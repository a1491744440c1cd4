//! A small shop for tests: the demo goods and policies, orders, and a conversation with it.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "each test file takes what it needs; a failure here is the message"
)]

use std::path::{Path, PathBuf};

use vitrine_assistant::{
    Command, Conversation, Found, Input, Knowledge, Model, Need, OrderFact, OrderLineFact, OrderNumber, OrderState,
    PolicyText, Reply, StockFact, Token, Turn, trace,
};
use vitrine_catalog::{Identifier, Language, Product};

pub(crate) const NOW: u64 = 1_772_700_000_000;
pub(crate) const MINUTE: u64 = 60_000;

pub(crate) fn products() -> Vec<Product> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/catalogue.jsonl");
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) fn policies() -> Vec<PolicyText> {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/policies");
    let mut found = Vec::new();
    for (folder, language) in [("en", Language::En), ("zh", Language::Zh)] {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(demo.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        found.extend(files.into_iter().map(|file| PolicyText {
            name: file.file_stem().unwrap().to_string_lossy().into_owned(),
            language,
            markdown: std::fs::read_to_string(file).unwrap(),
        }));
    }
    found
}

pub(crate) fn knowledge() -> Knowledge {
    Knowledge::new(products(), &policies())
}

/// A conversation whose shop has order 1042 and the stock of a site.
pub(crate) struct Talk {
    pub(crate) knowledge: Knowledge,
    pub(crate) model: Model,
    pub(crate) conversation: Conversation,
    pub(crate) order: OrderFact,
    pub(crate) now: u64,
    pub(crate) turn: Option<Turn>,
    count: u8,
}

impl Talk {
    pub(crate) fn new(language: Language) -> Self {
        let line = |sku: &str| OrderLineFact { sku: sku.to_owned(), units: 1, price: None };
        let order = OrderFact {
            number: OrderNumber::new("1042").unwrap(),
            placed_at: "2026-03-01T09:30:00Z".to_owned(),
            updated_at: None,
            state: OrderState::Placed,
            lines: vec![line("oxford-pink-m"), line("quarter-zip-navy-l")],
            returning: Vec::new(),
        };
        let (knowledge, model, conversation) = (knowledge(), Model::default(), Conversation::new(language));
        Self { knowledge, model, conversation, order, now: NOW, turn: None, count: 0 }
    }

    pub(crate) fn say(&mut self, text: &str) -> Reply {
        self.input(&Input::Text { text: text.to_owned(), looking_at: None })
    }

    pub(crate) fn press(&mut self, token: &str, yes: bool) -> Reply {
        self.input(&Input::Confirmation { token: token.to_owned(), yes })
    }

    pub(crate) fn give(&mut self, code: &str) -> Reply {
        self.input(&Input::Code { code: code.to_owned() })
    }

    /// One turn; every answer is traced.
    pub(crate) fn input(&mut self, input: &Input) -> Reply {
        let turn = self.conversation.hear(input, self.now, &self.knowledge, &self.model);
        self.finish(turn)
    }

    /// One turn with what a model proposed.
    pub(crate) fn proposed(&mut self, text: &str, proposal: &str) -> Reply {
        let input = Input::Text { text: text.to_owned(), looking_at: None };
        let (turn, _) = self.conversation.hear_proposed(&input, proposal, self.now, &self.knowledge, &self.model);
        self.finish(turn)
    }

    fn finish(&mut self, turn: Turn) -> Reply {
        // What the worker keeps between the halves of a turn and between turns is JSON.
        let kept = serde_json::to_string(&self.conversation).unwrap();
        self.conversation = serde_json::from_str(&kept).unwrap();
        let found = self.find(&turn.needs);
        let count = &mut self.count;
        let mut token = || {
            *count += 1;
            Token([count.wrapping_mul(29).wrapping_add(3); 16])
        };
        let reply = self.conversation.say(&turn, &found, self.now, &self.knowledge, &mut token);
        let traced = trace(&reply, &self.knowledge, &found);
        assert_eq!(traced.untraced, [], "{reply:?}");
        self.turn = Some(turn);
        reply
    }

    pub(crate) fn command(&self) -> &Command {
        &self.turn.as_ref().unwrap().commands[0]
    }

    fn find(&self, needs: &[Need]) -> Found {
        let mut found = Found::default();
        for need in needs {
            match need {
                Need::Stock { skus, .. } => found.stock.push(StockFact {
                    sku: skus[0].clone(),
                    site: "harbour-street".to_owned(),
                    units: 7,
                    observed_at: "2026-03-05T08:15:00Z".to_owned(),
                }),
                Need::Forecast { .. } => {}
                Need::Order { number } if *number == self.order.number => found.orders.push(self.order.clone()),
                Need::Order { .. } => {}
            }
        }
        found
    }

    /// A conversation that has proven order 1042.
    pub(crate) fn proven(language: Language) -> Self {
        let mut talk = Self::new(language);
        let code = talk.say("where is my order 1042").send_code.unwrap().code;
        talk.give(&code);
        talk
    }
}

pub(crate) fn texts(reply: &Reply) -> String {
    reply.sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join(" ")
}

pub(crate) fn keys(reply: &Reply) -> Vec<&str> {
    reply.sentences.iter().map(|sentence| sentence.key.as_str()).collect()
}

pub(crate) fn id(text: &str) -> Identifier {
    Identifier::new(text).unwrap()
}
