//! One device's object: the only writer of that device's state.

use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

/// The object.
#[durable_object(alarm)]
pub struct DeviceObject {
    state: State,
}

impl DurableObject for DeviceObject {
    fn new(state: State, _env: Env) -> Self {
        let _ = state.storage().sql().exec("CREATE TABLE IF NOT EXISTS n(a INTEGER PRIMARY KEY, b TEXT)", None);
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let text = request.text().await?;
        self.state.storage().sql().exec("INSERT INTO n(b) VALUES (?)", vec![text.into()])?;
        Response::ok("{}")
    }

    async fn alarm(&self) -> Result<Response> {
        Response::ok("")
    }
}
