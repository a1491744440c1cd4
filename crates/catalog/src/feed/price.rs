//! Prices as shops write them: `1299.00 EUR`, `€ 1.299,00`, `¥199`, `29,90`.

use super::Expected;
use crate::{Currency, Language, Money};

/// Signs of currencies that mean one currency only.
const SIGNS: [(&str, &str); 19] = [
    ("€", "EUR"),
    ("£", "GBP"),
    ("US$", "USD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("₩", "KRW"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("zł", "PLN"),
    ("元", "CNY"),
    ("人民币", "CNY"),
    ("RMB", "CNY"),
    ("円", "JPY"),
];
/// The codes of ISO 4217 that shops price in.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD \
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG \
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK \
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD \
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND \
    VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";
/// Currencies whose sign is a bare `$`.
const DOLLARS: [&str; 9] = ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS"];

/// Whether a price names no currency, neither by code nor by sign.
pub(super) fn names_no_currency(text: &str) -> bool {
    let text = text.trim().trim_end_matches(".-").trim_end_matches(".–");
    text.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with(|c: char| c.is_ascii_digit())
}

/// Reads an amount with or without a currency; `default` is the currency of the whole feed.
pub(super) fn parse(text: &str, default: Option<Currency>, language: Language) -> Result<Money, Expected> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (first, last) = text.find(is_digit).zip(text.rfind(is_digit)).ok_or(Expected::Price)?;
    let (before, rest) = text.split_at(first);
    let (amount, after) = rest.split_at(last + 1 - first);
    // Swiss prices end in a dash: `10.-`.
    let after = after.trim().trim_start_matches(".-").trim_start_matches(".–");
    let words: Vec<&str> = before.split_whitespace().collect();
    if let [code, sign] = words.as_slice()
        && after.is_empty()
    {
        let currency = both(sign, code, language)?;
        return Money::parse(&plain(amount).ok_or(Expected::Price)?, currency).map_err(|_| Expected::Price);
    }
    let currency = match (before.trim(), after.trim()) {
        ("", "") => default.ok_or(Expected::Currency)?,
        ("", word) | (word, "") => currency(word, default, language)?,
        // Both a sign and a code, as in `$25.00 USD`: they must mean the same.
        (before, after) => both(before, after, language).or_else(|_| both(after, before, language))?,
    };
    Money::parse(&plain(amount).ok_or(Expected::Price)?, currency).map_err(|_| Expected::Price)
}

/// The currency of an amount that has a sign on one side and a code on the other.
fn both(sign: &str, code: &str, language: Language) -> Result<Currency, Expected> {
    let named = currency(code, None, language)?;
    if currency(sign, Some(named), language)? == named { Ok(named) } else { Err(Expected::Price) }
}

/// The currency that a code or a sign stands for.
fn currency(word: &str, default: Option<Currency>, language: Language) -> Result<Currency, Expected> {
    let is_default = |codes: &[&str]| default.filter(|currency| codes.contains(&currency.code()));
    let code = match word {
        "$" => return Ok(is_default(&DOLLARS).map_or_else(|| Currency::new("USD"), Ok).unwrap_or(Currency::NONE)),
        "¥" | "￥" => match (is_default(&["CNY", "JPY"]), language) {
            (Some(currency), _) => return Ok(currency),
            (None, Language::Zh) => "CNY",
            (None, Language::En) => "JPY",
        },
        word => SIGNS.iter().find(|(sign, _)| *sign == word).map_or(word, |&(_, code)| code),
    };
    let currency = Currency::new(code).map_err(|_| Expected::Price)?;
    CODES.split_whitespace().find(|known| *known == currency.code()).map(|_| currency).ok_or(Expected::Price)
}

/// The amount with a decimal point and nothing else: which of `.` and `,` is the decimal sign follows from where they stand.
fn plain(amount: &str) -> Option<String> {
    let amount: String = amount.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '_')).collect();
    if !amount.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return None;
    }
    let (dots, commas) = (amount.matches('.').count(), amount.matches(',').count());
    let decimal = match (dots, commas) {
        (0, 0) => None,
        (_, 0) if dots > 1 => None,
        (0, _) if commas > 1 => None,
        (1, 0) => Some('.'),
        (0, 1) => (!is_grouped(&amount, ',')).then_some(','),
        _ => {
            if amount.rfind('.') > amount.rfind(',') {
                Some('.')
            } else {
                Some(',')
            }
        }
    };
    let (whole, fraction) = match decimal {
        Some(sign) if amount.matches(sign).count() == 1 => amount.split_once(sign)?,
        Some(_) => return None,
        None => (amount.as_str(), ""),
    };
    let separator = whole.chars().find(|c| matches!(c, '.' | ','));
    if separator.is_some_and(|sign| !is_grouped(whole, sign)) {
        return None;
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    Some(if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") })
}

/// Whether `sign` divides the digits into thousands.
fn is_grouped(digits: &str, sign: char) -> bool {
    let mut groups = digits.split(sign);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::{Currency, Language};

    fn read(text: &str, default: &str) -> Option<(i64, String)> {
        let money = parse(text, Currency::new(default).ok(), Language::En).ok()?;
        Some((money.minor, money.currency.code().to_owned()))
    }

    #[test]
    fn the_ways_in_which_shops_write_prices() {
        for (text, minor, code) in [
            ("1299.00 EUR", 129_900, "EUR"),
            ("EUR 1299", 129_900, "EUR"),
            ("€ 1.299,00", 129_900, "EUR"),
            ("$1,299.5", 129_950, "USD"),
            ("1 299,90 €", 129_990, "EUR"),
            ("1'299.00 CHF", 129_900, "CHF"),
            ("1,299 usd", 129_900, "USD"),
            ("29,90", 2990, "EUR"),
            ("1,234,567.89", 123_456_789, "EUR"),
            ("1.234.567", 123_456_700, "EUR"),
            ("¥1,200", 1200, "JPY"),
            ("199元", 19_900, "CNY"),
            ("0", 0, "EUR"),
            ("$25.00 USD", 2500, "USD"),
            ("USD $25.00", 2500, "USD"),
            ("CHF 10.-", 1000, "CHF"),
        ] {
            assert_eq!(read(text, "EUR"), Some((minor, code.to_owned())), "{text}");
        }
        assert_eq!(read("¥199", "CNY"), Some((19_900, "CNY".to_owned())));
        assert_eq!(read("$5", "CAD"), Some((500, "CAD".to_owned())));
    }

    #[test]
    fn what_is_no_price_or_could_mean_two_is_refused() {
        for text in [
            "",
            "cheap",
            "-5",
            "1.299",
            "1,2,3",
            "12.34.56",
            "1.2,3.4",
            "5 apples",
            "1,29.00",
            "£5€",
            "12-15 EUR",
            "5 pcs",
            "7 per",
        ] {
            assert_eq!(read(text, "EUR"), None, "{text}");
        }
        assert_eq!(read("5.00", "no currency"), None);
    }
}
