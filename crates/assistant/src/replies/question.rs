//! Something about one product: its properties, else the sentence of its description that answers best.

use vitrine_catalog::{Identifier, Language, Product};

use crate::bm25::Bm25;
use crate::facts::{all_sizes, money};
use crate::slots::Slots;
use crate::teller::{Teller, of};
use crate::words::{normal, terms};

/// What words ask for which attribute.
const ASKS: [(&str, &[&str]); 10] = [
    (
        "price",
        &["how much", "price", "cost", "expensive", "多少钱", "价格", "价钱", "几块", "什么价", "贵不贵", "几钱"],
    ),
    (
        "material",
        &[
            "made of",
            "made from",
            "material",
            "fabric",
            "cotton",
            "polyester",
            "leather",
            "wool",
            "what's it made",
            "材质",
            "面料",
            "料子",
            "什么做的",
            "成分",
            "纯棉",
            "真皮",
            "什么材料",
        ],
    ),
    (
        "colour",
        &[
            "what colour",
            "what color",
            "which colour",
            "which color",
            "colour is",
            "color is",
            "什么颜色",
            "颜色",
            "哪些色",
        ],
    ),
    ("pattern", &["pattern", "print", "图案", "花纹", "印的"]),
    ("fit", &["fit like", "what fit", "how does it fit", "oversized", "loose", "slim", "版型", "宽松", "修身", "紧身"]),
    ("sleeve", &["sleeve", "长袖", "短袖", "袖子"]),
    (
        "season",
        &[
            "season",
            "summer",
            "winter",
            "spring",
            "autumn",
            "warm enough",
            "hot weather",
            "cold weather",
            "季节",
            "夏天",
            "冬天",
            "春天",
            "秋天",
            "什么时候穿",
        ],
    ),
    (
        "gender",
        &[
            "for men",
            "for women",
            "unisex",
            "men or women",
            "man or woman",
            "ladies",
            "男款",
            "女款",
            "男女",
            "男生",
            "女生",
            "男的",
            "女的",
        ],
    ),
    ("brand", &["brand", "label", "who makes", "品牌", "牌子", "什么牌"]),
    (
        "sizes",
        &[
            "what sizes",
            "which sizes",
            "sizes does",
            "sizes do",
            "size range",
            "有哪些尺码",
            "有什么码",
            "尺码有",
            "几个码",
        ],
    ),
];
/// What words ask for measures.
const MEASURES: [&str; 12] = [
    "how long",
    "length",
    "how wide",
    "measurements",
    "dimensions",
    "chest width",
    "衣长",
    "多长",
    "胸围",
    "肩宽",
    "尺寸",
    "测量",
];
/// Words that mean the same when a description is searched, per language, normalised terms.
const ALIKE: [&[&str]; 6] = [
    &[
        "wash",
        "clean",
        "laundry",
        "machine",
        "dry",
        "tumble",
        "iron",
        "shrink",
        "care",
        "洗涤",
        "洗",
        "水洗",
        "机洗",
        "手洗",
        "晾干",
        "熨烫",
        "熨",
        "缩水",
        "干洗",
        "怎么洗",
        "么洗",
    ],
    &["pocket", "口袋", "插袋", "兜"],
    &["button", "zip", "zipper", "fasten", "collar", "纽扣", "扣子", "拉链", "领子", "领"],
    &["thick", "weight", "heavy", "light", "thin", "mid-weight", "厚度", "厚", "薄", "中等", "克重"],
    &["lined", "lining", "hood", "hem", "cuff", "内衬", "里子", "下摆", "袖口"],
    &["print", "printed", "fade", "印花", "褪色", "掉色"],
];
/// What a sentence must score at least to be an answer.
const LEAST: f64 = 0.9;

/// Answers a question on a product.
pub(crate) fn question(teller: &mut Teller<'_>, id: &Identifier, about: &str) {
    let Some(product) = teller.knowledge.product(id) else { return teller.plain("clarify.product") };
    let text = normal(about);
    let asks = |words: &&[&str]| words.iter().any(|word| text.contains(word));
    let asked: Vec<&str> = ASKS.iter().filter(|(_, words)| asks(words)).map(|(key, _)| *key).collect();
    let mut told = false;
    for key in asked {
        told |= property(teller, product, key);
    }
    if asks(&MEASURES.as_slice()) {
        told |= measures(teller, product, about);
    }
    let quoted = quote(teller, product, &text, if told { LEAST * 2.0 } else { LEAST });
    if !told && !quoted {
        let title = teller.name(product);
        teller.say("question.unknown", &[("title", title)], vec![of(product)]);
        teller.offer_person();
    }
    teller.reply.products.push(id.clone());
}

/// Tells one property; whether the product has it.
fn property(teller: &mut Teller<'_>, product: &Product, key: &str) -> bool {
    let title = teller.knowledge.name(product, teller.language);
    let source = vec![of(product)];
    match key {
        "price" => {
            let price = money(product.price);
            match product.compare_at {
                Some(before) => {
                    let values = [("title", title), ("price", price.as_str()), ("before", &money(before))];
                    teller.say("question.reduced", &values, source);
                }
                None => teller.say("question.price", &[("title", title), ("price", &price)], source),
            }
            true
        }
        "sizes" => {
            let sizes: Vec<String> = all_sizes(product).into_iter().map(str::to_owned).collect();
            let sizes = teller.list(&sizes);
            if !sizes.is_empty() {
                teller.say("question.sizes", &[("title", title), ("sizes", &sizes)], source);
            }
            !sizes.is_empty()
        }
        _ => {
            let values = product.attributes.iter().filter(|it| it.key.as_str() == key);
            let mut values: Vec<String> = values.map(|it| it.value.get(teller.language).to_owned()).collect();
            if key == "brand" {
                values.extend(product.brand.clone());
            }
            let value = teller.list(&values);
            if !value.is_empty() {
                let name = teller.attribute_name(key);
                teller.say("question.attribute", &[("title", title), ("name", &name), ("value", &value)], source);
            }
            !value.is_empty()
        }
    }
}

/// The measures of the size that is named, else of the middle one.
fn measures(teller: &mut Teller<'_>, product: &Product, about: &str) -> bool {
    let size = Slots::read(about, teller.knowledge).size;
    let named = size.and_then(|size| product.sizes.iter().find(|row| row.label.eq_ignore_ascii_case(&size)));
    let Some(row) = named.or_else(|| product.sizes.get(product.sizes.len() / 2)) else { return false };
    let title = teller.knowledge.name(product, teller.language);
    let measures = teller.measures(row);
    let values = [("title", title), ("size", row.label.as_str()), ("measures", measures.as_str())];
    teller.say("question.measures", &values, vec![of(product)]);
    true
}

/// Quotes the sentence of the description that answers best.
fn quote(teller: &mut Teller<'_>, product: &Product, text: &str, least: f64) -> bool {
    let mut asked = terms(text);
    for group in ALIKE {
        if group.iter().any(|word| asked.iter().any(|term| term == word) || (!word.is_ascii() && text.contains(word))) {
            asked.extend(group.iter().map(|word| (*word).to_owned()));
        }
    }
    let title: Vec<String> = [&product.title.en, &product.title.zh].iter().flat_map(|it| terms(it)).collect();
    asked.retain(|term| !title.contains(term));
    let language = if product.description.speaks(teller.language) { teller.language } else { other(teller.language) };
    let sentences = teller.knowledge.description(product, language);
    let split: Vec<Vec<String>> = sentences.iter().map(|sentence| terms(sentence)).collect();
    let found = Bm25::new(split.iter().map(|terms| vec![(terms.as_slice(), 1.0)])).search(&asked);
    let best = found.first().filter(|(_, score)| *score >= least);
    let Some(sentence) = best.and_then(|(at, _)| sentences.get(*at as usize)) else { return false };
    let title = teller.knowledge.name(product, teller.language);
    teller.say("question.quote", &[("title", title), ("quote", sentence)], vec![of(product)]);
    true
}

const fn other(language: Language) -> Language {
    match language {
        Language::En => Language::Zh,
        Language::Zh => Language::En,
    }
}
