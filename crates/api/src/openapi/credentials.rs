//! Who may call, and what a device signs with, as the document says it.

use serde_json::{Value, json};

use super::{Described, text};
use crate::{problem::ProblemKind, routes::Access};

/// The headers of a signature.
pub(super) fn signature(described: Described) -> Described {
    described
        .header("webhook-id", json!({ "type": "string", "minLength": 1, "maxLength": 256 }), "Names the message.")
        .header(
            "webhook-timestamp",
            json!({ "type": "string", "pattern": "^[0-9]{1,12}$" }),
            "Seconds since 1970, at most five minutes away.",
        )
        .header(
            "webhook-signature",
            text(),
            "`v1,` or `v1a,` and base64, by Standard Webhooks; several parted by spaces.",
        )
}

/// Who may call, as the document says it; and how refusals of it look.
pub(super) fn security(access: Access) -> (Vec<Value>, Vec<ProblemKind>) {
    let token = json!({ "token": [] });
    let (named, forbidden) = match access {
        Access::Open => return (Vec::new(), Vec::new()),
        Access::Device => (vec![json!({ "signature": [] })], false),
        Access::DeviceOrViewer => (vec![json!({ "signature": [] }), token], true),
        Access::Viewer | Access::Operator | Access::Owner => (vec![token], true),
        Access::Storefront => (vec![token, json!({ "storefrontKey": [] })], true),
        Access::Enrolment => (vec![token, json!({ "enrolment": [] })], true),
        Access::ShopSystem => (vec![token, json!({ "shopify": [] })], true),
    };
    let mut problems = vec![ProblemKind::Unauthenticated];
    if forbidden {
        problems.push(ProblemKind::Forbidden);
    }
    (named, problems)
}
