//! The shop's hub object: it tells every open connection what changes, keeps the latest of it for those who were away,
//! and shares out how many events the shop takes each second.

mod changes;
mod leases;
mod live;

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use vitrine_api::{live::Topic, stock::StockEntry};
use worker::{
    DurableObject, Env, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage, durable_object,
};

use crate::{answer, failure::Outcome, internal, request, sql::Sql};

pub(crate) use leases::Lease;
pub(crate) use live::{CALLER, credential};

/// What the hub is asked.
#[derive(Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub(crate) enum Ask {
    /// A device changed; older news than the last are left out.
    Device {
        id: String,
        version: u64,
        body: Value,
        /// Alarms that began or ended.
        alarms: Vec<Value>,
    },
    /// What the stock of products is now; what was told last already is left out.
    Stock { entries: Vec<StockEntry> },
    /// A device object wants to take in events for a while.
    Lease { device: String, events: u32 },
    /// A credential is withdrawn: its connections end.
    Disconnect { credential: String },
    /// For `/metrics`.
    Figures,
}

/// For `/metrics`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Figures {
    pub(crate) connections: usize,
    pub(crate) newest: u64,
}

/// The object.
#[durable_object]
pub struct HubObject {
    state: State,
    env: Env,
    sql: Sql,
    leases: RefCell<leases::Ledger>,
}

impl DurableObject for HubObject {
    fn new(state: State, env: Env) -> Self {
        let sql = Sql::of(&state);
        let leases = RefCell::new(leases::Ledger::default());
        Self { state, env, sql, leases }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        let id = request::id_of(&request);
        let outcome = if request.path() == internal::PATH { self.answer(request).await } else { self.open(&request) };
        match outcome {
            Ok(response) => Ok(response),
            Err(failure) => Ok(answer::failure(&failure, &id)?),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        Response::empty()
    }

    async fn websocket_message(&self, socket: WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        // `ping` is answered without waking the object; anything else is not spoken here.
        if !matches!(&message, WebSocketIncomingMessage::String(text) if text == "ping") {
            socket.close(Some(1003), Some("This connection only tells; it takes nothing but ping."))?;
        }
        Ok(())
    }

    async fn websocket_close(&self, socket: WebSocket, _code: usize, _reason: String, _clean: bool) -> Result<()> {
        // Codes such as 1005 and 1006 may be received but not sent.
        let _ = socket.close(Some(1000), Some(""));
        Ok(())
    }

    async fn websocket_error(&self, _socket: WebSocket, _error: worker::Error) -> Result<()> {
        Ok(())
    }
}

impl HubObject {
    async fn answer(&self, mut request: Request) -> Outcome<Response> {
        let ask: Ask = serde_json::from_slice(&request.bytes().await?)?;
        match ask {
            Ask::Device { id, version, body, alarms } => internal::reply(self.tell_device(&id, version, body, alarms)),
            Ask::Stock { entries } => internal::reply(self.tell_stock(entries)),
            Ask::Lease { device, events } => {
                let now = crate::clock::now().milliseconds();
                let limits = crate::limits::Limits::of(&self.env);
                internal::reply(limits.map(|limits| self.leases.borrow_mut().grant(&limits, &device, events, now)))
            }
            Ask::Disconnect { credential } => {
                for socket in self.state.get_websockets_with_tag(&live::tag_of(&credential)) {
                    let _ = socket.close(Some(live::WITHDRAWN), Some("The credential was withdrawn."));
                }
                internal::reply(Ok(()))
            }
            Ask::Figures => internal::reply(self.figures()),
        }
    }

    fn figures(&self) -> Outcome<Figures> {
        changes::prepare(&self.sql)?;
        Ok(Figures { connections: self.state.get_websockets().len(), newest: changes::newest(&self.sql)? })
    }

    fn tell_device(&self, id: &str, version: u64, body: Value, alarms: Vec<Value>) -> Outcome<()> {
        changes::prepare(&self.sql)?;
        if !changes::is_news(&self.sql, id, version)? {
            return Ok(());
        }
        let mut told = vec![(Topic::Device, body)];
        told.extend(alarms.into_iter().map(|alarm| (Topic::Alarm, alarm)));
        self.tell(told)
    }

    fn tell_stock(&self, entries: Vec<StockEntry>) -> Outcome<()> {
        changes::prepare(&self.sql)?;
        let mut told = Vec::new();
        for entry in entries {
            if changes::is_new_stock(&self.sql, &entry)? {
                told.push((Topic::Stock, serde_json::to_value(&entry)?));
            }
        }
        self.tell(told)
    }

    fn tell(&self, told: Vec<(Topic, Value)>) -> Outcome<()> {
        for frame in changes::add(&self.sql, told)? {
            let text = serde_json::to_string(&frame)?;
            let tag = if frame.topic == Topic::Stock { None } else { Some(live::TOKEN) };
            live::send(&self.state, tag, &text);
        }
        Ok(())
    }
}
