//! The way to a worker over HTTP or HTTPS, with connections that are kept open.

use std::{
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use ureq::{
    Agent,
    http::{self, HeaderMap},
    tls::{RootCerts, TlsConfig},
};

use crate::{
    error::SimulatorError,
    transport::{Answer, Request, Transport, Unreachable},
};

/// Most bytes of an answer that are read.
const LARGEST_ANSWER: u64 = 64 << 20;

/// A worker at an address.
#[derive(Debug)]
pub struct Http {
    agent: Agent,
    base: String,
}

impl Http {
    /// `url`: where the worker is, such as `http://localhost:8787`. At most `connections` are kept open, and an
    /// answer may take `patience`.
    ///
    /// # Errors
    /// Where the address is not http or https.
    pub fn new(url: &str, connections: usize, patience: Duration) -> Result<Self, SimulatorError> {
        let address: http::Uri = url.parse().map_err(|_| SimulatorError::BadAddress { url: url.to_owned() })?;
        let known = matches!(address.scheme_str(), Some("http" | "https")) && address.host().is_some();
        if !known || address.query().is_some() {
            return Err(SimulatorError::BadAddress { url: url.to_owned() });
        }
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(patience))
            .max_redirects(0)
            .max_idle_connections(connections)
            .max_idle_connections_per_host(connections)
            .user_agent(concat!("vitrine-device-simulator/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls)
            .build();
        Ok(Self { agent: agent.into(), base: url.trim_end_matches('/').to_owned() })
    }
}

impl Transport for Http {
    fn send(&self, request: &Request) -> Result<Answer, Unreachable> {
        let mut building =
            http::Request::builder().method(request.method).uri(format!("{}{}", self.base, request.path));
        for (name, value) in &request.headers {
            building = building.header(*name, value);
        }
        let unreachable = |error: &dyn std::fmt::Display| Unreachable(error.to_string());
        let bodyless = request.body.is_empty() && matches!(request.method, "GET" | "DELETE");
        let answer = if bodyless {
            self.agent.run(building.body(()).map_err(|error| unreachable(&error))?)
        } else {
            self.agent.run(building.body(request.body.as_slice()).map_err(|error| unreachable(&error))?)
        };
        let mut answer = answer.map_err(|error| unreachable(&error))?;
        let status = answer.status().as_u16();
        let (date, retry_after) = (date(answer.headers()), retry_after(answer.headers()));
        let body = answer.body_mut().with_config().limit(LARGEST_ANSWER).read_to_vec();
        Ok(Answer { status, date, retry_after, body: body.map_err(|error| unreachable(&error))? })
    }
}

fn date(headers: &HeaderMap) -> Option<i64> {
    let moment = httpdate::parse_http_date(headers.get("date")?.to_str().ok()?).ok()?;
    i64::try_from(moment.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()
}

fn retry_after(headers: &HeaderMap) -> Option<u64> {
    headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()
}
