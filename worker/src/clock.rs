//! The worker's clock.

use vitrine_devices::timestamp::Timestamp;

/// Now.
pub(crate) fn now() -> Timestamp {
    // Whole milliseconds, far below 2^53.
    Timestamp::from_milliseconds(js_sys::Date::now() as i64)
}

/// A time of the database as text.
pub(crate) fn text(milliseconds: i64) -> String {
    Timestamp::from_milliseconds(milliseconds).to_string()
}

/// Now, as HTTP writes it.
pub(crate) fn http_date() -> String {
    js_sys::Date::new_0().to_utc_string().into()
}
