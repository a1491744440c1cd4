//! A plan opens only if it is whole and holds together.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failure in a helper is a failed test"
)]

mod plans;

use plans::{CONVNET, TRANSFORMER, sealed};
use vitrine_model_runtime::plan::{Draft, Epilogue, MAX_ARENA, Operand, Operator, hash_of};
use vitrine_model_runtime::{Plan, PlanError};

fn convnet() -> Draft<'static> {
    Plan::open(CONVNET).unwrap().data().clone()
}

#[test]
fn what_was_written_opens_and_is_written_the_same() {
    for file in [CONVNET, TRANSFORMER] {
        assert_eq!(Plan::open(file).unwrap().to_bytes(), file);
    }
}

#[test]
fn what_is_not_a_plan_is_refused() {
    for file in [&b""[..], b"VITRPLAN", b"ONNX is something else, and so is this, which is longer than a header"] {
        assert_eq!(Plan::open(file), Err(PlanError::NotAPlan));
    }
}

#[test]
fn another_version_is_refused_with_its_number() {
    let mut file = CONVNET.to_vec();
    file[8] = 9;
    assert_eq!(Plan::open(&file), Err(PlanError::Version { found: 9 }));
}

#[test]
fn a_shortened_plan_is_refused() {
    let expected = CONVNET.len() as u64;
    let found = expected - 1;
    assert_eq!(Plan::open(&CONVNET[..CONVNET.len() - 1]), Err(PlanError::Size { expected, found }));
}

#[test]
fn a_changed_byte_anywhere_is_noticed() {
    for at in (56..CONVNET.len()).step_by(97) {
        let mut file = CONVNET.to_vec();
        file[at] ^= 1;
        assert_eq!(Plan::open(&file), Err(PlanError::Hash), "byte {at}");
    }
}

#[test]
fn whoever_hashed_the_file_can_skip_that_and_nothing_else() {
    assert!(hash_of(CONVNET).is_some());
    let mut file = CONVNET.to_vec();
    let last = file.len() - 1;
    file[last] ^= 1;
    assert!(Plan::open_hashed(&file).is_ok(), "a weight may have any value");
    file[60] = 0xff;
    assert!(matches!(Plan::open_hashed(&file), Err(PlanError::Section { .. })));
}

#[test]
fn a_section_that_ends_early_is_named() {
    // The first section's size, which stands right after the header.
    let mut file = CONVNET.to_vec();
    file[56] -= 4;
    let error = Plan::open(&sealed(file)).unwrap_err();
    assert!(matches!(error, PlanError::Section { section: "model", .. }), "{error}");
}

#[test]
fn a_step_with_another_shape_is_named() {
    let mut draft = convnet();
    let (at, step) =
        draft.steps.iter().enumerate().find(|(_, step)| matches!(step.operator, Operator::Conv(..))).unwrap();
    let (name, output) = (step.name.clone(), step.output as usize);
    draft.values[output].shape = vitrine_model_runtime::plan::Shape::fixed(&[1, 5, 5, 12]).unwrap();
    match Plan::check(draft).unwrap_err() {
        PlanError::Step { step, operator: "conv", name: found, what } => {
            assert_eq!((step, found), (at, name));
            assert!(what.contains("extent"), "{what}");
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_step_that_writes_where_it_reads_is_refused() {
    let mut draft = convnet();
    let step = draft.steps.iter().find(|step| matches!(step.operator, Operator::Conv(..))).unwrap();
    let Operand::Value(input) = step.operands[0] else { panic!("a convolution reads a value") };
    draft.values[step.output as usize].offset = draft.values[input as usize].offset;
    let error = Plan::check(draft).unwrap_err();
    assert!(matches!(error, PlanError::Step { .. }), "{error}");
}

#[test]
fn nothing_lies_outside_the_arena() {
    let mut draft = convnet();
    let arena = draft.arena;
    draft.values[3].offset = arena - 1;
    assert!(matches!(Plan::check(draft), Err(PlanError::Section { section: "values", item: 3, .. })));
}

#[test]
fn an_arena_beyond_reason_is_refused_before_it_is_made() {
    let mut draft = convnet();
    draft.arena = MAX_ARENA + 1;
    assert!(matches!(Plan::check(draft), Err(PlanError::Section { section: "model", .. })));
}

#[test]
fn constants_lie_inside_the_weights() {
    let mut draft = convnet();
    draft.constants[2].offset = draft.weights.len() as u32 - 4;
    assert!(matches!(Plan::check(draft), Err(PlanError::Section { section: "constants", item: 2, .. })));
}

#[test]
fn slopes_come_with_prelu_only() {
    let mut draft = convnet();
    let step =
        draft.steps.iter_mut().find(|step| step.operands.len() > 3 && step.operands[3] != Operand::Absent).unwrap();
    let Operator::Depthwise(window, _) = step.operator else { panic!("{step:?}") };
    step.operator = Operator::Depthwise(window, Epilogue::NONE);
    let error = Plan::check(draft).unwrap_err().to_string();
    assert!(error.contains("slopes"), "{error}");
}

#[test]
fn weights_cannot_be_computed() {
    let mut draft = convnet();
    let input = draft.inputs[0].value;
    let step = draft.steps.iter_mut().find(|step| matches!(step.operator, Operator::Linear(_))).unwrap();
    step.operands[1] = Operand::Value(input);
    let error = Plan::check(draft).unwrap_err().to_string();
    assert!(error.contains("not a constant"), "{error}");
}
