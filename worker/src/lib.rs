//! The worker's entry points: requests, batches of the queue, the clock, and the three kinds of Durable Object.

mod access;
mod answer;
mod assistant;
mod audit;
mod chat;
mod chats;
mod clock;
mod database;
mod dead_letters;
mod device;
mod devices;
mod document;
mod enrolments;
mod event_types;
mod failure;
mod forecasts;
mod hub;
mod internal;
mod jobs;
mod language_model;
mod limits;
mod log;
mod metrics;
mod mirror;
mod news;
mod orders;
mod page;
mod proof;
mod queue;
mod random;
mod readings;
mod request;
mod router;
mod sql;
mod stock;
mod storefront_keys;
mod tokens;

use wasm_bindgen::JsValue;
use worker::{Context, Env, MessageBatch, Request, Response, Result, ScheduleContext, ScheduledEvent, event};

/// Answers a request; what is no address of the worker's own is one of the shop's files.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    match router::handle(request, &env).await {
        Ok(response) => Ok(response),
        Err(failure) => Ok(answer::failure(&failure, &random::request_id())?),
    }
}

/// Takes a batch off the queue. A failure here must not panic: the batch is then tried again as it is.
#[event(queue)]
async fn queue(batch: MessageBatch<JsValue>, env: Env, _context: Context) -> Result<()> {
    if let Err(failure) = queue::consume(&batch, &env).await {
        log::error("queue", &failure.to_string());
        batch.retry_all();
    }
    Ok(())
}

/// Runs what the clock asks for.
#[event(scheduled)]
async fn scheduled(event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    if let Err(failure) = jobs::run(&event.cron(), &env).await {
        log::error("scheduled", &failure.to_string());
    }
}
