//! The shop's hub object: what happened lately, told to every open connection.

use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

/// The object.
#[durable_object]
pub struct HubObject {
    #[allow(dead_code)]
    state: State,
}

impl DurableObject for HubObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, _request: Request) -> Result<Response> {
        Response::ok("")
    }
}
