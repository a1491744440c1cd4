//! The webhook: checked, read, stored and answered in one turn of the object, with no waiting in between.

use std::rc::Rc;

use vitrine_api::{
    event::{EventError, EventResult, Received, Status},
    problem::{Problem, ProblemKind},
};
use vitrine_devices::{
    CloudEvent, Refusal, Timestamp,
    cloud_event::{self, MAX_BODY, Mode, RefusedEvent},
    device::Outcome as Taken,
    standard_webhook::{Headers, verify},
};
use worker::{Request, Response};

use super::{
    flush,
    memory::{Memory, Object},
    rate::{Rate, Verdict},
    tables::Events,
    view,
};
use crate::{
    answer, clock,
    devices::twin_answer,
    failure::{Failure, Outcome},
    hub, internal, request,
    sql::Sql,
};

/// `POST /v1/devices/{id}/events`.
pub(super) async fn receive(object: &Rc<Object>, mut request: Request) -> Outcome<Response> {
    let kind = request::header(&request, "content-type").unwrap_or_default();
    let mode = Mode::of(&kind).ok_or_else(|| wrong_kind(&request))?;
    let sent = Sent::of(&request);
    let body = request::body(&mut request, MAX_BODY).await?;

    object.signed(|memory| sent.check(memory, &body))?;
    let events = cloud_event::parse(mode, &body).map_err(|error| unreadable(&error))?;
    let number = u32::try_from(events.len()).unwrap_or(u32::MAX);
    let mut verdict = check_rate(object, number)?;
    if verdict == Verdict::Ask {
        lease(object, Rate::wanted(number)).await?;
        verdict = check_rate(object, number)?;
        // Meanwhile the key may have been withdrawn.
        object.signed(|memory| sent.check(memory, &body))?;
    }
    match verdict {
        Verdict::Go => {}
        Verdict::Ask => return Err(too_many(1)),
        Verdict::Wait(seconds) => return Err(too_many(seconds)),
    }
    let answer = object.signed(|memory| take_in(memory, &object.sql, &events, clock::now()))?;
    flush::soon(object);
    renew_lease(object);
    respond(mode, answer)
}

/// `GET /v1/devices/{id}/twin`, signed over an empty body.
pub(super) fn twin(object: &Rc<Object>, request: &Request) -> Outcome<Response> {
    let sent = Sent::of(request);
    let twin = object.signed(|memory| {
        sent.check(memory, b"")?;
        Ok(view::twin(&memory.device))
    })?;
    twin_answer(&twin)
}

/// The headers of a signature.
struct Sent {
    id: String,
    timestamp: String,
    signature: String,
}

impl Sent {
    fn of(request: &Request) -> Self {
        let text = |name| request::header(request, name).unwrap_or_default();
        Self { id: text("webhook-id"), timestamp: text("webhook-timestamp"), signature: text("webhook-signature") }
    }

    /// Checks the signature, and takes note of the key that made it.
    fn check(&self, memory: &mut Memory, body: &[u8]) -> Outcome<()> {
        let now = clock::now();
        let headers = Headers { id: &self.id, timestamp: &self.timestamp, signature: &self.signature };
        let registration = memory.device.registration();
        if registration.revoked_at.is_some() {
            return Err(Problem::unauthenticated().into());
        }
        let key = verify(&registration.keys, &headers, body, now).map_err(|_| Problem::unauthenticated())?.id.clone();
        memory.device.signed_by(&key, now);
        Ok(())
    }
}

fn wrong_kind(request: &Request) -> Failure {
    let binary = request::header(request, "ce-specversion").is_some();
    let detail = if binary {
        "CloudEvents in headers (binary mode) are not taken, because the signature does not cover headers: send the event \
         as application/cloudevents+json."
    } else {
        "Send one event as application/cloudevents+json, or several as application/cloudevents-batch+json, in UTF-8."
    };
    Failure::refused(ProblemKind::UnsupportedMediaType, detail)
}

fn too_many(seconds: u32) -> Failure {
    let detail =
        format!("More events than are taken at once: send this again in {seconds} s; nothing of it was stored.");
    let mut problem = Problem::new(ProblemKind::TooMany, detail);
    problem.retry_after = Some(seconds);
    problem.into()
}

fn unreadable(error: &cloud_event::Unreadable) -> Failure {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase()).into_iter();
    Failure::refused(ProblemKind::BadRequest, first.chain(letters).chain(['.']).collect::<String>())
}

fn check_rate(object: &Object, events: u32) -> Outcome<Verdict> {
    object.signed(|memory| {
        let own = memory.device.registration().limits.map(|limits| (limits.events_per_second, limits.burst));
        let (rate, burst) = Rate::limits(own, &memory.limits);
        Ok(memory.rate.check(events, rate, burst, clock::now().milliseconds()))
    })
}

/// Asks the hub for a lease and waits for it.
async fn lease(object: &Object, events: u32) -> Outcome<()> {
    let device = object.signed(|memory| Ok(memory.device.registration().id.to_string()))?;
    let lease: hub::Lease = internal::ask(&internal::hub(&object.env)?, &hub::Ask::Lease { device, events }).await?;
    if lease.events == 0 {
        return Err(too_many(lease.retry_after));
    }
    object.signed(|memory| {
        memory.rate.renew(lease);
        Ok(())
    })
}

/// Asks for the next lease while the present one lasts.
fn renew_lease(object: &Rc<Object>) {
    let now = clock::now().milliseconds();
    let wanted = object.signed(|memory| {
        let wanted = memory.rate.runs_out(now);
        memory.rate.asking |= wanted.is_some();
        Ok(wanted)
    });
    let Ok(Some(events)) = wanted else { return };
    let shared = Rc::clone(object);
    object.state.wait_until(async move {
        // Where it fails, a later request asks again, or waits for its own.
        let _ = lease(&shared, events).await;
        let _ = shared.signed(|memory| {
            memory.rate.asking = false;
            Ok(())
        });
    });
}

/// Stores what can be stored of a request, together with the state that follows.
fn take_in(
    memory: &mut Memory,
    sql: &Sql,
    events: &[Result<CloudEvent<'_>, RefusedEvent<'_>>],
    received: Timestamp,
) -> Outcome<Received> {
    memory.rate.take(u32::try_from(events.len()).unwrap_or(u32::MAX));
    let mut readings = Vec::new();
    let results = sql.transaction(|| {
        let mut results = Vec::with_capacity(events.len());
        let mut stored = false;
        for event in events {
            let event = match event {
                Ok(event) => event,
                Err(refused) => {
                    memory.device.refuse(refused, received);
                    memory.ledger_changed = true;
                    results.push(unread(refused));
                    continue;
                }
            };
            let taken = memory.device.receive(event, received, &mut Events(sql))?;
            let (status, error) = match taken {
                Taken::Stored(received) => {
                    stored = true;
                    readings.push((received.reading, event.time));
                    (if received.late { Status::Late } else { Status::Accepted }, None)
                }
                Taken::Duplicate => {
                    memory.ledger_changed = true;
                    (Status::Duplicate, None)
                }
                Taken::Refused(refusal) => {
                    memory.ledger_changed = true;
                    (Status::Refused, Some(error_of(&refusal)))
                }
            };
            results.push(EventResult { id: Some(event.id.to_string()), status, error });
        }
        if stored {
            memory.save_state(sql)?;
        }
        Ok(results)
    })?;
    let config = &memory.device.registration().config;
    for (reading, time) in &readings {
        memory.minutes.add(reading, config, *time);
    }
    let twin = memory.device.twin_to_apply().map(view::desired);
    Ok(Received { results, twin })
}

fn unread(refused: &RefusedEvent<'_>) -> EventResult {
    let id = refused.id.as_ref().map(ToString::to_string);
    EventResult { id, status: Status::Refused, error: Some(error_of(&refused.refusal)) }
}

fn error_of(refusal: &Refusal) -> EventError {
    EventError {
        code: refusal.code.as_str().to_owned(),
        detail: refusal.detail.clone(),
        pointer: refusal.pointer.clone(),
    }
}

fn respond(mode: Mode, received: Received) -> Outcome<Response> {
    let refused = received.results.iter().any(|result| result.status == Status::Refused);
    if mode == Mode::One
        && let Some(result) = received.results.first()
        && let Some(error) = &result.error
    {
        let detail = format!("{}: {}", error.code, error.detail);
        let mut problem = match &error.pointer {
            Some(pointer) => Problem::field(ProblemKind::Unprocessable, pointer.clone(), detail),
            None => Problem::new(ProblemKind::Unprocessable, detail),
        };
        problem.result = Some(serde_json::to_value(result)?);
        return Err(problem.into());
    }
    answer::json(if refused { 207 } else { 200 }, &received)
}
