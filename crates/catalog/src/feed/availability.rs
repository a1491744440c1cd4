//! Whether something can be bought, as feeds say it in English and Chinese, with or without a number of units.

use super::Expected;
use crate::Availability;

/// Reads the state (`None`: the feed says nothing, so it is for sale) and the number of units on hand.
pub(super) fn parse(state: Option<&str>, units: Option<&str>) -> Result<Availability, (Which, Expected)> {
    let units = units.map(count).transpose().map_err(|expected| (Which::Units, expected))?;
    match state.map(known) {
        Some(Some(Availability::InStock { .. })) | None => Ok(match units {
            Some(0) if state.is_none() => Availability::OutOfStock,
            units => Availability::InStock { units: units.filter(|&units| units > 0) },
        }),
        Some(Some(state)) => Ok(state),
        Some(None) => Err((Which::State, Expected::Availability)),
    }
}

/// Which of the two fields is at fault.
pub(super) enum Which {
    State,
    Units,
}

fn known(state: &str) -> Option<Availability> {
    let word: String = state.rsplit('/').next().unwrap_or(state).chars().filter(|c| c.is_alphanumeric()).collect();
    Some(match word.to_lowercase().as_str() {
        "instock"
        | "available"
        | "limitedavailability"
        | "onlineonly"
        | "true"
        | "yes"
        | "y"
        | "1"
        | "active"
        | "有货"
        | "现货"
        | "在售"
        | "是" => Availability::InStock { units: None },
        "outofstock" | "soldout" | "unavailable" | "discontinued" | "false" | "no" | "n" | "0" | "缺货" | "售罄"
        | "无货" | "下架" | "否" => Availability::OutOfStock,
        "preorder" | "presale" | "预售" | "预订" => Availability::Preorder,
        "backorder" | "availablefororder" | "延期交货" => Availability::Backorder,
        _ => return None,
    })
}

/// A whole number; below zero, as some shops count what they owe, is none on hand.
fn count(text: &str) -> Result<u32, Expected> {
    let text = text.trim();
    let whole =
        text.split_once('.').filter(|(_, rest)| rest.bytes().all(|byte| byte == b'0')).map_or(text, |(whole, _)| whole);
    let number: i64 = whole.parse().map_err(|_| Expected::Count)?;
    u32::try_from(number.max(0)).map_err(|_| Expected::Count)
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::Availability::{self, Backorder, InStock, OutOfStock, Preorder};

    fn read(state: Option<&str>, units: Option<&str>) -> Option<Availability> {
        parse(state, units).ok()
    }

    #[test]
    fn words_of_both_languages_and_numbers() {
        assert_eq!(read(Some("in stock"), Some("7")), Some(InStock { units: Some(7) }));
        assert_eq!(read(Some("https://schema.org/OutOfStock"), None), Some(OutOfStock));
        assert_eq!(read(Some("Pre-Order"), None), Some(Preorder));
        assert_eq!(read(Some("延期交货"), None), Some(Backorder));
        assert_eq!(read(None, None), Some(InStock { units: None }));
        assert_eq!(read(None, Some("-3")), Some(OutOfStock));
        assert_eq!(read(None, Some("12.0")), Some(InStock { units: Some(12) }));
        assert_eq!(read(Some("maybe"), None), None);
        assert_eq!(read(None, Some("many")), None);
    }
}
