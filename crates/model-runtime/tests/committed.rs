//! The plans that pages load are of this version, whole, and run.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failure in a helper is a failed test")]

use std::path::{Path, PathBuf};

use vitrine_model_runtime::{Model, Plan};

fn plans() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let mut plans: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    plans.retain(|path| path.extension().is_some_and(|extension| extension == "plan"));
    plans.sort();
    plans
}

#[test]
fn every_committed_plan_opens_under_its_own_name() {
    let plans = plans();
    assert!(plans.len() >= 11, "{plans:?}");
    for path in plans {
        let file = std::fs::read(&path).unwrap();
        let plan = Plan::open(&file).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(Some(plan.data().name.as_str()), path.file_stem().and_then(|stem| stem.to_str()));
        assert!(!plan.data().inputs.is_empty() && !plan.data().outputs.is_empty());
        for port in &plan.data().inputs {
            assert!(
                port.range.iter().all(|bound| bound.is_finite()),
                "{}: `{}` says no range",
                path.display(),
                port.name
            );
        }
    }
}

#[test]
fn small_ones_run_and_answer_with_numbers() {
    for path in plans() {
        let file = std::fs::read(&path).unwrap();
        if file.len() > 1_300_000 {
            continue;
        }
        let mut model = Model::load(&Plan::open(&file).unwrap()).unwrap();
        model.input_mut(0).unwrap().fill(0.25);
        model.run().unwrap();
        for output in 0..model.plan().outputs.len() {
            let numbers = model.output(output).unwrap();
            assert!(!numbers.is_empty() && numbers.iter().all(|number| number.is_finite()), "{}", path.display());
        }
    }
}
