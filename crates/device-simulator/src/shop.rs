//! What the simulator asks of a worker with a token: devices, keys, and everything it needs to judge.

use serde::{Serialize, de::DeserializeOwned};
use vitrine_api::{
    device::{AddKey, Device, Key, NewKey, RegisterDevice, Registered},
    event::StoredEvent,
    list::Page,
    order::{Order, OrderReceived},
    rollup::Reading,
    stock::{Count, StockEntry},
};

use crate::{
    error::SimulatorError,
    transport::{Answer, Request, Transport, Unreachable},
};

/// The beginning of an answer that is shown in an error, bytes.
const SHOWN: usize = 400;

/// A worker, and the token of somebody who may register devices there.
pub struct Shop<'a> {
    transport: &'a dyn Transport,
    token: String,
}

impl<'a> Shop<'a> {
    /// `token`: `vat_...`, of an operator at least.
    #[must_use]
    pub fn new(transport: &'a dyn Transport, token: String) -> Self {
        Self { transport, token }
    }

    /// The way to it.
    #[must_use]
    pub fn transport(&self) -> &'a dyn Transport {
        self.transport
    }

    /// Registers a device; none where one of that id exists already.
    ///
    /// # Errors
    /// Where the worker cannot be reached or refuses.
    pub fn register(&self, device: &RegisterDevice) -> Result<Option<Registered>, SimulatorError> {
        let what = format!("registering {}", device.id.as_deref().unwrap_or("a device"));
        let answer = self.ask(&what, "POST", "/v1/devices", Some(device))?;
        if answer.status == 409 { Ok(None) } else { read(&what, &answer).map(Some) }
    }

    /// A device's record; none where there is none.
    ///
    /// # Errors
    /// Where the worker cannot be reached or refuses.
    pub fn device(&self, id: &str) -> Result<Option<Device>, SimulatorError> {
        let what = format!("reading {id}");
        let answer = self.ask(&what, "GET", &format!("/v1/devices/{id}"), None::<&()>)?;
        if answer.status == 404 { Ok(None) } else { read(&what, &answer).map(Some) }
    }

    /// Gives a device another key; none where it has two already.
    ///
    /// # Errors
    /// Where the worker cannot be reached or refuses.
    pub fn add_key(&self, id: &str, key: &AddKey) -> Result<Option<NewKey>, SimulatorError> {
        let what = format!("adding a key to {id}");
        let answer = self.ask(&what, "POST", &format!("/v1/devices/{id}/keys"), Some(key))?;
        if answer.status == 409 { Ok(None) } else { read(&what, &answer).map(Some) }
    }

    /// Takes a key away at once.
    ///
    /// # Errors
    /// Where the worker cannot be reached or refuses.
    pub fn delete_key(&self, id: &str, key: &Key) -> Result<(), SimulatorError> {
        let what = format!("deleting a key of {id}");
        let answer = self.ask(&what, "DELETE", &format!("/v1/devices/{id}/keys/{}", key.id), None::<&()>)?;
        if matches!(answer.status, 200 | 204 | 404) { Ok(()) } else { Err(unexpected(&what, &answer)) }
    }

    /// Revokes a device.
    ///
    /// # Errors
    /// Where the worker cannot be reached or refuses.
    pub fn revoke(&self, id: &str) -> Result<(), SimulatorError> {
        let what = format!("revoking {id}");
        let change = serde_json::json!({ "revoked": true });
        let answer = self.ask(&what, "PATCH", &format!("/v1/devices/{id}"), Some(&change))?;
        read::<Device>(&what, &answer).map(|_| ())
    }

    /// All stored events of a device, in order of position.
    ///
    /// # Errors
    /// Where the worker cannot be reached or refuses.
    pub fn events(&self, id: &str) -> Result<Vec<StoredEvent>, SimulatorError> {
        let what = format!("reading the events of {id}");
        let mut events: Vec<StoredEvent> = Vec::new();
        loop {
            let after = events.last().map_or(0, |event| event.position);
            let path = format!("/v1/devices/{id}/events?limit=200&after={after}");
            let page: Page<StoredEvent> = read(&what, &self.ask(&what, "GET", &path, None::<&()>)?)?;
            let over = page.next.is_none() || page.items.is_empty();
            events.extend(page.items);
            if over {
                return Ok(events);
            }
        }
    }

    /// Readings per day of one metric.
    ///
    /// # Errors
    /// Where the worker cannot be reached or refuses.
    pub fn days(&self, id: &str, metric: &str) -> Result<Vec<Reading>, SimulatorError> {
        let what = format!("reading {metric} of {id}");
        let path = format!("/v1/devices/{id}/readings?metric={metric}&resolution=day&limit=200");
        let page: Page<Reading> = read(&what, &self.ask(&what, "GET", &path, None::<&()>)?)?;
        Ok(page.items)
    }

    /// The stock of one product, at each site.
    ///
    /// # Errors
    /// Where the worker cannot be reached or refuses.
    pub fn stock(&self, sku: &str) -> Result<Vec<StockEntry>, SimulatorError> {
        let what = format!("reading the stock of {sku}");
        let answer = self.ask(&what, "GET", &format!("/v1/stock/{sku}"), None::<&()>)?;
        if answer.status == 404 {
            return Ok(Vec::new());
        }
        read::<Page<StockEntry>>(&what, &answer).map(|page| page.items)
    }

    /// Sends an order; one that is there already stays as it is.
    ///
    /// # Errors
    /// Where the worker cannot be reached or refuses.
    pub fn order(&self, order: &Order) -> Result<OrderReceived, SimulatorError> {
        let what = format!("order {}", order.id);
        read(&what, &self.ask(&what, "POST", "/v1/orders", Some(order))?)
    }

    /// Enters a stocktake.
    ///
    /// # Errors
    /// Where the worker cannot be reached or refuses.
    pub fn count(&self, sku: &str, count: &Count) -> Result<StockEntry, SimulatorError> {
        let what = format!("counting {sku}");
        read(&what, &self.ask(&what, "PUT", &format!("/v1/stock/{sku}/count"), Some(count))?)
    }

    /// Delivers what a device has signed; all of it must be taken.
    ///
    /// # Errors
    /// Where the worker cannot be reached or refuses any of it.
    pub fn deliver(&self, what: &str, request: &Request) -> Result<(), SimulatorError> {
        let unreachable = |error| SimulatorError::Unreachable { what: what.to_owned(), error };
        let answer = self.transport.send(request).map_err(unreachable)?;
        if matches!(answer.status, 200 | 202) { Ok(()) } else { Err(unexpected(what, &answer)) }
    }

    fn ask<T: Serialize>(
        &self,
        what: &str,
        method: &'static str,
        path: &str,
        body: Option<&T>,
    ) -> Result<Answer, SimulatorError> {
        let failed = |error| SimulatorError::Unreachable { what: what.to_owned(), error };
        let mut headers = vec![("authorization", format!("Bearer {}", self.token))];
        let body = match body {
            Some(body) => {
                headers.push(("content-type", "application/json".to_owned()));
                serde_json::to_vec(body).map_err(|error| failed(Unreachable(error.to_string())))?
            }
            None => Vec::new(),
        };
        self.transport.send(&Request { method, path: path.to_owned(), headers, body }).map_err(failed)
    }
}

fn read<T: DeserializeOwned>(what: &str, answer: &Answer) -> Result<T, SimulatorError> {
    if !(200..300).contains(&answer.status) {
        return Err(unexpected(what, answer));
    }
    serde_json::from_slice(&answer.body).map_err(|error| SimulatorError::Unexpected {
        what: what.to_owned(),
        status: answer.status,
        body: format!("{error} in {}", shown(&answer.body)),
    })
}

fn unexpected(what: &str, answer: &Answer) -> SimulatorError {
    SimulatorError::Unexpected { what: what.to_owned(), status: answer.status, body: shown(&answer.body) }
}

fn shown(body: &[u8]) -> String {
    let beginning = body.get(..SHOWN.min(body.len())).unwrap_or(body);
    String::from_utf8_lossy(beginning).trim().to_owned()
}

impl SimulatorError {
    /// May the same succeed a little later? True of a worker that does not answer, or says that it cannot.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Unexpected { status: 429 | 500.., .. })
    }
}
