//! Exact money: whole minor units of a named currency, never a float.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An ISO 4217 currency code, three upper-case letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// An amount in whole minor units (cents, fen; yen themselves) of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units; prices are never negative, differences may be. At most 2^53 in absolute value, so that JavaScript reads it exactly.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// Why a text is not money.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Not three letters.
    #[error("{0:?} is no currency; give an ISO 4217 code such as EUR or CNY")]
    Currency(String),
    /// Not a decimal number.
    #[error("{0:?} is no price; give digits with at most one decimal point, such as 1299.00")]
    Amount(String),
    /// More decimals than the currency has.
    #[error("{text:?} has more than the {digits} decimals of {currency}")]
    TooFine {
        /// The amount as given.
        text: String,
        /// Decimals of the currency.
        digits: u32,
        /// The currency.
        currency: String,
    },
    /// Beyond 2^53 minor units.
    #[error("{0:?} is larger than any price can be")]
    TooLarge(String),
}

impl Currency {
    /// ISO 4217's code for no currency, `XXX`.
    pub const NONE: Self = Self(*b"XXX");

    /// Checks `code` (any letter case) and wraps it.
    pub fn new(code: &str) -> Result<Self, MoneyError> {
        let bytes = code.trim().to_ascii_uppercase();
        match bytes.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|byte| byte.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(MoneyError::Currency(code.to_owned())),
        }
    }

    /// The code, three upper-case letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Decimals of its minor unit (ISO 4217): 2 for most, 0 for JPY and the like, 3 for KWD and the like.
    pub fn digits(&self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl Money {
    /// Reads a plain decimal amount ("1299", "1299.00") exactly.
    ///
    /// ```
    /// use vitrine_catalog::{Currency, Money};
    /// let price = Money::parse("19.90", Currency::new("EUR")?)?;
    /// assert_eq!(price.minor, 1990);
    /// # Ok::<(), vitrine_catalog::MoneyError>(())
    /// ```
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let amount = || MoneyError::Amount(text.to_owned());
        let trimmed = text.trim();
        let (whole, fraction) = trimmed.split_once('.').unwrap_or((trimmed, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || trimmed.ends_with('.') {
            return Err(amount());
        }
        let digits = currency.digits() as usize;
        let kept = fraction.trim_end_matches('0');
        if kept.len() > digits {
            let (text, currency) = (text.to_owned(), currency.code().to_owned());
            return Err(MoneyError::TooFine { text, digits: digits as u32, currency });
        }
        let minor = format!("{whole}{kept:0<digits$}");
        match minor.parse::<i64>() {
            Ok(minor) if minor <= 1 << 53 => Ok(Self { minor, currency }),
            _ => Err(MoneyError::TooLarge(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::new(&code)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}
