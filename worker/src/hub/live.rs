//! The live connection: a WebSocket that sleeps between two changes, and resumes where it was cut.

use vitrine_api::{
    live::{Frame, Topic},
    problem::ProblemKind,
};
use worker::{Headers, Request, Response, ResponseBuilder, State, WebSocketPair, WebSocketRequestResponsePair};

use super::{
    HubObject,
    changes::{self, Missed},
};
use crate::{
    clock,
    failure::{Failure, Outcome},
    request::{self, Query},
};

/// The header in which the router tells the hub who calls; it takes away what came from outside.
pub(crate) const CALLER: &str = "x-vitrine-caller";
/// How the caller of a storefront key begins.
pub(crate) const STOREFRONT: &str = "storefront-key ";
/// The tag of connections that are told everything.
pub(super) const TOKEN: &str = "token";
/// The code with which connections end whose credential is withdrawn.
pub(super) const WITHDRAWN: u16 = 4401;
/// What a connection that does not resume is told of the time before it, in milliseconds: the database follows the hub by
/// a batch of the queue, so what a page has just read may be older than what was told already.
const BEFORE: i64 = 15_000;
/// What the connection speaks.
const PROTOCOL: &str = "vitrine.live.v1";

/// The tag of a credential's connections.
pub(super) fn tag_of(credential: &str) -> String {
    format!("by:{credential}")
}

/// Sends to all connections with a tag, or to all.
pub(super) fn send(state: &State, tag: Option<&str>, text: &str) {
    let sockets = tag.map_or_else(|| state.get_websockets(), |tag| state.get_websockets_with_tag(tag));
    for socket in sockets {
        // One that is just closing is told by its resume.
        let _ = socket.send_with_str(text);
    }
}

impl HubObject {
    /// `GET /v1/live`, which the router has checked.
    pub(super) fn open(&self, request: &Request) -> Outcome<Response> {
        if request::header(request, "upgrade").is_none_or(|value| !value.eq_ignore_ascii_case("websocket")) {
            let detail = "Open this address as a WebSocket with the protocol vitrine.live.v1.";
            return Err(Failure::refused(ProblemKind::UpgradeRequired, detail));
        }
        let caller = request::header(request, CALLER)
            .ok_or_else(|| Failure::Fault("the router did not say who calls".to_owned()))?;
        let stock_only = caller.starts_with(STOREFRONT);
        let since = Query::of(&request.url()?, &["since"])?.number("since")?;
        self.prepare()?;

        let pair = WebSocketPair::new()?;
        let by = tag_of(&caller);
        let tags: &[&str] = if stock_only { &[&by] } else { &[&by, TOKEN] };
        self.state.accept_websocket_with_tags(&pair.server, tags);
        let pong = WebSocketRequestResponsePair::new("ping", "pong").map_err(worker::Error::from)?;
        self.state.set_websocket_auto_response(&pong);

        let frame = |topic| -> Outcome<Frame> {
            let (id, at) = (changes::newest(&self.sql)?, clock::now().to_string());
            Ok(Frame { id, topic, at, body: serde_json::Value::Null })
        };
        let mut first = vec![frame(Topic::Hello)?];
        let missed = match since {
            Some(since) => changes::missed(&self.sql, u64::try_from(since).unwrap_or_default(), stock_only)?,
            None => Missed::All(changes::since(&self.sql, clock::now().milliseconds() - BEFORE, stock_only)?),
        };
        match missed {
            Missed::All(frames) => first.extend(frames),
            Missed::TooMuch => first.push(frame(Topic::Reset)?),
        }
        for frame in first {
            pair.server.send_with_str(serde_json::to_string(&frame)?)?;
        }

        let headers = Headers::new();
        if offers(request) {
            headers.set("sec-websocket-protocol", PROTOCOL)?;
        }
        Ok(ResponseBuilder::new().with_status(101).with_headers(headers).with_websocket(pair.client).empty())
    }
}

/// Whether the client offers our protocol.
fn offers(request: &Request) -> bool {
    let offered = request::header(request, "sec-websocket-protocol").unwrap_or_default();
    offered.split(',').any(|protocol| protocol.trim() == PROTOCOL)
}

/// The credential among the protocols that a client offers: browsers can send no other header.
pub(crate) fn credential(request: &Request) -> Option<String> {
    let offered = request::header(request, "sec-websocket-protocol")?;
    offered.split(',').find_map(|protocol| protocol.trim().strip_prefix("bearer.").map(str::to_owned))
}
