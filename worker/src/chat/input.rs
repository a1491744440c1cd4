//! What a shopper did in a turn: as the page sends it, as it is stored, as the assistant takes it.

use vitrine_api::chat::Say;
use vitrine_assistant::Input;
use vitrine_catalog::Identifier;

use crate::failure::{Failure, Outcome};

/// The input as it is stored with its turn.
///
/// # Errors
/// 400 where the product's id is none.
pub(super) fn stored(say: &Say) -> Outcome<String> {
    let input = match (&say.text, &say.confirm, &say.code) {
        (Some(text), ..) => {
            let looking_at = say
                .product
                .as_ref()
                .map(|id| Identifier::new(id.clone()).map_err(|error| Failure::field("/product", error.to_string())));
            Input::Text { text: text.clone(), looking_at: looking_at.transpose()? }
        }
        (_, Some(confirm), _) => Input::Confirmation { token: confirm.token.clone(), yes: confirm.yes },
        (.., code) => Input::Code { code: code.clone().unwrap_or_default() },
    };
    Ok(serde_json::to_string(&input)?)
}

/// The stored input.
pub(super) fn restored(text: &str) -> Outcome<Input> {
    Ok(serde_json::from_str(text)?)
}
