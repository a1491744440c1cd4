//! What a shopper asks about goods, and that the answers are the catalogue's.

mod shop;

use shop::{Talk, id, keys, texts};
use vitrine_assistant::{Command, Input, Missing};
use vitrine_catalog::Language;

#[test]
fn a_search_meets_colour_kind_and_price() {
    let mut talk = Talk::new(Language::En);
    let reply = talk.say("do you have a navy jumper under 80 euros?");
    assert_eq!(reply.products, [id("quarter-zip-navy")]);
    assert!(texts(&reply).contains("Regatta Quarter-Zip, Navy: €75."), "{}", texts(&reply));
}

#[test]
fn the_same_search_in_chinese_finds_the_same() {
    let mut talk = Talk::new(Language::En);
    let reply = talk.say("有没有80欧以内的藏青卫衣");
    assert_eq!((reply.language, reply.products), (Language::Zh, vec![id("quarter-zip-navy")]));
}

#[test]
fn spelling_errors_are_forgiven() {
    let mut talk = Talk::new(Language::En);
    assert_eq!(talk.say("navy sweatshrt under 80 euros").products, [id("quarter-zip-navy")]);
    talk.say("what is the houndstoth tee made of");
    assert!(matches!(talk.command(), Command::Question { product, .. } if *product == id("print-tee-houndstooth")));
}

#[test]
fn what_is_not_sold_is_not_found() {
    let reply = Talk::new(Language::En).say("do you sell socks?");
    assert_eq!((keys(&reply), reply.products.len()), (vec!["find.none"], 0));
}

#[test]
fn a_search_is_narrowed_by_what_is_added() {
    let mut talk = Talk::new(Language::En);
    talk.say("show me quarter-zips");
    let reply = talk.say("only burgundy ones");
    assert_eq!(reply.products, [id("quarter-zip-burgundy")]);
}

#[test]
fn a_limit_in_another_currency_is_left_out_and_said() {
    let reply = Talk::new(Language::En).say("jackets under 50 dollars");
    assert_eq!(keys(&reply)[0], "find.currency");
    assert!(!reply.products.is_empty());
}

#[test]
fn the_second_one_is_the_second_shown() {
    let mut talk = Talk::new(Language::En);
    let shown = talk.say("show me leather jackets").products;
    let reply = talk.say("how much is the second one?");
    assert_eq!(reply.products, [shown[1].clone()]);
    let again = talk.say("它是什么材质");
    assert_eq!(again.products, [shown[1].clone()], "“it” is what was spoken of last");
}

#[test]
fn the_product_of_the_open_page_is_meant_where_nothing_else_is() {
    let mut talk = Talk::new(Language::En);
    let text = "is it machine washable?".to_owned();
    let reply = talk.input(&Input::Text { text, looking_at: Some(id("print-tee-moon")) });
    assert_eq!(reply.products, [id("print-tee-moon")]);
}

#[test]
fn without_a_product_it_asks_which_and_takes_the_answer() {
    let mut talk = Talk::new(Language::En);
    let reply = talk.say("is it in stock?");
    assert_eq!(keys(&reply), ["clarify.product"]);
    let reply = talk.say("the lunar month tee");
    assert_eq!(reply.products, [id("print-tee-moon")]);
    assert!(matches!(talk.command(), Command::Stock { .. }), "{:?}", talk.command());
}

#[test]
fn several_that_fit_become_choices() {
    let mut talk = Talk::new(Language::En);
    let reply = talk.say("what is the ferry denim jacket made of?");
    assert_eq!(*talk.command(), Command::Clarify { missing: Missing::Product });
    assert!(reply.choices.len() >= 3, "{:?}", reply.choices);
    let chosen = reply.choices[1].label.clone();
    let reply = talk.say(&chosen);
    assert!(texts(&reply).contains("Denim"), "{}", texts(&reply));
}

#[test]
fn a_comparison_names_differences_and_the_cheaper() {
    let mut talk = Talk::new(Language::En);
    let reply = talk.say("compare the houndstooth tee with the swallows shirt");
    let said = texts(&reply);
    assert!(said.contains("€39") && said.contains("€95") && said.contains("Houndstooth Tee costs least."), "{said}");
}

#[test]
fn what_the_texts_do_not_say_is_not_answered() {
    let mut talk = Talk::new(Language::En);
    let reply = talk.say("where was the houndstooth tee manufactured?");
    assert_eq!(keys(&reply)[0], "question.unknown");
    assert!(reply.choices.iter().any(|choice| choice.label == "Speak with a person"));
}

#[test]
fn sizes_come_from_the_guide_and_the_garment() {
    let mut talk = Talk::new(Language::En);
    let said = texts(&talk.say("I'm 178 cm tall, which size should I take in the houndstooth tee?"));
    assert!(said.contains("the size guide says M") && said.contains("Houndstooth Tee in M measures"), "{said}");
    let mut talk = Talk::new(Language::Zh);
    let said = texts(&talk.say("千鸟格T恤，胸围100厘米穿什么码"));
    assert!(said.contains("胸围100厘米") || said.contains("您的胸围是100厘米"), "{said}");
}

#[test]
fn heights_are_read_in_every_way_people_write_them() {
    for (text, height) in [
        ("i'm 175 cm, what size", 175),
        ("I'm 1.82m, which size do I need", 182),
        ("what size for 5'9", 175),
        ("6 foot 1, which size", 185),
        ("我身高168穿什么码", 168),
        ("一米七五穿多大", 175),
        ("1米8穿多大码", 180),
    ] {
        let mut talk = Talk::new(Language::En);
        talk.say(text);
        assert!(
            matches!(talk.command(), Command::Size { body, .. } if body.height == Some(height)),
            "{text}: {:?}",
            talk.command()
        );
    }
}

#[test]
fn stock_says_what_was_seen_where_and_when() {
    let mut talk = Talk::new(Language::En);
    let said = texts(&talk.say("is the lunar month tee in stock?"));
    assert!(said.contains("7 at harbour-street, seen 2026-03-05 08:15 UTC"), "{said}");
}

#[test]
fn rules_are_quoted_in_the_language_of_the_question() {
    let mut talk = Talk::new(Language::En);
    let said = texts(&talk.say("How long do I have to return something?"));
    assert!(said.contains("30 days"), "{said}");
    for text in ["What is your return policy?", "How long can I return something?"] {
        let said = texts(&talk.say(text));
        assert!(said.contains("30 days"), "{text}: {said}");
    }
    let said = texts(&talk.say("How do returns work?"));
    assert!(said.contains("Start a return here"), "{said}");
    let said = texts(&talk.say("多久之内可以退货？"));
    assert!(said.contains("30 天"), "{said}");
    for (text, told) in [("Who pays for the postage of a return?", "€6.90"), ("退货运费谁出", "退货免费")] {
        let said = texts(&talk.say(text));
        assert!(said.contains(told), "{text}: {said}");
    }
    let said = texts(&talk.say("How much is delivery to Norway?"));
    assert!(said.contains("€12.90"), "{said}");
}
