//! The answer to a turn as Server-Sent Events. What is sent lies in the table already; the work goes on only as long as
//! somebody reads, and whoever comes back takes it up where it was left.

use std::{pin::Pin, rc::Rc, time::Duration};

use futures_util::{
    FutureExt as _,
    future::{Either, select},
    stream,
};
use worker::{Delay, Headers, Response, ResponseBuilder};

use super::{
    Object, answer,
    begin::Started,
    tables::{self, Stored},
};
use crate::failure::Outcome;

/// While there is nothing to tell, a line is sent this often, in seconds: it keeps the connection open, and writing is how
/// the runtime notices that nobody reads any more.
const QUIET: u64 = 1;

/// The reader's place in the conversation, and the work that is not done yet.
struct Talk {
    object: Rc<Object>,
    started: Started,
    work: Option<Pin<Box<dyn Future<Output = ()>>>>,
}

/// The response; events that are there are sent at once.
pub(super) fn response(object: &Rc<Object>, started: Started) -> Outcome<Response> {
    let talk = Talk { object: Rc::clone(object), started, work: None };
    let headers = Headers::new();
    headers.set("content-type", "text/event-stream; charset=utf-8")?;
    headers.set("cache-control", "no-store, no-transform")?;
    let body = stream::try_unfold(talk, |talk| step(talk).map(|step| step.map_err(worker::Error::from)));
    Ok(ResponseBuilder::new().with_status(200).with_headers(headers).from_stream(body)?)
}

/// The next piece of the body; `None` at its end.
async fn step(mut talk: Talk) -> Outcome<Option<(Vec<u8>, Talk)>> {
    loop {
        let object = &talk.object;
        // Erased, or somebody else reads on from here.
        if object.attempt.get() != talk.started.attempt {
            return Ok(None);
        }
        let events = tables::events(&object.sql, talk.started.after)?;
        if let Some(last) = events.last() {
            talk.started.after = last.id;
            // What was written a moment ago must have come to rest before anybody hears of it.
            object.state.storage().sync().await?;
            return Ok(Some((events.iter().map(written).collect::<String>().into_bytes(), talk)));
        }
        if tables::is_over(&object.sql, talk.started.turn.turn)? {
            return Ok(None);
        }
        let work = talk.work.take().unwrap_or_else(|| {
            Box::pin(answer::answer(Rc::clone(object), talk.started.turn.clone(), talk.started.attempt))
        });
        match select(work, Delay::from(Duration::from_secs(QUIET))).await {
            Either::Left(_) => {}
            Either::Right(((), work)) => {
                talk.work = Some(work);
                return Ok(Some((b": still here\n\n".to_vec(), talk)));
            }
        }
    }
}

/// An event as the wire has it; JSON text has no line breaks of its own.
fn written(Stored { id, name, data }: &Stored) -> String {
    format!("id: {id}\nevent: {name}\ndata: {data}\n\n")
}
