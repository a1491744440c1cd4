//! The document that the worker serves is the one that its types make, and names everything that the table has.

use std::{collections::BTreeSet, env, fs, path::Path};

use serde_json::Value;
use vitrine_api::{
    openapi,
    problem::ProblemKind,
    routes::{Found, Operation, ROUTES, find},
};

/// `VITRINE_WRITE=1 cargo test -p vitrine-api` writes it anew.
#[test]
fn the_served_document_is_the_one_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../worker/openapi.json");
    let made = format!("{}\n", serde_json::to_string_pretty(&openapi::document(env!("CARGO_PKG_VERSION"))).unwrap());
    if env::var_os("VITRINE_WRITE").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let served = fs::read_to_string(&path).unwrap();
    assert!(served == made, "run `VITRINE_WRITE=1 cargo test -p vitrine-api` and commit worker/openapi.json");
}

#[test]
fn every_route_is_found_by_its_own_method_and_path() {
    for route in ROUTES {
        let path: String = route
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { "x" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        let Found::Operation(found, _) = find(route.method, &path) else { panic!("{path} is not found") };
        assert_eq!(found, route.operation);
        assert_eq!(found.route().id, route.id);
    }
    assert_eq!(find("GET", "/v1/devices/a/twin"), Found::Operation(Operation::ReadTwin, [Some("a"), None]));
    assert_eq!(find("PUT", "/v1/devices"), Found::OtherMethods(vec!["POST", "GET"]));
    assert_eq!(find("GET", "/v1/forecasts/peaks"), Found::Operation(Operation::ListPeaks, [None, None]));
    assert_eq!(find("GET", "/v1/forecasts/tea"), Found::Operation(Operation::ReadForecast, [Some("tea"), None]));
    assert_eq!(find("PUT", "/v1/forecasts/peaks"), Found::OtherMethods(vec!["GET"]));
    for nothing in ["/v1/devices/", "/v1/devices/a/b", "/v1", "", "/v1/devices//twin"] {
        assert_eq!(find("GET", nothing), Found::Nothing, "{nothing}");
    }
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    fn references<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(to)) = object.get("$ref") {
                    found.insert(to);
                }
                object.values().for_each(|inner| references(inner, found));
            }
            Value::Array(list) => list.iter().for_each(|inner| references(inner, found)),
            _ => {}
        }
    }
    let document = openapi::document("0");
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 20);
    for to in found {
        let pointer = to.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{to}");
    }
}

#[test]
fn every_kind_of_problem_has_a_name_and_a_status_of_its_own() {
    let names: BTreeSet<_> = ProblemKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(names.len(), ProblemKind::ALL.len());
    assert!(ProblemKind::ALL.iter().all(|kind| (400..600).contains(&kind.status())));
}
