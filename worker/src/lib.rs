//! The worker's entry points: requests, queue batches, the clock, and the two kinds of Durable Object.

mod device;
mod hub;

use worker::{Context, Env, MessageBatch, Request, Response, Result, ScheduleContext, ScheduledEvent, event};

/// Answers a request; what is no address of the worker's own is one of the shop's files.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    if request.path() == "/healthz" {
        return Response::ok("ok");
    }
    if let Some(id) = request.path().strip_prefix("/v1/devices/") {
        let stub = env.durable_object("DEVICES")?.get_by_name(id)?;
        return stub.fetch_with_request(request).await;
    }
    env.assets("ASSETS")?.fetch_request(request).await
}

/// Takes a batch off the queue.
#[event(queue)]
async fn queue(batch: MessageBatch<serde_json::Value>, _env: Env, _context: Context) -> Result<()> {
    batch.ack_all();
    Ok(())
}

/// Runs what the clock asks for.
#[event(scheduled)]
async fn scheduled(_event: ScheduledEvent, _env: Env, _context: ScheduleContext) {}
