//! Bounds of a price: "under €80", "between 50 and 100 euros", "100元以下".

use vitrine_catalog::Currency;

use super::PriceBounds;
use super::numbers::{Number, numbers};

/// Words for a currency beside a number.
const CURRENCIES: [(&str, &[&str]); 5] = [
    ("EUR", &["€", "eur", "euro", "euros", "欧元", "欧"]),
    ("USD", &["$", "usd", "dollar", "dollars", "bucks", "美元", "美金"]),
    ("GBP", &["£", "gbp", "pound", "pounds", "quid", "英镑"]),
    ("CNY", &["¥", "cny", "rmb", "yuan", "元", "块", "块钱", "人民币"]),
    ("JPY", &["jpy", "yen", "日元"]),
];
const MOST_BEFORE: [&str; 21] = [
    "under",
    "below",
    "less than",
    "cheaper than",
    "up to",
    "at most",
    "no more than",
    "not more than",
    "max",
    "maximum",
    "within",
    "budget of",
    "budget is",
    "budget",
    "不超过",
    "低于",
    "少于",
    "最多",
    "不到",
    "预算",
    "不要超过",
];
const MOST_AFTER: [&str; 11] =
    ["or less", "or under", "or cheaper", "max", "tops", "以下", "以内", "之内", "内", "or below", "封顶"];
const LEAST_BEFORE: [&str; 12] =
    ["over", "above", "more than", "at least", "from", "starting at", "min", "高于", "超过", "至少", "不低于", "多于"];
const LEAST_AFTER: [&str; 6] = ["or more", "and up", "or above", "以上", "起", "往上"];
const NEAR_BEFORE: [&str; 7] = ["around", "about", "roughly", "approximately", "大概", "大约", "差不多"];
const NEAR_AFTER: [&str; 3] = ["左右", "上下", "or so"];
/// What a number measures when it is no price.
const OTHER_UNITS: [&str; 24] = [
    "cm", "m", "kg", "lb", "lbs", "g", "days", "day", "weeks", "week", "hours", "%", "厘米", "公分", "公斤", "斤",
    "天", "日", "周", "号", "件", "ft", "inches", "years",
];

/// The bounds in a normalised text; `digits` are the decimals of the shop's currency.
pub(crate) fn bounds(text: &str, digits: u32) -> PriceBounds {
    let mut bounds = PriceBounds::default();
    let found = numbers(text);
    let mut skip = false;
    for (at, number) in found.iter().enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        let (before, after) = around(text, number);
        if ends_with_any(before, &["#"]) || starts_with_any(after, &OTHER_UNITS) {
            continue;
        }
        let currency = currency_at(before, after);
        let after_unit = after_currency(after);
        let value = minor(number, digits);
        if let Some(next) = found.get(at + 1) {
            let between = text.get(number.end..next.start).map(after_currency).unwrap_or_default().trim();
            let (_, next_after) = around(text, next);
            let next_currency = currency_at(between, next_after);
            let joined = ["-", "to", "~", "到", "至", "and", "和", "—"]
                .contains(&between.trim_end_matches(['€', '$', '£', '¥']).trim());
            let says = ends_with_any(before, &["between", "from", "在", "价格", "预算"]);
            let pair = joined && !starts_with_any(next_after, &OTHER_UNITS);
            if pair && (currency.is_some() || next_currency.is_some() || says) {
                let other = minor(next, digits);
                bounds = PriceBounds {
                    least: Some(value.min(other)),
                    most: Some(value.max(other)),
                    currency: currency.or(next_currency),
                };
                skip = true;
                continue;
            }
        }
        let bare = before.trim_end_matches(['€', '$', '£', '¥']).trim_end();
        if ends_with_any(bare, &MOST_BEFORE) || starts_with_any(after_unit, &MOST_AFTER) {
            bounds.most = Some(value);
        } else if ends_with_any(bare, &LEAST_BEFORE) && currency.is_some() || starts_with_any(after_unit, &LEAST_AFTER)
        {
            bounds.least = Some(value);
        } else if currency.is_some() && (ends_with_any(bare, &NEAR_BEFORE) || starts_with_any(after_unit, &NEAR_AFTER))
        {
            bounds.least = Some(value - value / 5);
            bounds.most = Some(value + value / 5);
        } else {
            continue;
        }
        bounds.currency = currency.or(bounds.currency);
    }
    if bounds.least.zip(bounds.most).is_some_and(|(least, most)| least > most) {
        std::mem::swap(&mut bounds.least, &mut bounds.most);
    }
    bounds
}

/// What stands before and after a number, without the space between.
fn around<'a>(text: &'a str, number: &Number) -> (&'a str, &'a str) {
    let before = text.get(..number.start).unwrap_or_default().trim_end();
    (before, text.get(number.end..).unwrap_or_default().trim_start())
}

fn minor(number: &Number, digits: u32) -> i64 {
    let scale = 10_i64.pow(digits.min(3));
    number.whole.saturating_mul(scale).saturating_add(i64::from(number.hundredths) * scale / 100)
}

fn currency_at(before: &str, after: &str) -> Option<Currency> {
    let named = CURRENCIES.iter().find(|(_, words)| starts_with_any(after, words) || ends_with_any(before, words));
    named.and_then(|(code, _)| Currency::new(code).ok())
}

fn after_currency(after: &str) -> &str {
    let words = CURRENCIES.iter().flat_map(|(_, words)| words.iter());
    let longest = words.filter(|word| starts_with_any(after, &[word])).max_by_key(|word| word.len());
    longest.and_then(|word| after.get(word.len()..)).unwrap_or(after).trim_start()
}

/// Whether `text` begins with one of `words`, as a whole word where it is English.
pub(crate) fn starts_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            !word.ends_with(|c: char| c.is_ascii_alphanumeric())
                || !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
        })
    })
}

/// Whether `text` ends with one of `words`, as a whole word where it is English.
pub(crate) fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.strip_suffix(word).is_some_and(|rest| {
            !word.starts_with(|c: char| c.is_ascii_alphanumeric())
                || !rest.ends_with(|c: char| c.is_ascii_alphanumeric())
        })
    })
}
