//! Models written with onnx.helper, independently of the converter: they compile, compute what tract computes, and are
//! the plans that the runtime's quick tests run.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failure in a helper is a failed test"
)]
#![cfg(feature = "onnx")]

use std::path::{Path, PathBuf};

use tract_onnx::WithOnnx;
use vitrine_model_compiler::onnx::reference::{Each, compare};
use vitrine_model_compiler::onnx::{Settled, load};
use vitrine_model_compiler::runtime::plan::Operator;
use vitrine_model_compiler::runtime::{Model, Plan};
use vitrine_model_compiler::{CompileError, Compiled, Options, compile};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Where the runtime's tests find a plan; written anew where `VITRINE_WRITE` is set.
fn committed(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../model-runtime/tests/plans").join(name)
}

/// Compares, and writes the plan with one run of it.
fn check(name: &str, lengths: Option<(u32, u32)>, inputs: &[(Option<u32>, Vec<f32>)]) -> Compiled {
    let loaded = load(&fixture(&format!("{name}.onnx")), &Settled { lengths, ..Settled::default() }).unwrap();
    let compiled = compile(loaded.graph.clone(), &Options::default()).unwrap();
    for (length, input) in inputs {
        for each in [Each::Alone, Each::Together] {
            let differences = compare(&loaded, &compiled, std::slice::from_ref(input), *length, each).unwrap();
            let steps = compiled.plan.data().steps.len();
            assert!(differences.len() > steps * 3 / 4, "{name}: {} of {steps} steps compared", differences.len());
            for difference in differences {
                assert!(difference.relative() < 1e-4, "{name} at {length:?}, {each:?}: {difference:?}");
            }
        }
    }
    let bytes = compiled.plan.to_bytes();
    let file = committed(&format!("{name}.plan"));
    if std::env::var_os("VITRINE_WRITE").is_some() {
        std::fs::write(&file, &bytes).unwrap();
        let (length, input) = inputs.last().unwrap();
        let mut model = Model::load(&compiled.plan).unwrap();
        length.map_or(Ok(()), |length| model.set_length(length)).unwrap();
        model.input_mut(0).unwrap().copy_from_slice(input);
        model.run().unwrap();
        let outputs = (0..compiled.plan.data().outputs.len()).map(|at| model.output(at).unwrap().to_vec());
        let numbers: Vec<u8> =
            std::iter::once(input.clone()).chain(outputs).flatten().flat_map(f32::to_le_bytes).collect();
        std::fs::write(committed(&format!("{name}.f32")), numbers).unwrap();
    }
    assert!(
        std::fs::read(&file).unwrap() == bytes,
        "{name}.plan is not what the compiler makes: run again with VITRINE_WRITE=1"
    );
    compiled
}

/// Numbers that look random and are the same everywhere.
fn noise(count: usize) -> Vec<f32> {
    (0..count).map(|at| ((at * 7919 + 13) % 1009) as f32 / 504.0 - 1.0).collect()
}

#[test]
fn a_convolutional_net_computes_what_tract_computes() {
    let compiled = check("convnet", None, &[(None, noise(3 * 36 * 44))]);
    let steps = &compiled.plan.data().steps;
    let alone = steps.iter().filter(|step| matches!(step.operator, Operator::Unary(_))).count();
    assert_eq!(alone, 0, "every activation is part of another step: {steps:#?}");
}

#[test]
fn a_transformer_block_computes_what_tract_computes_at_every_length() {
    let tokens = |count: u32| (0..count).map(|at| (at * 17 % 50) as f32).collect::<Vec<f32>>();
    let inputs = [1, 2, 9, 24].map(|count| (Some(count), tokens(count)));
    let compiled = check("transformer", Some((1, 24)), &inputs);
    let names: Vec<&str> = compiled.plan.data().steps.iter().map(|step| step.operator.name()).collect();
    assert_eq!(names.iter().filter(|name| **name == "layer-norm").count(), 3, "{names:?}");
    assert!(!names.contains(&"reshape"), "{names:?}");
}

#[test]
fn an_operator_without_counterpart_is_named_with_its_node() {
    let loaded = load(&fixture("unsupported.onnx"), &Settled::default()).unwrap();
    let Err(CompileError::Operator { operator, node, why }) = compile(loaded.graph, &Options::default()) else {
        panic!("it compiled");
    };
    assert_eq!((operator.as_str(), node.as_str()), ("Cos", "the_wave"), "{why}");
}

#[test]
fn a_dynamic_model_asks_for_its_lengths() {
    let Err(error) = load(&fixture("transformer.onnx"), &Settled::default()) else { panic!("it loaded") };
    assert!(error.to_string().contains("--length"), "{error}");
    assert!(load(&fixture("convnet.onnx"), &Settled { lengths: Some((1, 2)), ..Settled::default() }).is_err());
}

#[test]
fn what_is_not_a_model_is_refused() {
    assert!(matches!(load(&fixture("make.py"), &Settled::default()), Err(CompileError::Model { .. })));
    assert!(matches!(load(&fixture("nothing.onnx"), &Settled::default()), Err(CompileError::File { .. })));
}

#[test]
fn a_written_plan_is_the_plan() {
    let loaded = load(&fixture("convnet.onnx"), &Settled::default()).unwrap();
    let compiled = compile(loaded.graph, &Options::default()).unwrap();
    assert_eq!(Plan::open(&compiled.plan.to_bytes()).unwrap(), compiled.plan);
}

#[test]
fn an_input_can_be_given_its_shape() {
    let settled =
        |sizes: &[usize]| Settled { shapes: vec![("tokens".to_owned(), sizes.to_vec())], ..Settled::default() };
    let loaded = load(&fixture("transformer.onnx"), &settled(&[1, 5])).unwrap();
    let compiled = compile(loaded.graph, &Options::default()).unwrap();
    assert_eq!(compiled.plan.data().length, None);
    let settled = Settled { shapes: vec![("picture".to_owned(), vec![1])], ..Settled::default() };
    let Err(error) = load(&fixture("transformer.onnx"), &settled) else { panic!("it has no such input") };
    assert!(error.to_string().contains("tokens"), "{error}");
}

#[test]
fn the_same_net_as_nnef_computes_the_same() {
    let folder = std::env::temp_dir().join(format!("vitrine-nnef-{}", std::process::id()));
    let onnx = load(&fixture("convnet.onnx"), &Settled::default()).unwrap();
    // Decluttered, as tract's own command writes NNEF: products instead of convolutions, pictures without a batch axis.
    let decluttered = onnx.typed.clone().into_decluttered().unwrap();
    tract_nnef::nnef().with_onnx().write_to_dir(&decluttered, &folder).unwrap();
    let nnef = load(&folder, &Settled::default());
    std::fs::remove_dir_all(&folder).unwrap();
    let [expected, found] = [onnx, nnef.unwrap()].map(|loaded| {
        let compiled = compile(loaded.graph, &Options::default()).unwrap();
        let mut model = Model::load(&compiled.plan).unwrap();
        model.input_mut(0).unwrap().copy_from_slice(&noise(3 * 36 * 44));
        model.run().unwrap();
        model.output(0).unwrap().to_vec()
    });
    let furthest = expected.iter().zip(&found).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert_eq!(expected.len(), found.len());
    assert!(furthest < 1e-5, "{furthest}");
}
