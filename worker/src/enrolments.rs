//! Enrolment tokens: with one, a device registers itself, once, as the token says.

use serde::Deserialize;
use vitrine_api::{
    device::{AddEnrolment, Enrolment, RegisterDevice, Registered},
    problem::{Problem, ProblemKind},
    routes::Operation,
};
use worker::Env;

use crate::{
    access::Caller,
    audit::Change,
    clock,
    database::Database,
    devices,
    failure::{Failure, Outcome},
    random, tokens,
};

/// What enrolment tokens begin with.
const ENROLMENT: &str = "ven_";
/// How long one holds where the request does not say, in milliseconds.
const HOLDS: i64 = 7 * 86_400_000;

/// `POST /v1/enrolments`.
pub(crate) async fn add(
    env: &Env,
    database: &Database,
    wanted: AddEnrolment,
    change: &Change<'_>,
) -> Outcome<Enrolment> {
    let now = clock::now();
    let expires = tokens::expiry(wanted.expires_at.as_deref(), now)?.unwrap_or_else(|| now.plus(HOLDS));
    let device = RegisterDevice {
        id: Some(wanted.id.clone()),
        kind: wanted.kind,
        site: Some(wanted.site),
        name: wanted.name,
        sku: wanted.sku,
        config: wanted.config,
        ordering: wanted.ordering,
        limits: wanted.limits,
        key: None,
    };
    devices::check(env, &device)?;
    let token = random::token(ENROLMENT)?;
    let insert = database.statement(
        "INSERT INTO enrolments(hash, device, created, expires, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        &[
            (&random::sha256(&token)).into(),
            (&wanted.id).into(),
            now.milliseconds().into(),
            expires.milliseconds().into(),
            (&serde_json::to_string(&device)?).into(),
        ],
    )?;
    let entry = change.entry(database, &format!("device {}", wanted.id))?;
    database.batch(vec![insert, entry]).await?;
    Ok(Enrolment { token, expires_at: expires.to_string() })
}

/// `POST /v1/devices` with an enrolment token.
pub(crate) async fn redeem(
    env: &Env,
    database: &Database,
    token: &str,
    sent: RegisterDevice,
    request: &str,
) -> Outcome<Registered> {
    #[derive(Deserialize)]
    struct Row {
        body: String,
    }
    let hash = random::sha256(token);
    let now = clock::now().milliseconds();
    let sql = "SELECT body FROM enrolments WHERE hash = ?1 AND used IS NULL AND expires > ?2";
    let row: Option<Row> = database.row(sql, &[(&hash).into(), now.into()]).await?;
    let Some(row) = row.filter(|_| token.starts_with(ENROLMENT)) else { return Err(Problem::unauthenticated().into()) };
    let mut device: RegisterDevice = serde_json::from_str(&row.body)?;
    let fixed = RegisterDevice { key: None, name: None, ..sent.clone() };
    if fixed != RegisterDevice::default() && fixed != (RegisterDevice { key: None, name: None, ..device.clone() }) {
        let detail = "An enrolment token fixes what the device is: send only `key` and `name`.";
        return Err(Failure::refused(ProblemKind::Unprocessable, detail));
    }
    device.key = sent.key;
    device.name = sent.name.or(device.name);
    // The device's id is the token's own, and an id is registered once: that makes the token good for one use.
    let caller =
        Caller::Token { id: "enrolment".to_owned(), role: vitrine_api::access::Role::Operator, label: String::new() };
    let change = Change { caller: &caller, operation: Operation::RegisterDevice, request };
    let registered = devices::register(env, database, device, &change).await?;
    database.run("UPDATE enrolments SET used = ?2 WHERE hash = ?1", &[(&hash).into(), now.into()]).await?;
    Ok(registered)
}
