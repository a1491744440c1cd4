//! Tags by GS1's EPC Tag Data Standard: SGTIN-96, which names one piece of an article, as hex digits or as a URN.
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An article's number with its check digit (GTIN-14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(u64);

/// One piece: its article's number and a serial number below 2^38.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sgtin {
    /// The article.
    pub gtin: Gtin,
    /// The piece.
    pub serial: u64,
}

/// A text that names no tag or no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EpcError {
    /// Neither of the two forms.
    #[error("expected SGTIN-96 as 24 hex digits, or urn:epc:id:sgtin:COMPANY.ITEM.SERIAL")]
    Form,
    /// Another scheme than SGTIN-96.
    #[error("header {0:#04x} is not that of SGTIN-96, which is 0x30")]
    Header(u8),
    /// Partition 7 does not exist.
    #[error("partition 7 does not exist")]
    Partition,
    /// A part has too many digits for its place.
    #[error("company prefix and item reference must have 13 digits together, the prefix 6 to 12 of them")]
    Digits,
    /// The serial number does not fit, or is not a plain number.
    #[error("the serial number must be a number without leading zeros below 274877906944")]
    Serial,
    /// The article's number is wrong.
    #[error("expected a GTIN of 8, 12, 13 or 14 digits, the last its check digit")]
    Gtin,
}

/// Serial numbers have 38 bits.
const SERIALS: u64 = 1 << 38;
/// Partition table: bits and digits of the company prefix; the item reference has the rest of 44 bits and 13 digits.
const PARTITIONS: [(u32, u32); 7] = [(40, 12), (37, 11), (34, 10), (30, 9), (27, 8), (24, 7), (20, 6)];

impl Gtin {
    /// Reads 8, 12, 13 or 14 digits and checks the last.
    ///
    /// # Errors
    /// [`EpcError::Gtin`].
    pub fn parse(text: &str) -> Result<Self, EpcError> {
        let plain = matches!(text.len(), 8 | 12 | 13 | 14) && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().map_err(|_| EpcError::Gtin)?;
        if plain && Self::with_check_digit(number / 10).0 == number { Ok(Self(number)) } else { Err(EpcError::Gtin) }
    }

    /// Adds the check digit to the 13 digits before it.
    const fn with_check_digit(digits: u64) -> Self {
        let (mut rest, mut sum, mut weight) = (digits, 0, 3);
        while rest > 0 {
            sum += rest % 10 * weight;
            weight = 4 - weight;
            rest /= 10;
        }
        Self(digits * 10 + (10 - sum % 10) % 10)
    }

    /// From company prefix of so many digits and item reference, whose first digit is the indicator.
    const fn of_parts(company: u64, company_digits: u32, item: u64) -> Self {
        let rest = 10_u64.pow(12 - company_digits);
        let (indicator, item) = (item / rest, item % rest);
        Self::with_check_digit(indicator * 1_000_000_000_000 + company * rest + item)
    }
}

impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:014}", self.0)
    }
}

impl Sgtin {
    /// Reads either form.
    ///
    /// # Errors
    /// [`EpcError`], which says what is wrong.
    pub fn parse(text: &str) -> Result<Self, EpcError> {
        if let Some(parts) = text.strip_prefix("urn:epc:id:sgtin:") {
            return Self::of_urn(parts);
        }
        if text.len() != 24 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(EpcError::Form);
        }
        Self::of_bits(u128::from_str_radix(text, 16).map_err(|_| EpcError::Form)?)
    }

    #[expect(clippy::cast_possible_truncation, reason = "masked to the bits that fit")]
    const fn of_bits(bits: u128) -> Result<Self, EpcError> {
        let header = (bits >> 88) as u8;
        if header != 0x30 {
            return Err(EpcError::Header(header));
        }
        let partition = (bits >> 82) as usize & 7;
        if partition >= PARTITIONS.len() {
            return Err(EpcError::Partition);
        }
        // `get` is not const; the index was just checked.
        #[expect(clippy::indexing_slicing, reason = "checked above")]
        let (company_bits, company_digits) = PARTITIONS[partition];
        let both = (bits >> 38) as u64 & ((1 << 44) - 1);
        let (company, item) = (both >> (44 - company_bits), both & ((1 << (44 - company_bits)) - 1));
        if company >= 10_u64.pow(company_digits) || item >= 10_u64.pow(13 - company_digits) {
            return Err(EpcError::Digits);
        }
        Ok(Self { gtin: Gtin::of_parts(company, company_digits, item), serial: bits as u64 & (SERIALS - 1) })
    }

    fn of_urn(parts: &str) -> Result<Self, EpcError> {
        let mut parts = parts.split('.');
        let (Some(company), Some(item), Some(serial), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(EpcError::Form);
        };
        let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        let (company_digits, item_digits) = (company.len(), item.len());
        if !matches!(company_digits, 6..=12) || company_digits + item_digits != 13 {
            return Err(EpcError::Digits);
        }
        let company_digits = u32::try_from(company_digits).map_err(|_| EpcError::Digits)?;
        let company: u64 = number(company).ok_or(EpcError::Digits)?;
        let item: u64 = number(item).ok_or(EpcError::Digits)?;
        if serial.len() > 1 && serial.starts_with('0') {
            return Err(EpcError::Serial);
        }
        let serial = number(serial).filter(|&serial| serial < SERIALS).ok_or(EpcError::Serial)?;
        Ok(Self { gtin: Gtin::of_parts(company, company_digits, item), serial })
    }

    /// The 24 hex digits of a tag. Filter 1 is a piece for the point of sale; the company prefix has 6 to 12 digits.
    ///
    /// # Errors
    /// [`EpcError::Digits`] for another length of the company prefix, [`EpcError::Serial`] for too great a serial number.
    pub fn to_hex(self, filter: u8, company_digits: u32) -> Result<String, EpcError> {
        let place = PARTITIONS.iter().position(|&(_, digits)| digits == company_digits).ok_or(EpcError::Digits)?;
        let &(company_bits, _) = PARTITIONS.get(place).ok_or(EpcError::Digits)?;
        if self.serial >= SERIALS {
            return Err(EpcError::Serial);
        }
        let thirteen = self.gtin.0 / 10;
        let (indicator, rest) = (thirteen / 1_000_000_000_000, thirteen % 1_000_000_000_000);
        let scale = 10_u64.pow(12 - company_digits);
        let (company, item) = (rest / scale, indicator * scale + rest % scale);
        let both = u128::from(company << (44 - company_bits) | item);
        let bits = 0x30_u128 << 88
            | u128::from(filter & 7) << 85
            | (place as u128) << 82
            | both << 38
            | u128::from(self.serial);
        Ok(format!("{bits:024X}"))
    }
}

impl fmt::Display for Sgtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.gtin, self.serial)
    }
}

impl std::str::FromStr for Sgtin {
    type Err = EpcError;
    /// What [`Display`](fmt::Display) wrote.
    fn from_str(text: &str) -> Result<Self, EpcError> {
        let (gtin, serial) = text.split_once('.').ok_or(EpcError::Form)?;
        let serial = serial.parse().ok().filter(|&serial| serial < SERIALS).ok_or(EpcError::Serial)?;
        Ok(Self { gtin: Gtin::parse(gtin)?, serial })
    }
}

impl std::str::FromStr for Gtin {
    type Err = EpcError;
    fn from_str(text: &str) -> Result<Self, EpcError> {
        Self::parse(text)
    }
}

macro_rules! as_text {
    ($name:ident, $what:literal) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl de::Visitor<'_> for Text {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($what)
                    }
                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
    };
}
as_text!(Gtin, "a GTIN of 8, 12, 13 or 14 digits");
as_text!(Sgtin, "a GTIN, a point and a serial number");
