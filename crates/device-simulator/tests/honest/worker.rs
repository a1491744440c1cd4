//! A worker of a few lines, in memory: it checks, stores and adds up as a real one should, except for its one defect.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard},
    time::{SystemTime, UNIX_EPOCH},
};

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use serde_json::{Value, json};
use vitrine_device_simulator::{
    signer::Signer,
    transport::{Answer, Request, Transport, Unreachable},
};

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Defect {
    None,
    ForgetsSome,
    TakesRepeats,
    GoesByArrival,
    TakesAnySignature,
    KeepsOldKeys,
    RefusesSome,
}

enum Key {
    Shared(Signer),
    Public(VerifyingKey),
}

struct Device {
    registration: Value,
    keys: Vec<(String, Key, i64)>,
    /// As they came.
    events: Vec<Value>,
    revoked: bool,
}

pub(crate) struct Worker {
    defect: Defect,
    devices: Mutex<BTreeMap<String, Device>>,
}

fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

fn answer(status: u16, body: &Value) -> Answer {
    Answer { status, date: Some(now() / 1000 * 1000), retry_after: None, body: body.to_string().into_bytes() }
}

fn order(event: &Value) -> (u64, &str) {
    let sequence = event["sequence"].as_str().map_or(0, |text| text.parse().unwrap_or(0));
    (sequence, event["time"].as_str().unwrap_or_default())
}

impl Worker {
    pub(crate) fn new(defect: Defect) -> Self {
        Self { defect, devices: Mutex::default() }
    }

    fn devices(&self) -> MutexGuard<'_, BTreeMap<String, Device>> {
        self.devices.lock().unwrap()
    }

    fn add_key(device: &mut Device, request: &Value) -> Value {
        let id = format!("key-{}", device.keys.len());
        if let Some(public) = request["publicKey"].as_str() {
            let bytes = Base64::decode_vec(public.strip_prefix("whpk_").unwrap()).unwrap();
            let key = VerifyingKey::from_bytes(&bytes.try_into().unwrap()).unwrap();
            device.keys.push((id.clone(), Key::Public(key), i64::MAX));
            return json!({ "id": id, "algorithm": "v1a" });
        }
        let secret = format!("whsec_{}", Base64::encode_string(&[device.keys.len() as u8 + 65; 32]));
        device.keys.push((id.clone(), Key::Shared(Signer::from_secret(&secret).unwrap()), i64::MAX));
        json!({ "id": id, "algorithm": "v1", "secret": secret })
    }

    fn register(&self, request: &Value) -> Answer {
        let id = request["id"].as_str().unwrap().to_owned();
        let mut device = Device { registration: request.clone(), keys: Vec::new(), events: Vec::new(), revoked: false };
        let key = Self::add_key(&mut device, &request["key"]);
        let record = self.record(&id, &device);
        self.devices().insert(id, device);
        answer(201, &json!({ "device": record, "key": key }))
    }

    /// The events in the order that counts.
    fn ordered<'a>(&self, device: &'a Device) -> Vec<&'a Value> {
        let mut events: Vec<&Value> = device.events.iter().collect();
        if self.defect != Defect::GoesByArrival {
            events.sort_by_key(|event| order(event));
        }
        events
    }

    fn record(&self, id: &str, device: &Device) -> Value {
        let mut last = serde_json::Map::new();
        for event in self.ordered(device) {
            for (metric, member) in METRICS {
                if let Some(value) = event["data"].get(member) {
                    last.insert((*metric).to_owned(), json!({ "value": value, "at": event["time"] }));
                }
            }
        }
        let registration = &device.registration;
        json!({
            "id": id, "kind": registration["kind"], "site": registration["site"], "config": registration["config"],
            "ordering": registration["ordering"], "limits": {}, "createdAt": "2026-01-01T00:00:00.000Z",
            "state": "live", "counts": { "accepted": device.events.len(), "duplicate": 0, "late": 0, "refused": 0 },
            "gaps": [], "pending": 0, "stock": [], "last": last, "refusals": [], "version": 1,
            "keys": device.keys.iter().filter(|(_, _, until)| *until > now())
                .map(|(id, key, _)| json!({ "id": id, "createdAt": "2026-01-01T00:00:00.000Z",
                    "algorithm": if matches!(key, Key::Public(_)) { "v1a" } else { "v1" } })).collect::<Vec<_>>(),
            "twin": { "desired": {}, "reported": {}, "desiredVersion": 0, "reportedVersion": 0 },
        })
    }

    fn is_signed(&self, device: &Device, request: &Request) -> bool {
        let header = |name| request.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        let (Some(id), Some(timestamp), Some(signature)) =
            (header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"))
        else {
            return false;
        };
        let seconds: i64 = timestamp.parse().unwrap_or(0);
        if device.revoked || (now() / 1000 - seconds).abs() > 300 {
            return false;
        }
        let mut message = format!("{id}.{timestamp}.").into_bytes();
        message.extend_from_slice(&request.body);
        device.keys.iter().filter(|(_, _, until)| *until > now() || self.defect == Defect::KeepsOldKeys).any(
            |(_, key, _)| match key {
                Key::Shared(signer) => signer.sign(id, seconds, &request.body).signature == signature,
                Key::Public(key) => signature
                    .strip_prefix("v1a,")
                    .and_then(|text| Base64::decode_vec(text).ok())
                    .and_then(|bytes| Signature::from_slice(&bytes).ok())
                    .is_some_and(|signature| key.verify(&message, &signature).is_ok()),
            },
        )
    }

    fn receive(&self, device: &mut Device, request: &Request) -> Answer {
        if !self.is_signed(device, request) && self.defect != Defect::TakesAnySignature {
            return answer(401, &json!({}));
        }
        let Ok(body) = serde_json::from_slice::<Value>(&request.body) else { return answer(400, &json!({})) };
        let events = body.as_array().cloned().unwrap_or_else(|| vec![body]);
        let results: Vec<Value> = events.into_iter().map(|event| self.take(device, event)).collect();
        answer(200, &json!({ "results": results }))
    }

    fn take(&self, device: &mut Device, event: Value) -> Value {
        let known = device.events.iter().any(|stored| stored["id"] == event["id"]);
        let id = event["id"].clone();
        let whole = ["id", "type", "source", "time"].iter().all(|name| event[name].is_string());
        if !whole || !event["data"].is_object() {
            return json!({ "status": "refused" });
        }
        let chosen = id.as_str().is_some_and(|id| id.ends_with('7'));
        if self.defect == Defect::RefusesSome && chosen {
            return json!({ "id": id, "status": "refused" });
        }
        if known && self.defect != Defect::TakesRepeats {
            return json!({ "id": id, "status": "duplicate" });
        }
        if !(self.defect == Defect::ForgetsSome && chosen) {
            device.events.push(event);
        }
        json!({ "id": id, "status": "accepted" })
    }

    fn events(device: &Device, after: usize) -> Answer {
        let items: Vec<Value> = device.events.iter().enumerate().skip(after).take(50).map(stored).collect();
        let mut page = json!({ "items": items });
        if device.events.len() > after + 50 {
            page["next"] = (after + 50).to_string().into();
        }
        answer(200, &page)
    }

    fn days(device: &Device, metric: &str) -> Answer {
        let member = METRICS.iter().find(|(known, _)| *known == metric).map_or("", |(_, member)| member);
        let values: Vec<f64> = device
            .events
            .iter()
            .filter_map(|event| if metric == "events" { Some(1.0) } else { event["data"].get(member)?.as_f64() })
            .collect();
        let day = json!({ "metric": metric, "start": "2026-01-01T00:00:00.000Z", "count": values.len(),
            "sum": values.iter().sum::<f64>(), "min": 0.0, "max": 0.0, "last": 0.0, "lastAt": "2026-01-01T00:00:00.000Z" });
        answer(200, &json!({ "items": [day] }))
    }

    fn stock(&self, sku: &str) -> Answer {
        let devices = self.devices();
        let entries: Vec<Value> = devices.values().filter_map(|device| self.entry(device, sku)).collect();
        answer(200, &json!({ "items": entries }))
    }

    fn entry(&self, device: &Device, sku: &str) -> Option<Value> {
        let config = &device.registration["config"];
        let events = self.ordered(device);
        let units = if device.registration["sku"] == sku {
            let stable = events.iter().rev().find(|event| event["data"]["stable"] == true)?;
            let grams = stable["data"]["grams"].as_f64()? - config["tareGrams"].as_f64()?;
            (grams / config["unitGrams"].as_f64()?).round() as i64
        } else {
            let gtin = config["tags"].as_object()?.iter().find(|(_, known)| *known == sku)?.0;
            i64::try_from(present(&events).iter().filter(|tag| &gtin_of(tag) == gtin).count()).ok()?
        };
        Some(
            json!({ "sku": sku, "site": device.registration["site"], "units": units, "sources": [], "agreed": true, "spread": 0 }),
        )
    }
}

const METRICS: &[(&str, &str)] = &[
    ("footfall.in", "in"),
    ("footfall.out", "out"),
    ("cold.celsius", "celsius"),
    ("cold.humidity", "humidity"),
    ("vehicle.speed", "metersPerSecond"),
];

fn stored((position, event): (usize, &Value)) -> Value {
    let mut stored = json!({
        "position": position + 1, "id": event["id"], "source": event["source"], "epoch": 0,
        "time": event["time"], "receivedAt": event["time"], "type": event["type"], "data": event["data"],
        "status": "accepted",
    });
    if let Some(sequence) = event["sequence"].as_str() {
        stored["sequence"] = sequence.parse().unwrap_or(0_u64).into();
    }
    stored
}

/// The tags that are there after these events.
fn present(events: &[&Value]) -> Vec<String> {
    let list = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().map(|tag| tag.as_str().unwrap().to_owned()).collect()
    };
    let mut present = Vec::new();
    for event in events {
        let data = &event["data"];
        if event["type"] == "vitrine.rfid.inventory.v1" {
            present = list(&data["tags"]);
        } else {
            let left = list(&data["left"]);
            present.retain(|tag| !left.contains(tag));
            present.extend(list(&data["entered"]));
        }
    }
    present
}

/// The GTIN-14 of an SGTIN-96 of partition 5.
fn gtin_of(tag: &str) -> String {
    let bits = u128::from_str_radix(tag, 16).unwrap();
    let (company, item) = ((bits >> 58) & 0xff_ffff, (bits >> 38) & 0xf_ffff);
    let item = format!("{item:06}");
    let body = format!("{}{company:07}{}", &item[..1], &item[1..]);
    let sum: u32 = body
        .chars()
        .rev()
        .enumerate()
        .map(|(at, digit)| digit.to_digit(10).unwrap() * if at % 2 == 0 { 3 } else { 1 })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

impl Transport for Worker {
    fn send(&self, request: &Request) -> Result<Answer, Unreachable> {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let words: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        let asked = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let body = || serde_json::from_slice::<Value>(&request.body).unwrap();
        if words == ["devices"] {
            return Ok(self.register(&body()));
        }
        if words[0] == "stock" {
            return Ok(self.stock(words[1]));
        }
        let mut devices = self.devices();
        let Some(device) = devices.get_mut(words[1]) else { return Ok(answer(401, &json!({}))) };
        Ok(match (request.method, words.get(2).copied()) {
            ("POST", Some("events")) => self.receive(device, request),
            ("GET", Some("events")) => Self::events(device, asked("after").unwrap().parse().unwrap()),
            ("GET", Some("readings")) => Self::days(device, asked("metric").unwrap()),
            ("POST", Some("keys")) => {
                let expire = body()["expireOthersAfterSeconds"].as_i64().unwrap();
                for (_, _, until) in &mut device.keys {
                    *until = (*until).min(now() + expire * 1000);
                }
                answer(201, &Self::add_key(device, &body()))
            }
            ("GET", None) => answer(200, &self.record(words[1], device)),
            ("PATCH", None) => {
                device.revoked = true;
                answer(200, &self.record(words[1], device))
            }
            (method, _) => panic!("this worker knows no {method} {path}"),
        })
    }
}
