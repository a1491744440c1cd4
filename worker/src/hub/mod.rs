//! The shop's hub object: it tells every open connection what changes, keeps the latest of it for those who were away,
//! and shares out how many events the shop takes each second.

mod changes;
mod leases;
mod live;
mod shelves;
mod starts;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use vitrine_api::{device::StockHere, live::Topic};
use worker::{
    DurableObject, Env, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage, durable_object,
};

use crate::{answer, failure::Outcome, internal, request, sql::Sql, stock::Place};

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
        /// All that it says about stock.
        stock: Vec<StockHere>,
    },
    /// Orders or a stocktake changed what the books say of some products.
    Books { places: BTreeSet<Place> },
    /// A device object wants to take in events for a while.
    Lease { device: String, events: u32 },
    /// A credential is withdrawn: its connections end.
    Disconnect { credential: String },
    /// A conversation wants to begin; the answer is how many seconds it has to wait.
    BeginChat { address: String },
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
    starts: RefCell<starts::Starts>,
    /// Whether the tables are there.
    prepared: Cell<bool>,
}

impl DurableObject for HubObject {
    fn new(state: State, env: Env) -> Self {
        let sql = Sql::of(&state);
        let leases = RefCell::new(leases::Ledger::default());
        let starts = RefCell::new(starts::Starts::default());
        Self { state, env, sql, leases, starts, prepared: Cell::new(false) }
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
            Ask::Device { id, version, body, alarms, stock } => {
                internal::reply(self.tell_device(&id, version, body, alarms, stock).await)
            }
            Ask::Books { places } => internal::reply(self.tell_books(places).await),
            Ask::Lease { device, events } => {
                let now = crate::clock::now().milliseconds();
                let limits = crate::limits::Limits::of(&self.env);
                internal::reply(limits.map(|limits| self.leases.borrow_mut().grant(&limits, &device, events, now)))
            }
            Ask::BeginChat { address } => {
                let now = crate::clock::now().milliseconds();
                let limits = crate::limits::Limits::of(&self.env);
                internal::reply(limits.map(|limits| self.starts.borrow_mut().take(&limits, &address, now)))
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

    pub(super) fn prepare(&self) -> Outcome<()> {
        if !self.prepared.get() {
            changes::prepare(&self.sql)?;
            self.prepared.set(true);
        }
        Ok(())
    }

    fn figures(&self) -> Outcome<Figures> {
        self.prepare()?;
        Ok(Figures { connections: self.state.get_websockets().len(), newest: changes::newest(&self.sql)? })
    }

    async fn tell_device(
        &self,
        id: &str,
        version: u64,
        body: Value,
        alarms: Vec<Value>,
        stock: Vec<StockHere>,
    ) -> Outcome<()> {
        self.prepare()?;
        let here = stock.iter().map(|here| (here.sku.clone(), here.site.clone())).collect();
        shelves::learn(&self.sql, &self.env, &here).await?;
        if !changes::is_news(&self.sql, id, version)? {
            return Ok(());
        }
        let mut told = vec![(Topic::Device, body)];
        told.extend(alarms.into_iter().map(|alarm| (Topic::Alarm, alarm)));
        let touched = shelves::hear(&self.sql, id, version, stock)?;
        told.extend(shelves::news(&self.sql, &touched)?);
        self.tell(told)
    }

    async fn tell_books(&self, places: BTreeSet<Place>) -> Outcome<()> {
        self.prepare()?;
        shelves::learn(&self.sql, &self.env, &places).await?;
        shelves::look_into_books(&self.sql, &self.env, &places).await?;
        self.tell(shelves::news(&self.sql, &places)?)
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
