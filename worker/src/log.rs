//! Structured log lines: JSON, one each, with the request's id and never a secret.

use serde::Serialize;

/// One line.
#[derive(Serialize)]
struct Line<'a> {
    level: &'static str,
    request: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
}

fn line(line: &Line<'_>) -> String {
    serde_json::to_string(line).unwrap_or_default()
}

/// Something of ours that failed.
pub(crate) fn error(request: &str, message: &str) {
    let message = Some(message);
    worker::console_error!("{}", line(&Line { level: "error", request, operation: None, status: None, message }));
}

/// Something that works, though not as it should.
pub(crate) fn warn(request: &str, message: &str) {
    let message = Some(message);
    worker::console_warn!("{}", line(&Line { level: "warn", request, operation: None, status: None, message }));
}

/// A request that changed something, or was refused.
pub(crate) fn request(request: &str, operation: &str, status: u16) {
    let line = line(&Line { level: "info", request, operation: Some(operation), status: Some(status), message: None });
    worker::console_log!("{line}");
}
