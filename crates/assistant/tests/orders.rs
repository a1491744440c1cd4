//! Orders need proof, acting needs a button, and neither is ever doubled.

mod shop;

use shop::{MINUTE, Talk, keys, texts};
use vitrine_assistant::{Action, OrderNumber, OrderState};
use vitrine_catalog::Language;

#[test]
fn an_order_is_shown_only_after_its_code() {
    let mut talk = Talk::new(Language::En);
    let reply = talk.say("Where is my order 1042?");
    let sent = reply.send_code.clone().unwrap();
    assert_eq!(keys(&reply), ["order.code"]);
    assert!(!texts(&reply).contains(&sent.code));
    assert!(talk.turn.as_ref().unwrap().needs.is_empty(), "nothing is looked up before the proof");
    assert_eq!(keys(&talk.give("000001")), ["order.codeWrong"]);
    let said = texts(&talk.say(&format!("they just told me that the code would be {}, thank you", sent.code)));
    assert!(talk.conversation.turns().iter().all(|turn| !turn.said.contains(&sent.code)), "codes are not remembered");
    assert!(
        said.contains("placed on 2026-03-01") && said.contains("1 × Harbour Oxford Shirt, Shell Pink, M"),
        "{said}"
    );
}

#[test]
fn an_order_that_is_not_there_gets_the_same_answer() {
    let (mut real, mut none) = (Talk::new(Language::En), Talk::new(Language::En));
    let (a, b) = (real.say("where is order 1042"), none.say("where is order 7777"));
    assert_eq!(texts(&a).replace("1042", "N"), texts(&b).replace("7777", "N"));
    assert_eq!(a.send_code.is_some(), b.send_code.is_some());
}

#[test]
fn guessing_ends_after_five_tries_and_three_codes() {
    let mut talk = Talk::new(Language::En);
    for _ in 0..3 {
        let code = talk.say("where is my order 1042").send_code.unwrap().code;
        let wrong = if code == "000001" { "000002" } else { "000001" };
        for _ in 0..4 {
            assert_eq!(keys(&talk.give(wrong)), ["order.codeWrong"]);
        }
        assert_eq!(keys(&talk.give(wrong)), ["order.codeOver"]);
        assert_eq!(keys(&talk.give(&code)), ["order.codeNone"], "the right code comes too late");
    }
    let reply = talk.say("where is my order 1042");
    assert_eq!((keys(&reply), reply.send_code.is_none(), reply.hand_over), (vec!["order.codesSpent"], true, true));
}

#[test]
fn a_code_and_a_proof_grow_old() {
    let mut talk = Talk::new(Language::En);
    let code = talk.say("where is my order 1042").send_code.unwrap().code;
    talk.now += 11 * MINUTE;
    assert_eq!(keys(&talk.give(&code)), ["order.codeOver"]);
    let mut talk = Talk::proven(Language::En);
    talk.now += 31 * MINUTE;
    assert_eq!(keys(&talk.say("where is my order 1042")), ["order.code"]);
}

#[test]
fn a_proof_is_for_one_order() {
    let mut talk = Talk::proven(Language::En);
    let reply = talk.say("and where is order 9001?");
    assert_eq!(keys(&reply), ["order.code"]);
    assert!(talk.turn.unwrap().needs.is_empty());
}

#[test]
fn a_return_is_asked_first_and_done_once() {
    let mut talk = Talk::proven(Language::En);
    let asked = talk.say("I want to return order 1042");
    let confirm = asked.confirm.clone().unwrap();
    assert!(asked.act.is_none());
    assert!(texts(&asked).contains("Shall I register the return of"), "{}", texts(&asked));
    let done = talk.press(&confirm.token, true);
    let act = done.act.clone().unwrap();
    let skus = vec!["oxford-pink-m".to_owned(), "quarter-zip-navy-l".to_owned()];
    assert_eq!(act.action, Action::StartReturn { number: OrderNumber::new("1042").unwrap(), skus });
    assert_eq!(act.key, "return/1042/oxford-pink-m,quarter-zip-navy-l");
    for _ in 0..2 {
        let again = talk.press(&confirm.token, true);
        assert!(again.act.is_none() && keys(&again) == ["return.again"], "{again:?}");
    }
}

#[test]
fn a_return_can_be_of_one_product() {
    let mut talk = Talk::proven(Language::Zh);
    let asked = talk.say("要退订单1042里的牛津衬衫粉色");
    let Action::StartReturn { skus, .. } = asked.confirm.unwrap().action;
    assert_eq!(skus, ["oxford-pink-m"]);
}

#[test]
fn words_of_the_wish_name_no_product() {
    let mut talk = Talk::proven(Language::En);
    let asked = talk.say("Please send back order 1042");
    let Action::StartReturn { skus, .. } = asked.confirm.unwrap().action;
    assert_eq!(skus.len(), 2, "“back” is no Fern-Back Quarter-Zip");
}

#[test]
fn typed_words_and_foreign_tokens_confirm_nothing() {
    let mut talk = Talk::proven(Language::En);
    let token = talk.say("I want to return order 1042").confirm.unwrap().token;
    for word in ["yes", "yes please", "confirm", "ok", "是的", "确认"] {
        let reply = talk.say(word);
        assert!(reply.act.is_none(), "{word}");
        assert_eq!(
            (keys(&reply), reply.confirm.as_ref().unwrap().token.as_str()),
            (vec!["clarify.button"], token.as_str())
        );
    }
    for forged in ["", "yes", "00000000000000000000000000000000"] {
        assert!(talk.press(forged, true).act.is_none(), "{forged}");
    }
    assert!(talk.press(&token, true).act.is_some(), "the right one still does");
}

#[test]
fn no_and_too_late_change_nothing() {
    let mut talk = Talk::proven(Language::En);
    let token = talk.say("I want to return order 1042").confirm.unwrap().token;
    assert_eq!(keys(&talk.press(&token, false)), ["return.declined"]);
    assert!(talk.press(&token, true).act.is_none());
    let token = talk.say("I want to return order 1042").confirm.unwrap().token;
    talk.now += 16 * MINUTE;
    assert!(talk.press(&token, true).act.is_none());
    let mut talk = Talk::proven(Language::En);
    let token = talk.say("I want to return order 1042").confirm.unwrap().token;
    assert_eq!(keys(&talk.say("no thanks")), ["return.declined"]);
    assert!(talk.press(&token, true).act.is_none());
}

#[test]
fn what_changed_between_question_and_button_counts() {
    let mut talk = Talk::proven(Language::En);
    let token = talk.say("I want to return order 1042").confirm.unwrap().token;
    talk.order.state = OrderState::Cancelled;
    let reply = talk.press(&token, true);
    assert!(reply.act.is_none() && keys(&reply) == ["return.cancelled"], "{reply:?}");
    let mut talk = Talk::proven(Language::En);
    talk.order.returning = vec!["oxford-pink-m".to_owned(), "quarter-zip-navy-l".to_owned()];
    assert_eq!(keys(&talk.say("I want to return order 1042")), ["return.already"]);
}

#[test]
fn an_order_of_before_is_meant_without_its_number() {
    let mut talk = Talk::proven(Language::Zh);
    let asked = talk.say("我要退货");
    assert!(asked.confirm.is_some(), "{asked:?}");
}
