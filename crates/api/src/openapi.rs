//! The OpenAPI document, made of the table of routes and of the types that they take and give.

mod answers;
mod credentials;

use credentials::{security, signature};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::{
    access::{AddStorefrontKey, AddToken, AuditEntry, Me, NewToken, StorefrontKey, Token},
    device::{
        AddEnrolment, AddKey, ChangeDevice, Device, Enrolment, Kind, NewKey, RegisterDevice, Registered, State, Twin,
    },
    event::{EventType, Received, StoredEvent},
    forecast::{AskForecast, DemandForecast, ForecastEntry, PeakAhead, PlaceForecast, StockOutlook, Trend},
    list::Page,
    order::{Order, OrderReceived},
    problem::{ProblemBody, ProblemKind},
    rollup::{DeadLetter, Proof, Prove, Reading, Resolution},
    routes::{Operation, ROUTES, Route},
    stock::{Count, StockEntry},
};

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";
const ID: &str = "^[a-z0-9][a-z0-9-]{0,62}$";

/// What an operation takes and gives beside what its route says.
#[derive(Default)]
struct Described {
    /// Name, schema and meaning of each parameter behind the question mark.
    query: Vec<(&'static str, Value, &'static str)>,
    /// Name, schema and meaning of each header that matters.
    headers: Vec<(&'static str, Value, &'static str)>,
    /// Media types and schema of the body.
    body: Option<(Vec<&'static str>, Value)>,
    /// Statuses of success, each with media type and schema.
    answers: Vec<(u16, Option<(&'static str, Value)>)>,
    problems: Vec<ProblemKind>,
}

struct Maker(SchemaGenerator);

impl Maker {
    fn of<T: JsonSchema>(&mut self) -> Value {
        self.0.subschema_for::<T>().to_value()
    }

    fn takes<T: JsonSchema>(&mut self) -> Described {
        let mut described = Described { body: Some((vec![JSON], self.of::<T>())), ..Described::default() };
        described.problems.extend([ProblemKind::BadRequest, ProblemKind::TooLarge, ProblemKind::UnsupportedMediaType]);
        described
    }

    fn gives<T: JsonSchema>(&mut self, described: Described, status: u16) -> Described {
        let schema = self.of::<T>();
        described.answer(status, Some((JSON, schema)))
    }

    fn list<T: JsonSchema>(&mut self) -> Described {
        let mut described = Described::default();
        described.query.extend([
            ("limit", json!({ "type": "integer", "minimum": 1, "maximum": 200, "default": 50 }), "Entries on a page."),
            ("cursor", json!({ "type": "string" }), "`next` of the page before."),
        ]);
        described.problems.push(ProblemKind::BadRequest);
        self.gives::<Page<T>>(described, 200)
    }
}

impl Described {
    fn answer(mut self, status: u16, body: Option<(&'static str, Value)>) -> Self {
        self.answers.push((status, body));
        self
    }

    fn nothing(self) -> Self {
        self.answer(204, None)
    }

    fn query(mut self, name: &'static str, schema: Value, about: &'static str) -> Self {
        self.query.push((name, schema, about));
        self
    }

    fn header(mut self, name: &'static str, schema: Value, about: &'static str) -> Self {
        self.headers.push((name, schema, about));
        self
    }

    fn refuses(mut self, problems: &[ProblemKind]) -> Self {
        self.problems.extend(problems);
        self
    }
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn time() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

/// How goods are ordered, where a forecast is asked about stock.
fn policy(described: Described) -> Described {
    let days = |least: u32, most: u32, usual: u32| json!({ "type": "integer", "minimum": least, "maximum": most, "default": usual });
    described
        .query("leadTime", days(1, 20, 7), "Days from ordering until goods can be sold.")
        .query("review", days(1, 7, 1), "Days between two occasions to order.")
        .query(
            "service",
            json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.95 }),
            "The probability of not running out while waiting for goods.",
        )
        .query("pack", days(1, 100_000, 1), "Units that come together.")
}

#[expect(clippy::too_many_lines, reason = "one arm for each operation; splitting them would hide what is missing")]
fn describe(operation: Operation, make: &mut Maker) -> Described {
    use ProblemKind::{
        BadRequest, Conflict, NotFound, PreconditionFailed, TooLarge, TooMany, Unprocessable, UnsupportedMediaType,
        UpgradeRequired,
    };
    if let Some(described) = answers::describe(operation, make) {
        return described;
    }
    match operation {
        Operation::ReceiveEvents => {
            let received = make.of::<Received>();
            let event = json!({
                "type": "object",
                "required": ["specversion", "id", "source", "type", "time", "data"],
                "properties": {
                    "specversion": { "const": "1.0" },
                    "id": { "type": "string", "minLength": 1, "maxLength": 128 },
                    "source": { "type": "string", "format": "uri-reference", "minLength": 1, "maxLength": 256 },
                    "type": text(),
                    "time": time(),
                    "sequence": { "type": ["string", "integer"], "description": "From 1 in each epoch; required where the device is ordered by sequence." },
                    "epoch": { "type": "integer", "minimum": 0, "default": 0 },
                    "datacontenttype": { "const": "application/json" },
                    "data": { "type": "object", "description": "By type: see /v1/event-types." }
                }
            });
            let batch = json!({ "type": "array", "minItems": 1, "maxItems": 500, "items": event });
            let body = (
                vec!["application/cloudevents+json", "application/cloudevents-batch+json"],
                json!({ "oneOf": [event, batch] }),
            );
            signature(Described { body: Some(body), ..Described::default() })
                .answer(200, Some((JSON, received.clone())))
                .answer(207, Some((JSON, received)))
                .refuses(&[BadRequest, TooLarge, UnsupportedMediaType, Unprocessable, TooMany])
        }
        Operation::ListEvents => {
            let after = json!({ "type": "integer", "minimum": 0 });
            make.list::<StoredEvent>().query("after", after, "The position to begin after.").refuses(&[NotFound])
        }
        Operation::ListReadings => {
            let resolution = make.of::<Resolution>();
            make.list::<Reading>()
                .query("metric", text(), "One metric; all where it is left out.")
                .query("resolution", resolution, "`minute` where it is left out.")
                .query("from", time(), "The first moment.")
                .query("to", time(), "The first moment that is no longer wanted.")
                .refuses(&[NotFound])
        }
        Operation::RegisterDevice => {
            let described = make.takes::<RegisterDevice>().refuses(&[Conflict, Unprocessable]);
            make.gives::<Registered>(described, 201)
        }
        Operation::ListDevices => {
            let (kind, state) = (make.of::<Kind>(), make.of::<State>());
            make.list::<Device>().query("kind", kind, "Only of this kind.").query("site", text(), "Only there.").query(
                "state",
                state,
                "Only those that are so.",
            )
        }
        Operation::ReadDevice => make.gives::<Device>(Described::default(), 200).refuses(&[BadRequest, NotFound]),
        Operation::ChangeDevice => {
            let described = make.takes::<ChangeDevice>().refuses(&[NotFound, Conflict]);
            make.gives::<Device>(described, 200)
        }
        Operation::ReadTwin => {
            let described = signature(Described::default()).refuses(&[BadRequest, NotFound]);
            make.gives::<Twin>(described, 200)
        }
        Operation::ChangeTwin => {
            let patch = json!({ "type": "object" });
            let body = Some((vec!["application/merge-patch+json", JSON], patch));
            let described = Described { body, ..Described::default() }
                .header("if-match", text(), "The ETag that the twin was read with.")
                .refuses(&[BadRequest, TooLarge, UnsupportedMediaType, NotFound, PreconditionFailed, Unprocessable]);
            make.gives::<Twin>(described, 200)
        }
        Operation::AddKey => {
            let described = make.takes::<AddKey>().refuses(&[NotFound, Conflict]);
            make.gives::<NewKey>(described, 201)
        }
        Operation::RemoveKey | Operation::DropDeadLetter | Operation::RemoveToken | Operation::RemoveStorefrontKey => {
            Described::default().nothing().refuses(&[BadRequest, NotFound])
        }
        Operation::AddEnrolment => {
            let described = make.takes::<AddEnrolment>();
            make.gives::<Enrolment>(described, 201)
        }
        Operation::ListStock => make.list::<StockEntry>().query("site", text(), "Only there."),
        Operation::ReadStock => {
            make.gives::<Page<StockEntry>>(Described::default(), 200).refuses(&[BadRequest, NotFound])
        }
        Operation::ReadStockOutlook => {
            let described = policy(Described::default());
            make.gives::<Page<StockOutlook>>(described, 200).refuses(&[BadRequest, NotFound])
        }
        Operation::CountStock => {
            let described = make.takes::<Count>().refuses(&[Conflict]);
            make.gives::<StockEntry>(described, 200)
        }
        Operation::ReceiveOrder => {
            let described = make.takes::<Order>().refuses(&[Conflict, Unprocessable]);
            let described = described
                .header("x-shopify-hmac-sha256", text(), "The signature of Shopify's webhook, in place of a token.")
                .header("x-shopify-topic", text(), "`orders/create`, `orders/updated` or `orders/cancelled`.");
            let described = make.gives::<OrderReceived>(described, 201);
            make.gives::<OrderReceived>(described, 200)
        }
        Operation::ListOrders => make.list::<Order>(),
        Operation::ReadOrder => make.gives::<Order>(Described::default(), 200).refuses(&[BadRequest, NotFound]),
        Operation::ForecastDemand => {
            let described = make.takes::<AskForecast>().refuses(&[Unprocessable]);
            make.gives::<DemandForecast>(described, 200)
        }
        Operation::ListForecasts => policy(make.list::<ForecastEntry>()).query("site", text(), "Only there."),
        Operation::ListPeaks => make.list::<PeakAhead>(),
        Operation::ListTrends => make.list::<Trend>(),
        Operation::ReadForecast => {
            make.gives::<Page<PlaceForecast>>(Described::default(), 200).refuses(&[BadRequest, NotFound])
        }
        Operation::Live => Described::default()
            .query("since", json!({ "type": "integer", "minimum": 0 }), "The id of the last frame that was heard.")
            .header("sec-websocket-protocol", text(), "`vitrine.live.v1, bearer.TOKEN`")
            .answer(101, None)
            .refuses(&[BadRequest, UpgradeRequired]),
        Operation::ListDeadLetters => make.list::<DeadLetter>(),
        Operation::ReplayDeadLetter => Described::default().nothing().refuses(&[BadRequest, NotFound]),
        Operation::AddToken => {
            let described = make.takes::<AddToken>();
            make.gives::<NewToken>(described, 201)
        }
        Operation::ListTokens => make.list::<Token>(),
        Operation::AddStorefrontKey => {
            let described = make.takes::<AddStorefrontKey>();
            make.gives::<StorefrontKey>(described, 201)
        }
        Operation::ListStorefrontKeys => make.list::<StorefrontKey>(),
        Operation::ListAudit => make.list::<AuditEntry>(),
        Operation::Me => make.gives::<Me>(Described::default(), 200).refuses(&[BadRequest]),
        Operation::ProveRollups => {
            let described = make.takes::<Prove>();
            make.gives::<Proof>(described, 200)
        }
        Operation::ListEventTypes => make.gives::<Page<EventType>>(Described::default(), 200).refuses(&[BadRequest]),
        Operation::ReadEventType => Described::default()
            .answer(200, Some((JSON, json!({ "type": "object", "description": "A JSON Schema." }))))
            .refuses(&[BadRequest, NotFound]),
        Operation::Health => {
            let schema =
                json!({ "type": "object", "required": ["status"], "properties": { "status": { "const": "ok" } } });
            Described::default().answer(200, Some((JSON, schema))).refuses(&[BadRequest])
        }
        Operation::Metrics => Described::default().answer(200, Some(("text/plain", text()))).refuses(&[BadRequest]),
        Operation::Document => {
            Described::default().answer(200, Some((JSON, json!({ "type": "object" })))).refuses(&[BadRequest])
        }
        Operation::PutCatalogue
        | Operation::ReadCatalogue
        | Operation::PutPolicy
        | Operation::ReadPolicy
        | Operation::DropPolicy
        | Operation::ListPolicies
        | Operation::Chat
        | Operation::ResumeChat
        | Operation::EraseChat
        | Operation::ListOrderCodes
        | Operation::ListReturns
        | Operation::WriteContent => Described::default(), // described above
    }
}

fn parameter(place: &str, name: &str, schema: &Value, about: &str) -> Value {
    let about = if about.is_empty() { json!({}) } else { json!({ "description": about }) };
    let mut parameter = json!({ "in": place, "name": name, "required": place == "path", "schema": schema });
    if let (Some(parameter), Value::Object(about)) = (parameter.as_object_mut(), about) {
        parameter.extend(about);
    }
    parameter
}

fn operation(route: &Route, make: &mut Maker) -> Value {
    let described = describe(route.operation, make);
    let mut parameters = Vec::new();
    for name in route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
        let device = name == "id" && route.path.starts_with("/v1/devices/");
        let schema = if let Some(schema) = answers::path_parameter(route.path, name, make) {
            schema
        } else if device {
            json!({ "type": "string", "pattern": ID })
        } else {
            json!({ "type": "string", "minLength": 1 })
        };
        parameters.push(parameter("path", name, &schema, ""));
    }
    parameters.extend(described.query.iter().map(|(name, schema, about)| parameter("query", name, schema, about)));
    parameters.extend(described.headers.iter().map(|(name, schema, about)| parameter("header", name, schema, about)));

    let mut responses = Map::new();
    for (status, body) in &described.answers {
        let about = match status {
            101 => "The connection is open; each frame is JSON.",
            204 => "Done.",
            207 => "Some events were refused; see the results.",
            _ => "As wanted.",
        };
        let mut response = json!({ "description": about });
        if let (Some((kind, schema)), Some(response)) = (body, response.as_object_mut()) {
            response.insert("content".to_owned(), json!({ *kind: { "schema": schema } }));
        }
        responses.insert(status.to_string(), response);
    }
    let (named, refused) = security(route.access);
    for problem in described.problems.into_iter().chain(refused).chain([ProblemKind::Internal]) {
        let schema = make.of::<ProblemBody>();
        let response = json!({ "description": problem.title(), "content": { PROBLEM: { "schema": schema } } });
        responses.insert(problem.status().to_string(), response);
    }
    let mut operation = json!({
        "operationId": route.id,
        "summary": route.summary,
        "parameters": parameters,
        "security": named,
        "responses": responses,
    });
    if let (Some((kinds, schema)), Some(operation)) = (described.body, operation.as_object_mut()) {
        let content: Map<String, Value> =
            kinds.into_iter().map(|kind| (kind.to_owned(), json!({ "schema": schema }))).collect();
        operation.insert("requestBody".to_owned(), json!({ "required": true, "content": content }));
    }
    operation
}

/// The document: OpenAPI 3.1.
#[must_use]
pub fn document(version: &str) -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut make = Maker(settings.into_generator());
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES {
        let described = operation(route, &mut make);
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(route.method.to_ascii_lowercase(), described);
        }
    }
    let schemas = make.0.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Vitrine's worker",
            "version": version,
            "description": "What a shop's devices, its order system, its pages and its people can ask of the worker. \
                Every refusal is a problem by RFC 9457; every answer has `X-Request-Id`.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" }
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": "`vat_…`, with one of the roles viewer, operator, owner." },
                "storefrontKey": { "type": "http", "scheme": "bearer", "description": "`vsk_…`, from a page of one of its origins." },
                "enrolment": { "type": "http", "scheme": "bearer", "description": "`ven_…`, good for one registration." },
                "signature": { "type": "apiKey", "in": "header", "name": "webhook-signature", "description": "Standard Webhooks." },
                "shopify": { "type": "apiKey", "in": "header", "name": "x-shopify-hmac-sha256", "description": "Shopify's webhook signature." }
            }
        }
    })
}
