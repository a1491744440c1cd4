//! From a request to its answer, by the table of addresses.

use vitrine_api::{
    problem::{Problem, ProblemKind},
    routes::{self, Access, Found, Operation},
};
use worker::{Env, Headers, Method, Request, Response};

use crate::{
    access::{self, Caller},
    answer, assistant,
    audit::{self, Change},
    chats,
    database::Database,
    dead_letters, devices, document, enrolments, event_types,
    failure::{Failure, Outcome},
    forecasts, hub, internal, log, metrics, orders, proof, readings,
    request::{self, Query},
    stock, storefront_keys, tokens,
};

/// Answers a request; what is no address of the worker's own is one of the shop's files.
pub(crate) async fn handle(request: Request, env: &Env) -> Outcome<Response> {
    let path = request.path();
    let method = request.method();
    let method = if method == Method::Head { Method::Get } else { method };
    let found = routes::find(method.as_ref(), &path);
    if let Found::Operation(Operation::ReceiveEvents, [Some(id), _]) = found {
        // One hop: the device's object reads the body, checks the signature, stores and answers.
        return devices::forward(env, id, request).await;
    }
    if found == Found::Nothing && !path.starts_with("/v1/") {
        return Ok(env.assets("ASSETS")?.fetch_request(request).await?);
    }
    let id = request::id_of(&request);
    let cross_origin = request::header(&request, "origin");
    let (operation, outcome) = match found {
        Found::Operation(operation, parameters) => {
            let outcome = perform(operation, parameters, request, &id, env).await;
            (Some(operation), outcome)
        }
        Found::OtherMethods(_) if method == Method::Options => (None, preflight(&request, &path, env).await),
        Found::OtherMethods(methods) => {
            let allow = methods.join(", ");
            let mut problem = Problem::new(ProblemKind::MethodNotAllowed, format!("This address takes {allow}."));
            problem.allow = Some(allow);
            (None, Err(problem.into()))
        }
        Found::Nothing => (None, Err(Failure::nothing("address"))),
    };
    let response = match outcome {
        Ok(response) => response,
        Err(failure) => answer::failure(&failure, &id)?,
    };
    let status = response.status_code();
    if status == 101 {
        return Ok(response); // a WebSocket's answer belongs to the runtime
    }
    if let Some(operation) = operation
        && (method != Method::Get || status >= 400)
    {
        log::request(&id, operation.route().id, status);
    }
    let response = with_header(response, "x-request-id", &id)?;
    match (operation, cross_origin) {
        (Some(operation), Some(origin)) if operation.route().access == Access::Storefront => {
            allow_origin(response, &origin, env).await
        }
        _ => Ok(response),
    }
}

/// Sets a header; those of an answer that came from elsewhere may not be changed in place.
fn with_header(response: Response, name: &str, value: &str) -> Outcome<Response> {
    if response.headers().set(name, value).is_ok() {
        return Ok(response);
    }
    let headers = Headers::new();
    for (known, text) in response.headers().entries() {
        headers.append(&known, &text)?;
    }
    headers.set(name, value)?;
    Ok(response.with_headers(headers))
}

/// Lets a page of another origin read the answer, where a publishable key is bound to that origin.
async fn allow_origin(response: Response, origin: &str, env: &Env) -> Outcome<Response> {
    let response = with_header(response, "vary", "Origin")?;
    if !access::is_known_origin(origin, env).await? {
        return Ok(response);
    }
    let response = with_header(response, "access-control-allow-origin", origin)?;
    with_header(response, "access-control-expose-headers", "X-Request-Id")
}

/// The answer to a browser that asks whether a page of another origin may call.
async fn preflight(request: &Request, path: &str, env: &Env) -> Outcome<Response> {
    let response = with_header(answer::empty(204), "vary", "Origin")?;
    let wanted = request::header(request, "access-control-request-method").unwrap_or_default();
    let method = match routes::find(&wanted, path) {
        Found::Operation(operation, _) if operation.route().access == Access::Storefront => operation.route().method,
        _ => return Ok(response),
    };
    let Some(origin) = request::header(request, "origin") else { return Ok(response) };
    if !access::is_known_origin(&origin, env).await? {
        return Ok(response);
    }
    let headers = response.headers();
    headers.set("access-control-allow-origin", &origin)?;
    headers.set("access-control-allow-methods", method)?;
    let allowed = "authorization, content-type, last-event-id, x-request-id";
    headers.set("access-control-allow-headers", allowed)?;
    headers.set("access-control-max-age", "600")?;
    Ok(response)
}

/// Does what is asked, once the credential holds.
async fn perform(
    operation: Operation,
    parameters: routes::Parameters<'_>,
    mut request: Request,
    id: &str,
    env: &Env,
) -> Outcome<Response> {
    let caller = if operation == Operation::Live {
        let credential = hub::credential(&request).or_else(|| request::bearer(&request));
        access::check_credential(operation.route().access, credential.as_deref(), &request, env).await?
    } else {
        access::check(operation, &request, env).await?
    };
    let url = request.url()?;
    let query = |known: &[&str]| Query::of(&url, known);
    let none = |known: &[&str]| query(known).map(|_| ());
    let change = Change { caller: &caller, operation, request: id };
    let database = Database::of(env)?;
    let [first, second] = parameters;
    let (first, second) = (decoded(first)?, decoded(second)?);
    let (first, second) = (first.as_str(), second.as_str());
    match operation {
        Operation::ReceiveEvents => devices::forward(env, first, request).await,
        Operation::ListEvents => {
            answer::json(200, &devices::events(env, first, &query(&["limit", "cursor", "after"])?).await?)
        }
        Operation::ListReadings => {
            let query = query(&["metric", "resolution", "from", "to", "limit", "cursor"])?;
            answer::json(200, &readings::list(&database, first, &query).await?)
        }
        Operation::RegisterDevice => {
            none(&[])?;
            let token = request::bearer(&request);
            let wanted = request::json(&mut request).await?;
            let registered = match (&caller, token) {
                (Caller::Token { .. }, _) => devices::register(env, &database, wanted, &change).await?,
                (_, Some(token)) => enrolments::redeem(env, &database, &token, wanted, id).await?,
                _ => return Err(Problem::unauthenticated().into()),
            };
            let location = format!("/v1/devices/{}", registered.device.id);
            with_header(answer::json(201, &registered)?, "location", &location)
        }
        Operation::ListDevices => {
            let query = query(&["kind", "site", "state", "limit", "cursor"])?;
            answer::json(200, &devices::list(&database, &query).await?)
        }
        Operation::ReadDevice => {
            none(&[])?;
            answer::json(200, &devices::read(env, first).await?)
        }
        Operation::ChangeDevice => {
            none(&[])?;
            let wanted = request::json(&mut request).await?;
            answer::json(200, &devices::change(env, &database, first, wanted, &change).await?)
        }
        Operation::ReadTwin => {
            none(&[])?;
            match caller {
                Caller::Token { .. } => devices::twin_answer(&devices::twin(env, first).await?),
                _ => devices::forward(env, first, request).await,
            }
        }
        Operation::ChangeTwin => {
            none(&[])?;
            let expected = request::header(&request, "if-match");
            let patch = request::json(&mut request).await?;
            let twin = devices::change_twin(env, &database, first, patch, expected, &change).await?;
            devices::twin_answer(&twin)
        }
        Operation::AddKey => {
            none(&[])?;
            let wanted = request::json(&mut request).await?;
            answer::json(201, &devices::add_key(env, &database, first, wanted, &change).await?)
        }
        Operation::RemoveKey => {
            none(&[])?;
            devices::remove_key(env, &database, first, second, &change).await?;
            Ok(answer::empty(204))
        }
        Operation::AddEnrolment => {
            none(&[])?;
            let wanted = request::json(&mut request).await?;
            answer::json(201, &enrolments::add(env, &database, wanted, &change).await?)
        }
        Operation::ListStock => {
            answer::json(200, &stock::list(&database, &query(&["site", "limit", "cursor"])?).await?)
        }
        Operation::ReadStock => {
            none(&[])?;
            answer::json(200, &stock::read(&database, first).await?)
        }
        Operation::ReadStockOutlook => {
            let query = query(&forecasts::ahead::POLICY)?;
            answer::json(200, &forecasts::outlook(&database, first, &query).await?)
        }
        Operation::CountStock => {
            none(&[])?;
            let wanted = request::json(&mut request).await?;
            answer::json(200, &stock::count(env, &database, first, wanted, &change).await?)
        }
        Operation::ReceiveOrder => {
            none(&[])?;
            let (status, received) = orders::receive(env, &database, &mut request, &change).await?;
            answer::json(status, &received)
        }
        Operation::ListOrders => answer::json(200, &orders::list(&database, &query(&["limit", "cursor"])?).await?),
        Operation::ReadOrder => {
            none(&[])?;
            answer::json(200, &orders::read(&database, first).await?)
        }
        Operation::ForecastDemand => {
            none(&[])?;
            let asked = request::json_within(&mut request, forecasts::asked::LONGEST_BODY).await?;
            answer::json(200, &forecasts::asked::forecast(&asked)?)
        }
        Operation::ListForecasts => {
            let known: Vec<&str> = ["site", "limit", "cursor"].into_iter().chain(forecasts::ahead::POLICY).collect();
            answer::json(200, &forecasts::list(&database, &query(&known)?).await?)
        }
        Operation::ListPeaks => {
            answer::json(200, &forecasts::peaks::list(&database, &query(&["limit", "cursor"])?).await?)
        }
        Operation::ListTrends => {
            answer::json(200, &forecasts::trends::list(&database, &query(&["limit", "cursor"])?).await?)
        }
        Operation::ReadForecast => {
            none(&[])?;
            answer::json(200, &forecasts::read(&database, first).await?)
        }
        Operation::Live => {
            none(&["since"])?;
            let forwarded = request.clone_mut()?;
            let headers = forwarded.headers();
            headers.set(hub::CALLER, &caller.name())?;
            Ok(internal::hub(env)?.fetch_with_request(forwarded).await?)
        }
        Operation::ListDeadLetters => {
            answer::json(200, &dead_letters::list(&database, &query(&["limit", "cursor"])?).await?)
        }
        Operation::ReplayDeadLetter => {
            none(&[])?;
            dead_letters::replay(env, &database, first, &change).await?;
            Ok(answer::empty(204))
        }
        Operation::DropDeadLetter => {
            none(&[])?;
            dead_letters::remove(&database, first, &change).await?;
            Ok(answer::empty(204))
        }
        Operation::AddToken => {
            none(&[])?;
            let wanted = request::json(&mut request).await?;
            answer::json(201, &tokens::add(&database, wanted, &change).await?)
        }
        Operation::ListTokens => answer::json(200, &tokens::list(&database, &query(&["limit", "cursor"])?).await?),
        Operation::RemoveToken => {
            none(&[])?;
            tokens::remove(&database, first, &change).await?;
            disconnect(env, first.to_owned(), id).await;
            Ok(answer::empty(204))
        }
        Operation::AddStorefrontKey => {
            none(&[])?;
            let wanted = request::json(&mut request).await?;
            answer::json(201, &storefront_keys::add(&database, wanted, &change).await?)
        }
        Operation::ListStorefrontKeys => {
            answer::json(200, &storefront_keys::list(&database, &query(&["limit", "cursor"])?).await?)
        }
        Operation::RemoveStorefrontKey => {
            none(&[])?;
            storefront_keys::remove(&database, first, &change).await?;
            disconnect(env, format!("storefront-key {first}"), id).await;
            Ok(answer::empty(204))
        }
        Operation::ListAudit => answer::json(200, &audit::list(&database, &query(&["limit", "cursor"])?).await?),
        Operation::Me => {
            none(&[])?;
            match caller {
                Caller::Token { id, role, label } => answer::json(200, &vitrine_api::access::Me { id, role, label }),
                _ => Err(Problem::unauthenticated().into()),
            }
        }
        Operation::ProveRollups => {
            none(&[])?;
            let wanted = request::json(&mut request).await?;
            answer::json(200, &proof::prove(env, &database, wanted, &change).await?)
        }
        Operation::ListEventTypes => {
            none(&[])?;
            answer::json(200, &event_types::list()?)
        }
        Operation::ReadEventType => {
            none(&[])?;
            answer::json(200, &event_types::read(first)?)
        }
        Operation::PutCatalogue
        | Operation::ReadCatalogue
        | Operation::PutPolicy
        | Operation::ReadPolicy
        | Operation::DropPolicy
        | Operation::ListPolicies
        | Operation::ListOrderCodes
        | Operation::ListReturns
        | Operation::WriteContent => assistant::perform(&change, (first, second), &mut request, env).await,
        Operation::Chat | Operation::ResumeChat | Operation::EraseChat => {
            chats::perform(operation, first, &mut request, (&caller, id), env).await
        }
        Operation::Health => {
            none(&[])?;
            answer::json(200, &metrics::health(&database).await?)
        }
        Operation::Metrics => {
            none(&[])?;
            answer::text(200, metrics::CONTENT_TYPE, &metrics::text(env, &database).await?)
        }
        Operation::Document => {
            none(&[])?;
            answer::text(200, "application/json", document::TEXT)
        }
    }
}

/// A path's parameter without its percent signs.
fn decoded(parameter: Option<&str>) -> Outcome<String> {
    let text = js_sys::decode_uri_component(parameter.unwrap_or_default());
    text.map(String::from).map_err(|_| {
        let detail = "The address has a percent sign without the two digits of a byte of UTF-8.";
        Failure::refused(ProblemKind::BadRequest, detail)
    })
}

/// Ends the open connections of a credential that is withdrawn.
async fn disconnect(env: &Env, credential: String, request: &str) {
    let ended = match internal::hub(env) {
        Ok(hub) => internal::ask::<()>(&hub, &hub::Ask::Disconnect { credential }).await,
        Err(failure) => Err(failure),
    };
    if let Err(failure) = ended {
        log::error(request, &format!("open connections of a withdrawn credential may go on: {failure}"));
    }
}
