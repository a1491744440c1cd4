//! What models cost, and no more than is allowed: the worst case is set aside before a call, in the database for the day
//! and with the conversation; what was not needed is given back.

use serde_json::json;

use super::{Prompt, settings::Settings};
use crate::{clock, database::Database, failure::Outcome};

/// Who keeps what a conversation has cost, in millionths.
pub(crate) trait Spender {
    /// So far.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn spent(&self) -> Outcome<i64>;
    /// More, or less where some is given back.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn spend(&mut self, millionths: i64) -> Outcome<()>;
}

/// What was set aside, in millionths.
#[derive(Clone, Copy)]
pub(super) struct Reserved(i64);

/// Millionths of the currency: a token at a price for a million of them costs as many millionths as the price says.
fn cost(settings: &Settings, input: u64, output: u64) -> i64 {
    (settings.input_price * input as f64 + settings.output_price * output as f64).ceil() as i64
}

fn millionths(amount: f64) -> i64 {
    (amount * 1e6) as i64
}

/// Sets the worst case of a call aside; `None` where a limit would be passed.
pub(super) async fn reserve(
    database: &Database,
    spender: &mut dyn Spender,
    settings: &Settings,
    prompt: &Prompt,
) -> Outcome<Option<Reserved>> {
    // No token is shorter than a byte.
    let bytes = json!({ "messages": prompt.messages, "schema": prompt.schema }).to_string().len();
    let worst = cost(settings, bytes as u64, u64::from(prompt.most));
    if spender.spent()? + worst > millionths(settings.per_conversation) {
        return Ok(None);
    }
    if add(database, worst, millionths(settings.per_day)).await? == 0 {
        return Ok(None);
    }
    spender.spend(worst)?;
    Ok(Some(Reserved(worst)))
}

/// Gives back what was not needed.
pub(super) async fn settle(
    database: &Database,
    spender: &mut dyn Spender,
    settings: &Settings,
    reserved: Reserved,
    input: u64,
    output: u64,
) -> Outcome<()> {
    let rest = cost(settings, input, output) - reserved.0;
    spender.spend(rest)?;
    add(database, rest, i64::MAX >> 11).await?;
    Ok(())
}

/// Adds to the day's costs unless that passes the limit; tells how many rows were written.
async fn add(database: &Database, more: i64, limit: i64) -> Outcome<usize> {
    let now = clock::text(clock::now().milliseconds());
    let day = now.get(..10).unwrap_or_default();
    let sql = "INSERT INTO model_costs(day, millionths) SELECT ?1, ?2 WHERE ?2 <= ?3 \
               ON CONFLICT(day) DO UPDATE SET millionths = millionths + excluded.millionths \
               WHERE millionths + excluded.millionths <= ?3";
    database.run(sql, &[day.into(), more.into(), limit.into()]).await
}
