//! One device's object: the only writer of that device's state.

mod alarm;
mod flush;
mod keep;
mod memory;
mod minutes;
mod rate;
mod rebuild;
mod registration;
mod tables;
mod view;
mod webhook;

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use vitrine_api::device::{AddKey, ChangeDevice, Device, RegisterDevice};
use worker::{DurableObject, Env, Method, Request, Response, Result, State, durable_object};

pub(crate) use rebuild::RebuiltPage;
pub(crate) use registration::registration_of;
pub(crate) use view::state_now;

use crate::{answer, clock, failure::Outcome, internal, request};
use memory::Object;

/// What a device's object is asked by the worker itself.
#[derive(Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub(crate) enum Ask {
    /// Begin to be this device.
    Register { wanted: Box<RegisterDevice> },
    /// How are you?
    Read,
    /// Be otherwise.
    Change { wanted: ChangeDevice },
    /// Wish otherwise.
    ChangeTwin { patch: Map<String, Value>, expected: Option<u64> },
    /// Have another key.
    AddKey { wanted: AddKey },
    /// Lose a key.
    RemoveKey { key: String },
    /// Stored events after a position.
    Events { after: i64, limit: i64 },
    /// What was sent has arrived.
    Confirm { version: u64, part: u32 },
    /// Send what has not arrived, if there is any.
    Flush,
    /// Add up all events anew.
    Rebuild { after: Option<(String, i64)> },
    /// Send everything again.
    Resend,
}

/// An answer, and the device after the change.
#[derive(Serialize, Deserialize)]
pub(crate) struct Changed<T> {
    pub(crate) answer: T,
    pub(crate) device: Device,
}

/// The object.
#[durable_object]
pub struct DeviceObject {
    inner: Rc<Object>,
}

impl DurableObject for DeviceObject {
    fn new(state: State, env: Env) -> Self {
        Self { inner: Rc::new(Object::new(state, env)) }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        let path = request.path();
        if path == internal::PATH {
            return Ok(internal::reply(self.answer(request).await)?);
        }
        // Only the device itself comes here from outside: with its events, or to read its twin.
        let id = request::id_of(&request);
        let outcome = if request.method() == Method::Post {
            webhook::receive(&self.inner, request).await
        } else {
            webhook::twin(&self.inner, &request)
        };
        let response = match outcome {
            Ok(response) => response,
            Err(failure) => answer::failure(&failure, &id)?,
        };
        response.headers().set("x-request-id", &id)?;
        // A device without a clock sets its own by this, most of all when its signature is stale.
        response.headers().set("date", &clock::http_date())?;
        Ok(response)
    }

    async fn alarm(&self) -> Result<Response> {
        alarm::ring(&self.inner).await?;
        Response::empty()
    }
}

impl DeviceObject {
    async fn answer(&self, mut request: Request) -> Outcome<Value> {
        let ask: Ask = serde_json::from_slice(&request.bytes().await?)?;
        let object = &self.inner;
        Ok(match ask {
            Ask::Register { wanted } => serde_json::to_value(registration::register(object, &wanted)?)?,
            Ask::Read => {
                // Whoever looks after a crash also gets sent on what the crash kept from arriving.
                flush::sweep(object)?;
                serde_json::to_value(object.read(view::device)?)?
            }
            Ask::Change { wanted } => serde_json::to_value(registration::change(object, wanted)?)?,
            Ask::ChangeTwin { patch, expected } => {
                serde_json::to_value(registration::change_twin(object, patch, expected)?)?
            }
            Ask::AddKey { wanted } => serde_json::to_value(registration::add_key(object, &wanted)?)?,
            Ask::RemoveKey { key } => serde_json::to_value(registration::remove_key(object, &key)?)?,
            Ask::Events { after, limit } => serde_json::to_value(view::events(object, after, limit)?)?,
            Ask::Confirm { version, part } => serde_json::to_value(flush::confirm(object, version, part)?)?,
            Ask::Flush => serde_json::to_value(flush::sweep(object)?)?,
            Ask::Rebuild { after } => serde_json::to_value(rebuild::page(object, after)?)?,
            Ask::Resend => serde_json::to_value(flush::resend(object)?)?,
        })
    }
}
