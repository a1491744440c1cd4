//! A pack opens only if it is whole.

use std::collections::BTreeMap;

use proptest::prelude::*;
use vitrine_pack::{Pack, PackError, PackWriter};

fn written() -> (Vec<u8>, BTreeMap<String, Vec<u8>>) {
    let pack = PackWriter::new("Corner Shop!", "2026-01-31")
        .section("catalogue", 1, "json", b"[{}]".to_vec())
        .section("rules", 1, "bin", vec![1, 2, 3, 4])
        .finish();
    (pack.manifest_json(), pack.sections().clone())
}

#[test]
fn what_was_written_opens() -> Result<(), PackError> {
    let (manifest, sections) = written();
    let pack = Pack::open(&manifest, sections)?;
    assert_eq!(pack.manifest().id, "corner-shop");
    assert_eq!(pack.section("rules", 1)?.as_deref(), Some([1, 2, 3, 4].as_slice()));
    assert_eq!(pack.section("popularity", 1)?, None);
    Ok(())
}

#[test]
fn a_missing_section_is_named() {
    let (manifest, mut sections) = written();
    sections.remove("rules");
    assert_eq!(Pack::open(&manifest, sections), Err(PackError::Missing { section: "rules".into() }));
}

#[test]
fn a_newer_section_is_refused_by_name() -> Result<(), PackError> {
    let pack = PackWriter::new("x", "2026-01-31").section("rules", 7, "bin", vec![]).finish();
    let refused = pack.section("rules", 1);
    assert_eq!(refused, Err(PackError::SectionVersion { section: "rules".into(), found: 7, known: 1 }));
    Ok(())
}

#[test]
fn a_newer_manifest_is_refused() {
    let manifest = br#"{"format":"vitrine-pack","version":2}"#;
    assert_eq!(Pack::open(manifest, BTreeMap::new()), Err(PackError::Version { found: 2, known: 1 }));
}

#[test]
fn a_section_file_cannot_leave_the_folder() {
    let manifest = br#"{"format":"vitrine-pack","version":1,"id":"x","created":"2026-01-31","languages":[],
        "sections":[{"name":"rules","version":1,"file":"../secret","bytes":0,"sha256":""}]}"#;
    assert!(matches!(Pack::open(manifest, BTreeMap::new()), Err(PackError::Manifest(_))));
}

#[test]
fn what_a_later_version_adds_to_the_manifest_is_kept() -> Result<(), PackError> {
    let manifest = br#"{"format":"vitrine-pack","version":1,"id":"x","created":"2026-01-31","languages":[],
        "sections":[],"card":{"fairness":"model.md"}}"#;
    let pack = Pack::open(manifest, BTreeMap::new())?;
    let again = String::from_utf8_lossy(&pack.manifest_json()).into_owned();
    assert!(again.contains("model.md"), "{again}");
    Ok(())
}

proptest! {
    #[test]
    fn any_changed_byte_is_found_and_the_section_named(at in 0_usize..4, flip in 1_u8..) {
        let (manifest, mut sections) = written();
        sections.get_mut("rules").expect("written above")[at] ^= flip;
        prop_assert_eq!(Pack::open(&manifest, sections), Err(PackError::Hash { section: "rules".into() }));
    }

    #[test]
    fn any_cut_is_found_and_the_section_named(length in 0_usize..4) {
        let (manifest, mut sections) = written();
        sections.get_mut("rules").expect("written above").truncate(length);
        let expected = PackError::Length { section: "rules".into(), found: length as u64, expected: 4 };
        prop_assert_eq!(Pack::open(&manifest, sections), Err(expected));
    }

    #[test]
    fn no_manifest_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Pack::open(&bytes, BTreeMap::new()).is_err());
    }
}
