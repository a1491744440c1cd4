//! What the document says of the assistant's calls: what it knows, its conversations, what comes of them.

use serde_json::{Value, json};

use super::{Described, Maker, text};
use crate::{
    chat::{ChatEvent, OrderCode, Return, Say},
    content::{Content, WriteContent},
    knowledge::{CatalogueKept, PolicyEntry, Tongue},
    problem::ProblemKind,
    routes::Operation,
};

const LINES: &str = "application/jsonl";
const MARKDOWN: &str = "text/markdown";
const EVENTS: &str = "text/event-stream";

/// Describes an operation of the assistant; `None` for every other one.
pub(super) fn describe(operation: Operation, make: &mut Maker) -> Option<Described> {
    use ProblemKind::{BadRequest, Conflict, NotFound, TooLarge, TooMany, Unprocessable, UnsupportedMediaType};
    let described = match operation {
        Operation::PutCatalogue => {
            let about = "A product a line, as `vitrine import` writes them.";
            let body = Some((vec![LINES], json!({ "type": "string", "description": about })));
            let described = Described { body, ..Described::default() };
            make.gives::<CatalogueKept>(described, 200).refuses(&[
                BadRequest,
                TooLarge,
                UnsupportedMediaType,
                Unprocessable,
            ])
        }
        Operation::ReadCatalogue => {
            Described::default().answer(200, Some((LINES, text()))).refuses(&[BadRequest, NotFound])
        }
        Operation::PutPolicy => {
            let body = Some((vec![MARKDOWN], text()));
            let described = Described { body, ..Described::default() };
            make.gives::<PolicyEntry>(described, 200).refuses(&[BadRequest, NotFound, TooLarge, UnsupportedMediaType])
        }
        Operation::ReadPolicy => {
            Described::default().answer(200, Some((MARKDOWN, text()))).refuses(&[BadRequest, NotFound])
        }
        Operation::DropPolicy => Described::default().nothing().refuses(&[BadRequest, NotFound]),
        Operation::ListPolicies => {
            make.gives::<crate::list::Page<PolicyEntry>>(Described::default(), 200).refuses(&[BadRequest])
        }
        Operation::Chat => {
            let described = make.takes::<Say>().refuses(&[NotFound, Conflict, TooMany, Unprocessable]);
            last_event(events(described, make))
        }
        Operation::ResumeChat => {
            last_event(events(Described::default(), make)).nothing().refuses(&[BadRequest, NotFound, TooMany])
        }
        Operation::EraseChat => Described::default().nothing().refuses(&[BadRequest, NotFound]),
        Operation::WriteContent => {
            let described = make.takes::<WriteContent>().refuses(&[NotFound, Unprocessable]);
            make.gives::<Content>(described, 200)
        }
        Operation::ListOrderCodes => make.list::<OrderCode>(),
        Operation::ListReturns => make.list::<Return>(),
        _ => return None,
    };
    Some(described)
}

fn events(described: Described, make: &mut Maker) -> Described {
    let data: Value = make.of::<ChatEvent>();
    let schema = json!({
        "type": "object",
        "description": "One of the Server-Sent Events.",
        "required": ["id", "event", "data"],
        "properties": {
            "id": { "type": "string", "pattern": "^[0-9]{1,15}$", "description": "A whole number that grows by one." },
            "event": { "type": "string", "description": "Its name." },
            "data": {
                "type": "string",
                "contentMediaType": "application/json",
                "description": "JSON: `data` of that ChatEvent whose `event` is the name.",
                "x-events": data,
            },
        },
    });
    described.answer(200, Some((EVENTS, schema)))
}

fn last_event(described: Described) -> Described {
    let id = json!({ "type": "string", "pattern": "^[0-9]{1,15}$" });
    described.header("last-event-id", id, "The id of the event that was seen last; only later ones are sent.")
}

/// How the parameters of these paths look.
pub(super) fn path_parameter(path: &str, name: &str, make: &mut Maker) -> Option<Value> {
    match name {
        "language" if path.starts_with("/v1/policies/") => Some(make.of::<Tongue>()),
        "name" if path.starts_with("/v1/policies/") => {
            Some(json!({ "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$" }))
        }
        _ => None,
    }
}
