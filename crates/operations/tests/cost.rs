//! What one signed event costs beside the store's own work: few allocations, microseconds.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failure in a helper is a failed test"
)]

use std::convert::Infallible;
use std::time::Instant;

use vitrine_devices::key::{Material, OVERLAP};
use vitrine_devices::registration::Registration;
use vitrine_devices::standard_webhook::{Headers, Signer, verify};
use vitrine_devices::{
    Algorithm, CloudEvent, Config, Device, Journal, Keys, Kind, Milli, OrderKey, Ordering, Outcome, Row, Timestamp,
};
use vitrine_operations::ShopDevice;

/// A store that is done at once.
struct Instantly;

impl Journal for Instantly {
    type Error = Infallible;
    fn store(&mut self, _: &Row<'_>) -> Result<Option<String>, Infallible> {
        Ok(None)
    }
    fn find(&mut self, _: &str, _: &str) -> Result<Option<String>, Infallible> {
        Ok(None)
    }
    fn replay(&mut self, _: &OrderKey, _: u64, _: &mut dyn FnMut(&str)) -> Result<(), Infallible> {
        panic!("nothing is out of order")
    }
    fn settled(&mut self, _: &OrderKey) -> Result<(), Infallible> {
        Ok(())
    }
}

#[test]
fn one_signed_event_takes_few_allocations() {
    for algorithm in [Algorithm::V1, Algorithm::V1a] {
        let start = Timestamp::from_milliseconds(1_777_881_600_000);
        let (material, secret) = Material::generate(algorithm, &[7; 32]);
        let signer = Signer::parse(&secret).unwrap();
        let mut keys = Keys::default();
        keys.add(material, start, OVERLAP).unwrap();
        let mut device: ShopDevice = Device::new(Registration {
            id: "scale-1".parse().unwrap(),
            kind: Kind::Scale,
            site: "shop".parse().unwrap(),
            name: None,
            sku: Some("jar".parse().unwrap()),
            config: Config { unit_grams: Some(Milli::whole(250)), ..Config::default() },
            ordering: Ordering::Sequence,
            created_at: start,
            revoked_at: None,
            keys,
            limits: None,
            desired: Default::default(),
        });
        let mut allocations = Vec::new();
        let mut nanoseconds = Vec::new();
        for number in 1..=500_i64 {
            let now = start.plus(number * 1000);
            let body = format!(
                r#"{{"specversion":"1.0","id":"01J-{number}","source":"/scales/1","type":"vitrine.scale.weight.v1","time":"{now}","sequence":"{number}","datacontenttype":"application/json","data":{{"grams":{},"stable":true}}}}"#,
                1000 + number % 3
            );
            let (id, timestamp) = (format!("msg-{number}"), now.seconds().to_string());
            let signature = signer.sign(&id, now.seconds(), body.as_bytes());
            let began = Instant::now();
            let counted = allocation_counter::measure(|| {
                let headers = Headers { id: &id, timestamp: &timestamp, signature: &signature };
                let key = verify(&device.registration().keys, &headers, body.as_bytes(), now).unwrap().id.clone();
                device.signed_by(&key, now);
                let event = CloudEvent::parse_body(&body).unwrap().unwrap();
                let outcome = device.receive(&event, now, &mut Instantly);
                assert!(matches!(outcome, Ok(Outcome::Stored(_))));
                assert!(device.state_text().unwrap().len() < 1024);
            });
            nanoseconds.push(began.elapsed().as_nanos());
            allocations.push(counted.count_total);
        }
        nanoseconds.sort_unstable();
        eprintln!("{algorithm:?}: {} allocations, {} ns", allocations[499], nanoseconds[250]);
        // The key's name, fields of event and data, the state's text, and for v1a the signed content.
        assert!(allocations[499] <= 6, "{} allocations", allocations[499]);
    }
}
