//! A loaded plan computes what the source model does, at any length, in any arena that fits, without allocating.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failure in a helper is a failed test"
)]

mod plans;

use plans::{CONVNET, TRANSFORMER, convnet_run, transformer_run};
use vitrine_model_runtime::{Arena, Model, Plan, Program, RunError};

fn model(file: &[u8]) -> Model {
    Model::load(&Plan::open(file).unwrap()).unwrap()
}

fn assert_close(found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len());
    let scale = expected.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
    for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() <= 1e-5 * scale, "element {at}: {found} for {expected}");
    }
}

#[test]
fn a_convolutional_net_computes_what_it_did_when_tract_agreed() {
    let [input, mask, classes] = convnet_run();
    let mut model = model(CONVNET);
    model.input_mut(0).unwrap().copy_from_slice(&input);
    model.run().unwrap();
    assert_close(model.output(0).unwrap(), &mask);
    assert_close(model.output(1).unwrap(), &classes);
}

#[test]
fn the_same_input_gives_the_same_numbers_again() {
    let [input, ..] = convnet_run();
    let mut model = model(CONVNET);
    let mut run = || {
        model.input_mut(0).unwrap().copy_from_slice(&input);
        model.run().unwrap();
        model.output(0).unwrap().to_vec()
    };
    assert_eq!(run(), run());
}

#[test]
fn a_transformer_block_runs_at_every_length_and_back() {
    let [tokens, embedding] = transformer_run();
    let mut model = model(TRANSFORMER);
    for length in [1_u32, 7, 24, 3, 24] {
        model.set_length(length).unwrap();
        let input = model.input_mut(0).unwrap();
        assert_eq!(input.len(), length as usize);
        input.copy_from_slice(&tokens[..length as usize]);
        model.run().unwrap();
        assert_eq!(model.output(0).unwrap().len(), 32);
    }
    assert_close(model.output(0).unwrap(), &embedding);
}

#[test]
fn a_length_beyond_the_plan_is_refused_with_its_limits() {
    let mut model = model(TRANSFORMER);
    for found in [0, 25] {
        assert_eq!(model.set_length(found), Err(RunError::Length { found, least: 1, most: 24 }));
    }
}

#[test]
fn a_token_that_the_table_lacks_stops_the_run_and_names_the_step() {
    let mut model = model(TRANSFORMER);
    model.input_mut(0).unwrap().fill(50.0);
    let error = model.run().unwrap_err();
    assert!(matches!(error, RunError::Step { operator: "gather", .. }), "{error}");
}

#[test]
fn models_that_do_not_run_together_share_an_arena() {
    let programs = [CONVNET, TRANSFORMER].map(|file| Program::load(&Plan::open(file).unwrap()).unwrap());
    let mut arena = Arena::default();
    for program in &programs {
        arena.fit(program).unwrap();
    }
    let most = arena.bytes();
    let [input, mask, _] = convnet_run();
    let [tokens, embedding] = transformer_run();
    for _ in 0..2 {
        programs[0].input_mut(&mut arena, 0).unwrap().copy_from_slice(&input);
        programs[0].run(&mut arena).unwrap();
        assert_close(programs[0].output(&arena, 0).unwrap(), &mask);
        programs[1].input_mut(&mut arena, 0).unwrap().copy_from_slice(&tokens);
        programs[1].run(&mut arena).unwrap();
        assert_close(programs[1].output(&arena, 0).unwrap(), &embedding);
    }
    assert_eq!(arena.bytes(), most);
}

/// Loads a file from where its arena will be, told only `start` bytes of it beforehand.
fn model_held(file: &[u8], start: usize) -> Model {
    let mut arena = Arena::default();
    let held = arena.hold(file.len(), &file[..start]).unwrap();
    assert_eq!(held.len(), file.len());
    held.copy_from_slice(file);
    let program = Program::load(&Plan::open(held).unwrap()).unwrap();
    Model::new(program, arena).unwrap()
}

#[test]
fn a_file_may_lie_in_the_arena_until_it_is_loaded() {
    let [input, mask, classes] = convnet_run();
    let [tokens, embedding] = transformer_run();
    for start in [0, 40, 1024] {
        let mut model = model_held(CONVNET, start);
        model.input_mut(0).unwrap().copy_from_slice(&input);
        model.run().unwrap();
        assert_close(model.output(0).unwrap(), &mask);
        assert_close(model.output(1).unwrap(), &classes);
        let mut model = model_held(TRANSFORMER, start);
        model.input_mut(0).unwrap().copy_from_slice(&tokens);
        model.run().unwrap();
        assert_close(model.output(0).unwrap(), &embedding);
    }
}

#[test]
fn an_arena_holds_a_file_of_any_length_whatever_it_begins_with() {
    let mut arena = Arena::default();
    for (length, start) in [(0, &[][..]), (7, b"no plan"), (5, &[0xff; 100]), (1 << 20, CONVNET)] {
        assert_eq!(arena.hold(length, start).unwrap().len(), length);
    }
    // What a damaged plan says of its arena is not believed beyond what any plan may have.
    let mut damaged = CONVNET[..200].to_vec();
    damaged[60..].fill(0xff);
    let mut arena = Arena::default();
    assert_eq!(arena.hold(200, &damaged).unwrap().len(), 200);
    assert_eq!(arena.bytes(), 200);
}

#[test]
fn an_arena_that_was_not_fitted_is_refused() {
    let program = Program::load(&Plan::open(CONVNET).unwrap()).unwrap();
    let mut arena = Arena::default();
    assert!(matches!(program.run(&mut arena), Err(RunError::Arena { found: 0, .. })));
    assert!(matches!(program.input_mut(&mut arena, 0), Err(RunError::Arena { .. })));
}

#[test]
fn a_port_that_is_not_there_is_refused() {
    let mut model = model(CONVNET);
    assert_eq!(model.input_mut(1), Err(RunError::NoPort { what: "input", index: 1 }));
    assert_eq!(model.output(2), Err(RunError::NoPort { what: "output", index: 2 }));
}

#[test]
fn a_trace_shows_every_step_and_what_is_written_there_is_read_on() {
    let [input, ..] = convnet_run();
    let mut model = model(CONVNET);
    let steps = model.plan().steps.len();
    model.input_mut(0).unwrap().copy_from_slice(&input);
    let mut seen = 0;
    model
        .trace(|traced| {
            assert_eq!(traced.sizes.elements(), Some(traced.output.len()));
            seen += 1;
            traced.output.fill(0.0);
        })
        .unwrap();
    assert_eq!(seen, steps);
    assert!(model.output(1).unwrap().iter().all(|&class| class == 0.0));
}

#[test]
fn running_allocates_nothing() {
    let [input, ..] = convnet_run();
    let [tokens, _] = transformer_run();
    let (mut net, mut block) = (model(CONVNET), model(TRANSFORMER));
    let counted = allocation_counter::measure(|| {
        net.input_mut(0).unwrap().copy_from_slice(&input);
        net.run().unwrap();
        for length in [5, 24] {
            block.set_length(length).unwrap();
            block.input_mut(0).unwrap().copy_from_slice(&tokens[..length as usize]);
            block.run().unwrap();
        }
    });
    assert_eq!(counted.count_total, 0);
}
