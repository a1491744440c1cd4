//! Sends one weight: VITRINE_URL, DEVICE and SECRET are set; the arguments are its sequence and the grams.

use std::{env, error::Error, time::SystemTime};

use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

fn main() -> Result<(), Box<dyn Error>> {
    let (url, device, secret) = (env::var("VITRINE_URL")?, env::var("DEVICE")?, env::var("SECRET")?);
    let mut arguments = env::args().skip(1);
    let sequence: u64 = arguments.next().ok_or("which sequence?")?.parse()?;
    let grams: f64 = arguments.next().ok_or("how many grams?")?.parse()?;

    let now = SystemTime::now();
    let time = OffsetDateTime::from(now).format(&Rfc3339)?;
    let body = format!(
        r#"{{"specversion":"1.0","id":"weight-{sequence}","source":"urn:example:{device}","type":"vitrine.scale.weight.v1","time":"{time}","sequence":"{sequence}","data":{{"grams":{grams}}}}}"#
    );

    let seconds = now.duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let id = format!("msg-{sequence}-{seconds}");
    let key = Base64::decode_vec(secret.strip_prefix("whsec_").ok_or("SECRET begins with whsec_")?)
        .map_err(|error| format!("SECRET is not base64: {error}"))?;
    let mut code = Hmac::<Sha256>::new_from_slice(&key)?;
    code.update(format!("{id}.{seconds}.{body}").as_bytes());
    let signature = Base64::encode_string(&code.finalize().into_bytes());

    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut answer = agent
        .post(format!("{url}/v1/devices/{device}/events"))
        .header("content-type", "application/cloudevents+json")
        .header("webhook-id", &id)
        .header("webhook-timestamp", seconds.to_string())
        .header("webhook-signature", format!("v1,{signature}"))
        .send(&body)?;
    println!("{}", answer.body_mut().read_to_string()?);
    Ok(())
}
