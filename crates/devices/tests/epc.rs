//! Tags, against the examples that GS1 publishes.
#![allow(clippy::unwrap_used, reason = "a failure in a helper is a failed test")]

use proptest::prelude::*;
use vitrine_devices::epc::{EpcError, Gtin, Sgtin};

/// EPC Tag Data Standard, SGTIN-96: `urn:epc:tag:sgtin-96:3.0614141.812345.6789` and its GS1 element string
/// `(01) 8 0614141 12345 8 (21) 6789`.
#[test]
fn the_standards_own_example() {
    let tag = Sgtin::parse("3074257BF7194E4000001A85").unwrap();
    assert_eq!(tag.to_string(), "80614141123458.6789");
    assert_eq!(Sgtin::parse("urn:epc:id:sgtin:0614141.812345.6789"), Ok(tag));
    assert_eq!(tag.to_hex(3, 7).unwrap(), "3074257BF7194E4000001A85");
}

/// The same digits cut into company prefix and item reference at each place that the standard's partition table has.
#[test]
fn every_partition_of_the_table() {
    for digits in 6..=12_usize {
        let thirteen = "0614141123456";
        let (company, item) = thirteen.split_at(digits);
        let urn = format!("urn:epc:id:sgtin:{company}.{item}.274877906943");
        let tag = Sgtin::parse(&urn).unwrap();
        // The item reference begins with the indicator, which comes first in the GTIN.
        let expected = format!("{}{company}{}", &item[..1], &item[1..]);
        assert_eq!(&tag.gtin.to_string()[..13], expected);
        let hex = tag.to_hex(1, u32::try_from(digits).unwrap()).unwrap();
        assert_eq!(Sgtin::parse(&hex), Ok(tag));
        assert_eq!(Sgtin::parse(&hex.to_lowercase()), Ok(tag));
        // Filter and partition stand where the standard has them.
        let bits = u128::from_str_radix(&hex, 16).unwrap();
        assert_eq!((bits >> 85) & 7, 1);
        assert_eq!((bits >> 82) & 7, 12 - digits as u128);
    }
}

#[test]
fn check_digits() {
    for good in ["80614141123458", "4006381333931", "036000291452", "73513537", "00000000000000"] {
        let gtin = Gtin::parse(good).unwrap();
        assert_eq!(gtin.to_string(), format!("{good:0>14}"));
    }
    for bad in ["80614141123457", "4006381333930", "", "123", "abcdefgh", "+4006381333931", "40063813339311"] {
        assert_eq!(Gtin::parse(bad), Err(EpcError::Gtin), "{bad}");
    }
}

#[test]
fn other_tags_are_refused_by_what_is_wrong() {
    let wrong = |text: &str| Sgtin::parse(text).unwrap_err();
    assert_eq!(wrong(""), EpcError::Form);
    assert_eq!(wrong("3074257BF7194E4000001A8"), EpcError::Form);
    assert_eq!(wrong("3074257BF7194E4000001A8X"), EpcError::Form);
    assert_eq!(wrong("+074257BF7194E4000001A85"), EpcError::Form);
    assert_eq!(wrong("3174257BF7194E4000001A85"), EpcError::Header(0x31));
    assert_eq!(wrong("307C257BF7194E4000001A85"), EpcError::Partition);
    assert_eq!(wrong("3077FFFFFFFFFFFFFFFFFFFF"), EpcError::Digits);
    assert_eq!(wrong("urn:epc:id:sgtin:0614141.812345"), EpcError::Form);
    assert_eq!(wrong("urn:epc:id:sgtin:0614141.8123456.1"), EpcError::Digits);
    assert_eq!(wrong("urn:epc:id:sgtin:06141.81234567.1"), EpcError::Digits);
    assert_eq!(wrong("urn:epc:id:sgtin:0614141.81234a.1"), EpcError::Digits);
    for serial in ["", "01", "274877906944", "1a", "-1", "99999999999999999999999"] {
        assert_eq!(wrong(&format!("urn:epc:id:sgtin:0614141.812345.{serial}")), EpcError::Serial, "{serial}");
    }
    assert_eq!(wrong("urn:epc:id:sscc:0614141.1234567890"), EpcError::Form);
}

proptest! {
    #[test]
    fn hex_text_and_urn_name_the_same_piece(digits in 0..10_u64.pow(13), serial in 0..1_u64 << 38, company in 6..=12_usize, filter in 0..8_u8) {
        let thirteen = format!("{digits:013}");
        let (prefix, item) = thirteen.split_at(company);
        let tag = Sgtin::parse(&format!("urn:epc:id:sgtin:{prefix}.{item}.{serial}")).unwrap();
        let hex = tag.to_hex(filter, u32::try_from(company).unwrap()).unwrap();
        prop_assert_eq!(Sgtin::parse(&hex), Ok(tag));
        prop_assert_eq!(tag.to_string().parse(), Ok(tag));
        prop_assert_eq!(Gtin::parse(&tag.gtin.to_string()), Ok(tag.gtin));
    }

    #[test]
    fn any_text_is_a_tag_or_an_error(text in "[0-9A-F]{24}|.{0,40}|30[0-9A-F]{22}|urn:epc:id:sgtin:[0-9.]{0,24}") {
        let _ = Sgtin::parse(&text);
        let _ = text.parse::<Sgtin>();
    }
}
