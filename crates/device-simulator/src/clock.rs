//! Times as devices write them.

use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

/// RFC 3339 in UTC with milliseconds. Times before 1970 or beyond the year 9999 are held at these limits.
pub(crate) fn rfc3339(milliseconds: i64) -> String {
    let held = milliseconds.clamp(0, 253_402_300_799_999);
    let moment = OffsetDateTime::UNIX_EPOCH + Duration::milliseconds(held);
    let (hour, minute, second, milli) = moment.time().as_hms_milli();
    let date = moment.date();
    format!(
        "{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z",
        date.year(),
        u8::from(date.month()),
        date.day()
    )
}

/// Milliseconds since 1970 of an RFC 3339 time.
pub(crate) fn milliseconds(text: &str) -> Option<i64> {
    let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_with_milliseconds_and_read_back() {
        assert_eq!(rfc3339(1_795_513_958_007), "2026-11-24T09:52:38.007Z");
        assert_eq!(milliseconds("2026-11-24T09:52:38.007Z"), Some(1_795_513_958_007));
        assert_eq!(milliseconds("2026-11-24T10:52:38.007+01:00"), Some(1_795_513_958_007));
        assert_eq!(milliseconds("yesterday"), None);
    }
}
