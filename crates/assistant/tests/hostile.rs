//! Texts that nobody would write, and texts that somebody writes on purpose.

mod shop;

use proptest::prelude::*;
use shop::{NOW, Talk, keys, knowledge, policies, products, texts};
use vitrine_assistant::{
    Conversation, Input, Knowledge, Linear, Model, PolicyText, Token, check, is_quotable, trace, words,
};
use vitrine_catalog::Language;

#[test]
fn what_holds_no_words_gets_a_clear_answer() {
    for text in ["", "   ", "\u{0}\u{1}\u{7f}", "🙂🙂🎉", "\u{301}\u{302}\u{303}", "?!…", "\u{200b}\u{feff}"] {
        assert_eq!(keys(&Talk::new(Language::En).say(text)), ["clarify.words"], "{text:?}");
    }
}

#[test]
fn what_is_too_long_gets_a_clear_answer() {
    for text in ["a".repeat(10_000), "夹克".repeat(5_000), "order 1042 ".repeat(1_000)] {
        assert_eq!(keys(&Talk::new(Language::En).say(&text)), ["clarify.brevity"]);
    }
    // The longest that is read is read in time.
    let longest: String = "compare the ferry denim jacket and ".repeat(100).chars().take(2_000).collect();
    assert!(!Talk::new(Language::En).say(&longest).sentences.is_empty());
}

#[test]
fn other_languages_and_scripts_get_a_sound_answer() {
    for text in [
        "Wo ist meine Bestellung?",
        "где мой заказ",
        "أين طلبي",
        "ご注文はどこ",
        "주문 어디",
        "ⓗⓔⓛⓛⓞ",
        "ｏｒｄｅｒ １０４２",
        "𝕙𝕖𝕝𝕝𝕠",
    ] {
        let reply = Talk::new(Language::En).say(text);
        assert!(!reply.sentences.is_empty() && reply.act.is_none(), "{text}");
    }
}

#[test]
fn marks_and_invisible_letters_change_nothing() {
    assert_eq!(words::normal("Ｈe\u{301}l\u{200b}lo　W\u{2019}s\u{7}\n！"), "hel lo w's !".replace("hel lo", "hello"));
    let plain = Talk::new(Language::En).say("show me navy sweatshirts");
    let marked = Talk::new(Language::En).say("s\u{301}how\u{200b} me n\u{302}avy ｓweatshirts");
    assert_eq!(plain.products, marked.products);
}

#[test]
fn nothing_planted_is_quotable_and_everything_of_the_shop_is() {
    let set = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/sets/attacks.jsonl")).unwrap();
    let mut planted = 0;
    for line in set.lines() {
        let attack: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| attack[name].as_str().unwrap();
        if !["title", "description", "policy"].contains(&field("where")) {
            continue;
        }
        planted += 1;
        for sentence in words::sentences(field("text")).into_iter().filter(|it| it.contains(field("canary"))) {
            assert!(!is_quotable(sentence), "{sentence}");
        }
    }
    assert!(planted > 20);
    for product in products() {
        for text in [&product.title, &product.description].iter().flat_map(|it| [&it.en, &it.zh]) {
            words::sentences(text).into_iter().for_each(|sentence| assert!(is_quotable(sentence), "{sentence}"));
        }
    }
    let all: usize = policies()
        .iter()
        .map(|it| it.markdown.lines().filter(|line| !line.trim().is_empty() && !is_quotable(line)).count())
        .sum();
    assert_eq!(all, 0, "lines of the shop's policies that would be left out");
}

#[test]
fn a_sentence_that_was_tampered_with_is_found_out() {
    let mut talk = Talk::new(Language::En);
    let turn = talk.conversation.hear(
        &Input::Text { text: "how much is the lunar month tee".into(), looking_at: None },
        NOW,
        &talk.knowledge,
        &talk.model,
    );
    let found = Default::default();
    let reply = talk.conversation.say(&turn, &found, NOW, &talk.knowledge, &mut || Token([1; 16]));
    assert!(texts(&reply).contains("€39"));
    assert_eq!(trace(&reply, &talk.knowledge, &found).untraced, []);
    let tamper = |change: &dyn Fn(&mut vitrine_assistant::Sentence)| {
        let mut forged = reply.clone();
        change(&mut forged.sentences[0]);
        trace(&forged, &talk.knowledge, &found).untraced.len()
    };
    assert_ne!(tamper(&|it| it.text = it.text.replace("39", "29")), 0, "another number");
    assert_ne!(tamper(&|it| it.text.push_str(" Returns are free.")), 0, "something added");
    assert_ne!(tamper(&|it| it.text = it.text.replace("Lunar Month Tee", "Fern Tee")), 0, "another product");
    assert_ne!(tamper(&|it| it.sources.clear()), 0, "no source");
    assert_ne!(tamper(&|it| it.key = "no.such".into()), 0, "no message");
}

#[test]
fn damaged_models_are_refused() {
    let whole = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/model/commands.bin")).unwrap();
    assert!(Model::open(&whole).is_ok());
    for length in (0..whole.len()).step_by(whole.len() / 60) {
        assert!(Linear::open(&whole[..length]).is_err(), "{length}");
    }
    let mut other = whole.clone();
    other[0] ^= 1;
    assert!(Linear::open(&other).is_err());
}

#[test]
fn what_is_remembered_stays_bounded() {
    let mut talk = Talk::new(Language::En);
    for number in 0..60 {
        talk.say(&format!("where is order 10{number:03} {}", "please ".repeat(100)));
        talk.say("show me jackets");
    }
    let kept = serde_json::to_string(&talk.conversation).unwrap();
    assert!(kept.len() < 10_000, "{} bytes", kept.len());
}

/// Utterances made of what the readers look for, and of anything.
fn utterances() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "order",
        "#1042",
        "9001",
        "return",
        "退货",
        "订单",
        "第二件",
        "the second one",
        "it",
        "compare",
        "和",
        "or",
        "€",
        "under",
        "between 5 and",
        "5'9",
        "1.75m",
        "一米",
        "百",
        "三百二十",
        "size M",
        "L码",
        "胸围",
        "yes",
        "ferry denim jacket",
        "houndstooth",
        "红色",
        "t-shirt",
        "'",
        "\"",
        "{title}",
        "|",
        "1,299",
        "99999999999999999999",
        "0",
        "-",
        "--",
        "#",
        "＃",
        "\u{301}",
        "🙂",
        ".",
        "。",
    ]);
    prop::collection::vec(
        prop_oneof![3 => words.prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => any::<char>().prop_map(String::from)],
        0..14,
    )
    .prop_map(|parts| parts.join(if parts.len() % 2 == 0 { " " } else { "" }))
}

thread_local! {
    static SHOP: (Knowledge, Model) = (knowledge(), Model::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_conversation_is_answered_traced_and_does_nothing_by_itself(
        said in prop::collection::vec(utterances(), 1..5), proposal in prop::option::of("\\PC{0,80}"),
    ) {
        SHOP.with(|(knowledge, model)| {
            let mut conversation = Conversation::new(Language::En);
            for text in &said {
                let input = Input::Text { text: text.clone(), looking_at: None };
                let turn = match &proposal {
                    Some(proposal) => conversation.hear_proposed(&input, proposal, NOW, knowledge, model).0,
                    None => conversation.hear(&input, NOW, knowledge, model),
                };
                let found = Default::default();
                let reply = conversation.say(&turn, &found, NOW, knowledge, &mut || Token([9; 16]));
                prop_assert!(!reply.sentences.is_empty(), "{text:?}");
                prop_assert!(reply.act.is_none());
                prop_assert_eq!(trace(&reply, knowledge, &found).untraced, [], "{:?}", text);
            }
            Ok(())
        })?;
    }

    #[test]
    fn any_policy_and_any_text_to_check_is_read(markdown in "(\\PC|\n|#|\\||-){0,400}", text in "\\PC{0,200}") {
        let policy = PolicyText { name: "any".into(), language: Language::En, markdown };
        let knowledge = Knowledge::new(products().into_iter().take(1), &[policy]);
        prop_assert!(check(&text, &knowledge.products()[0].id, Language::Zh, &knowledge).is_ok());
    }
}
