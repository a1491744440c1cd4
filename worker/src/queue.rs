//! The queue's consumer: what devices' objects send goes into the database, then to the hub, then the object is told that
//! it arrived.

use futures_util::future::join_all;
use wasm_bindgen::JsValue;
use worker::{
    Env, MessageBatch, MessageBuilder, MessageExt as _, QueueContentType, QueueRetryOptionsBuilder, RawMessage,
};

use crate::{
    clock,
    database::Database,
    dead_letters, device,
    failure::{Failure, Outcome},
    hub, internal, log, mirror,
    news::News,
};

/// The queue's name in `wrangler.toml`; the other one there is for what it gives up.
const QUEUE: &str = "vitrine-things";
/// How often the queue tries before it gives up, as `wrangler.toml` says: 3 retries after the first time.
const ATTEMPTS: u32 = 4;
/// Bytes of messages that go into the database at once.
const AT_ONCE: usize = 800_000;
/// Before a message is tried again, in seconds.
const RETRY_AFTER: u32 = 2;

/// Sends a message.
pub(crate) async fn send(env: &Env, text: &str) -> Outcome<()> {
    let message = MessageBuilder::new(text).content_type(QueueContentType::Text).build();
    Ok(env.queue("THINGS")?.send(message).await?)
}

/// Works off a batch. Each message is acknowledged or tried again by itself.
pub(crate) async fn consume(batch: &MessageBatch<JsValue>, env: &Env) -> Outcome<()> {
    let database = Database::of(env)?;
    if batch.queue() != QUEUE {
        for message in batch.raw_iter() {
            let body = text_of(&message);
            match dead_letters::keep(&database, &message.id(), &body, ATTEMPTS).await {
                Ok(()) => message.ack(),
                Err(failure) => {
                    log::error(&message.id(), &format!("a dead letter cannot be kept: {failure}"));
                    message.retry();
                }
            }
        }
        return Ok(());
    }

    let mut readable = Vec::new();
    for message in batch.raw_iter() {
        let text = text_of(&message);
        match serde_json::from_str::<News>(&text) {
            Ok(news) => readable.push((message, news, text.len())),
            Err(error) => put_back(&database, &message, &format!("the message cannot be read: {error}")).await,
        }
    }
    let mut group = Vec::new();
    let mut bytes = 0;
    for (message, news, length) in readable {
        if bytes + length > AT_ONCE && !group.is_empty() {
            work_off(env, &database, std::mem::take(&mut group)).await;
            bytes = 0;
        }
        bytes += length;
        group.push((message, news));
    }
    work_off(env, &database, group).await;
    Ok(())
}

/// Works off messages together, and where that fails one by one, so that a bad one holds up no other.
async fn work_off(env: &Env, database: &Database, group: Vec<(RawMessage, News)>) {
    if group.is_empty() {
        return;
    }
    let all: Vec<&News> = group.iter().map(|(_, news)| news).collect();
    if arrive(env, database, &all).await.is_ok() {
        for (message, _) in &group {
            message.ack();
        }
        return;
    }
    for (message, news) in &group {
        match arrive(env, database, &[news]).await {
            Ok(()) => message.ack(),
            Err(failure) => put_back(database, message, &failure.to_string()).await,
        }
    }
}

/// Database, hub, confirmation: in this order.
async fn arrive(env: &Env, database: &Database, all: &[&News]) -> Outcome<()> {
    database.batch(mirror::statements(database, all)?).await?;
    let told = all.iter().map(|news| confirm(env, news));
    join_all(told).await.into_iter().collect()
}

async fn confirm(env: &Env, news: &News) -> Outcome<()> {
    let id = &news.device.id;
    let (body, version) = (mirror::live_body(&news.device)?, news.device.version);
    let stock = news.device.stock.clone();
    let ask = hub::Ask::Device { id: id.clone(), version, body, alarms: Vec::new(), stock };
    if let Err(failure) = internal::ask::<()>(&internal::hub(env)?, &ask).await {
        // Whoever is connected sees it with the next change, or when reading; it is no reason to do all this again.
        log::warn(id, &format!("the hub was not told: {failure}"));
    }
    internal::ask(&internal::device(env, id)?, &device::Ask::Confirm { version, part: news.part }).await
}

async fn put_back(database: &Database, message: &RawMessage, reason: &str) {
    log::warn(&message.id(), reason);
    let (id, now) = (message.id(), clock::now().milliseconds());
    let sql = "INSERT INTO message_failures(id, at, reason) VALUES (?1, ?2, ?3) \
               ON CONFLICT(id) DO UPDATE SET at = excluded.at, reason = excluded.reason";
    let kept = database.run(sql, &[(&id).into(), now.into(), reason.into()]).await;
    if let Err(failure) = kept.map(|_| ()).map_err(|failure: Failure| failure.to_string()) {
        log::error(&id, &format!("the reason of a failure cannot be kept: {failure}"));
    }
    message.retry_with_options(&QueueRetryOptionsBuilder::new().with_delay_seconds(RETRY_AFTER).build());
}

/// The message's text; another kind of body as the text that JavaScript makes of it.
fn text_of(message: &RawMessage) -> String {
    let body = message.body();
    body.as_string()
        .or_else(|| js_sys::JSON::stringify(&body).ok().and_then(|text| text.as_string()))
        .unwrap_or_default()
}
