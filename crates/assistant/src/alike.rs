//! Words that ask for the same thing in other words, so that a question finds the shop's own wording.

use crate::words::terms;

/// Groups of terms (stemmed English, Chinese as it is written) of one meaning.
const GROUPS: [&[&str]; 13] = [
    &["return", "send back", "give back", "退货", "退掉", "能退", "可以退", "怎么退", "退换"],
    &["refund", "money", "account", "退款", "到账", "钱"],
    &["exchange", "swap", "another size", "换货", "换码", "换尺码"],
    &[
        "delivery", "deliver", "ship", "shipping", "postage", "parcel", "send", "运费", "配送", "快递", "发货", "寄到",
        "送货", "邮费", "包邮",
    ],
    &["pay", "payment", "credit card", "paypal", "visa", "付款", "支付", "刷卡", "支付宝", "微信"],
    &["shop", "store", "collect", "pick up", "visit", "harbour street", "门店", "自提", "实体店", "到店"],
    &[
        "warranty",
        "guarantee",
        "faulty",
        "broken",
        "damaged",
        "defect",
        "fail",
        "repair",
        "mend",
        "保修",
        "质量",
        "坏了",
        "破损",
        "有问题",
    ],
    &["lost", "follow", "track", "has not moved", "丢了", "丢失", "跟踪", "查询"],
    &["invoice", "vat", "receipt", "发票", "税"],
    &["gift card", "voucher", "discount", "code", "礼品卡", "优惠", "折扣", "礼券"],
    &["worn", "unworn", "label", "tag", "packaging", "condition", "吊牌", "包装", "穿过", "洗过", "状态"],
    &["duties", "customs", "tax", "关税", "清关"],
    &["wash", "clean", "care", "iron", "dry", "洗涤", "清洗", "保养", "机洗", "熨烫"],
];
/// What asks for a time, and what tells of one.
const ASKS_TIME: [&str; 14] = [
    "how long",
    "how many days",
    "how fast",
    "how quickly",
    "when ",
    "time",
    "till",
    "多久",
    "几天",
    "多少天",
    "多长时间",
    "什么时候",
    "何时",
    "期限",
];
const TELLS_TIME: [&str; 7] = [" day", " week", " year", "next day", "天", "工作日", "年内"];
/// What asks for a price, and what tells of one.
const ASKS_PRICE: [&str; 14] = [
    "how much",
    "cost",
    "fee",
    "free",
    "charge",
    "pays for",
    "who covers",
    "postage",
    "多少钱",
    "运费",
    "邮费",
    "免费",
    "包邮",
    "谁付",
];
const TELLS_PRICE: [&str; 6] = ["€", "free", "costs", "欧元", "免费", "包邮"];

/// What speaks of returning: the postage of a return is another than that of a delivery.
const RETURNS: [&str; 6] = ["return", "send back", "sending back", "退货", "退换", "换货"];

/// What an own term weighs against one that only means the same, and a paragraph that tells what kind of thing is asked.
const OTHER: f64 = 0.45;
const TELLING: f64 = 1.5;
const RETURNING: f64 = 2.5;

/// The terms of a question with those that mean the same, each with its weight.
pub(crate) fn widened(normal: &str) -> Vec<(String, f64)> {
    // Who pays for something asks what it costs, not how to pay.
    let normal = &["who pays for", "who covers", "谁付"]
        .iter()
        .fold(normal.to_owned(), |text, words| text.replace(words, "cost "));
    let own = terms(normal);
    let mut all: Vec<(String, f64)> = own.iter().map(|term| (term.clone(), 1.0)).collect();
    for group in GROUPS {
        let meant = group.iter().any(|word| match word.is_ascii() {
            true => terms(word).iter().all(|term| own.contains(term)),
            false => normal.contains(word),
        });
        if meant {
            for term in group.iter().flat_map(|word| terms(word)) {
                if !all.iter().any(|(known, _)| *known == term) {
                    all.push((term, OTHER));
                }
            }
        }
    }
    all
}

/// By how much a paragraph counts more for telling the kind of thing that is asked for; `about` is where it stands.
pub(crate) fn telling(normal_question: &str, about: &str, text: &str) -> f64 {
    let holds = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let lower = text.to_lowercase();
    let time = holds(normal_question, &ASKS_TIME) && holds(&lower, &TELLS_TIME);
    let price = holds(normal_question, &ASKS_PRICE) && holds(&lower, &TELLS_PRICE);
    let returns =
        holds(normal_question, &RETURNS) && (holds(&about.to_lowercase(), &RETURNS) || holds(&lower, &RETURNS));
    let factors = [(time, TELLING), (price, TELLING), (returns, RETURNING)];
    factors.into_iter().filter(|(told, _)| *told).map(|(_, factor)| factor).product()
}
