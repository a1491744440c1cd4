//! What a language model proposes is taken where it holds, and nothing else of it counts.

mod shop;

use shop::{NOW, Talk, keys, texts};
use vitrine_assistant::{Command, Conversation, Dropped, Input, Model, proposal_prompt, proposal_schema};
use vitrine_catalog::Language;

fn dropped(said: &str, proposal: &str) -> Vec<Dropped> {
    let (knowledge, model) = (shop::knowledge(), Model::default());
    let input = Input::Text { text: said.to_owned(), looking_at: None };
    let mut conversation = Conversation::new(Language::En);
    let (turn, dropped) = conversation.hear_proposed(&input, proposal, NOW, &knowledge, &model);
    let mut alone = Conversation::new(Language::En);
    assert_eq!(turn, alone.hear(&input, NOW, &knowledge, &model), "the default understanding takes over");
    assert_eq!(conversation, alone);
    dropped
}

#[test]
fn a_proposal_that_holds_is_taken() {
    let mut talk = Talk::new(Language::En);
    let proposal = r#"{"commands":[{"command":"stock","products":["print-tee-moon"]}]}"#;
    let reply = talk.proposed("got the moony one?", proposal);
    assert!(texts(&reply).contains("Lunar Month Tee"), "{}", texts(&reply));
}

#[test]
fn what_does_not_hold_is_dropped() {
    let hello = "hello there";
    assert_eq!(dropped(hello, "Sure! I will do that."), [Dropped::Schema]);
    assert_eq!(dropped(hello, r#"{"commands":[]}"#), [Dropped::Schema]);
    assert_eq!(dropped(hello, r#"{"reply":"x","commands":[{"command":"chat"}]}"#), [Dropped::Schema]);
    assert_eq!(dropped(hello, r#"{"commands":[{"command":"chat","say":"x"}]}"#), [Dropped::Schema]);
    assert_eq!(dropped(hello, r#"{"commands":[{"command":"confirmed","token":"1"}]}"#), [Dropped::Schema]);
    assert_eq!(dropped(hello, r#"{"commands":[{"command":"question","products":["no-such"]}]}"#), [Dropped::Product]);
    assert_eq!(dropped(hello, r#"{"commands":[{"command":"order","order":"9001"}]}"#), [Dropped::Order]);
    assert_eq!(dropped(hello, r#"{"commands":[{"command":"find","query":"!!!"}]}"#), [Dropped::Query]);
    assert_eq!(dropped(hello, &"[".repeat(50_000)), [Dropped::Schema]);
}

#[test]
fn a_proposed_return_still_needs_proof_and_button() {
    let mut talk = Talk::new(Language::En);
    let proposal = r#"{"commands":[{"command":"return","order":"1042"}]}"#;
    let reply = talk.proposed("do it for 1042", proposal);
    assert_eq!((keys(&reply), reply.act.is_none()), (vec!["order.code"], true));
    let mut talk = Talk::proven(Language::En);
    let reply = talk.proposed("do it for 1042", proposal);
    assert!(reply.act.is_none() && reply.confirm.is_some());
}

#[test]
fn codes_and_buttons_are_no_business_of_a_model() {
    let mut talk = Talk::new(Language::En);
    let code = talk.say("where is my order 1042").send_code.unwrap().code;
    let reply = talk.proposed(&code, r#"{"commands":[{"command":"chat"}]}"#);
    assert!(texts(&reply).contains("placed on 2026-03-01"));
    assert!(matches!(talk.command(), Command::Order { .. }));
}

#[test]
fn the_prompt_holds_no_code_and_no_order() {
    let mut talk = Talk::proven(Language::En);
    let code = talk.say("where is order 5005").send_code.unwrap().code;
    let prompt = proposal_prompt(&talk.conversation, &talk.knowledge, "is it here yet", None);
    let whole = serde_json::to_string(&prompt).unwrap();
    assert!(!whole.contains(&code) && !whole.contains("2026-03-01") && !whole.contains("oxford-pink-m"), "{whole}");
    assert_eq!(prompt.schema, proposal_schema());
}
