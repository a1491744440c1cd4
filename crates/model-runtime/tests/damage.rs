//! Damaged plans give errors: never a panic, a read outside the arena, or an allocation beyond reason. Runs for two
//! seconds; `VITRINE_FUZZ_SECONDS` makes it longer, `VITRINE_FUZZ_SEED` repeats a run.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failure in a helper is a failed test"
)]

mod plans;

use std::time::{Duration, Instant};

use plans::{CONVNET, TRANSFORMER, sealed};
use vitrine_model_runtime::plan::{Element, Operand};
use vitrine_model_runtime::{Model, Plan, PlanError};

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Changes a few places of what follows the header: most of them in the first bytes, which are structure, not weights.
fn damage(file: &mut Vec<u8>, random: &mut fastrand::Rng) {
    const NUMBERS: [u32; 12] = [0, 1, 2, 3, 5, 7, 255, 1 << 16, 1 << 26, 1 << 28, i32::MAX as u32, u32::MAX];
    for _ in 0..random.usize(1..5) {
        let structure = (file.len() / 2).clamp(57, 8000);
        let end = if random.u8(..) < 240 { structure } else { file.len() };
        let at = random.usize(56..end);
        match random.u8(..8) {
            0 => file[at] ^= 1 << random.u8(..8),
            1 => file[at] = random.u8(..),
            2 | 3 => {
                let wide = NUMBERS[random.usize(..NUMBERS.len())].to_le_bytes();
                let end = (at + 4).min(file.len());
                file[at..end].copy_from_slice(&wide[..end - at]);
            }
            4 => file[at] = file[at].wrapping_add(1),
            5 => file[at] = file[at].wrapping_sub(1),
            6 => {
                file.remove(at);
            }
            _ => {
                let from = random.usize(56..file.len() - 8);
                let eight: [u8; 8] = file[from..from + 8].try_into().unwrap();
                let end = (at + 8).min(file.len());
                file[at..end].copy_from_slice(&eight[..end - at]);
            }
        }
    }
}

/// Whether a run of the plan takes milliseconds: a changed window or shape may ask for hours of honest work.
fn is_small(plan: &Plan<'_>) -> bool {
    let data = plan.data();
    let [_, length] = data.lengths();
    let elements = |operand: Operand| data.shape(operand).and_then(|shape| shape.at(length)?.elements()).unwrap_or(0);
    let work = data.steps.iter().map(|step| {
        let written = elements(Operand::Value(step.output));
        step.operands.iter().map(|&operand| elements(operand)).fold(written, usize::max).saturating_mul(written.max(1))
    });
    data.arena < 1 << 20 && work.fold(0, usize::saturating_add) < 200_000_000
}

#[test]
fn damaged_plans_give_errors_and_nothing_worse() {
    let seed = number("VITRINE_FUZZ_SEED", 1);
    let until = Instant::now() + Duration::from_secs(number("VITRINE_FUZZ_SECONDS", 2));
    let (mut opened, mut refused, mut ran) = (0_u32, 0_u32, 0_u32);
    for round in 0.. {
        if Instant::now() > until {
            break;
        }
        // Printed only where the test fails, by way of the panic's captured output.
        println!("VITRINE_FUZZ_SEED={} finds the same first", seed + round);
        let mut random = fastrand::Rng::with_seed(seed + round);
        let mut file = if random.bool() { CONVNET } else { TRANSFORMER }.to_vec();
        damage(&mut file, &mut random);
        let file = sealed(file);
        let Ok(plan) = Plan::open(&file) else {
            refused += 1;
            continue;
        };
        opened += 1;
        if is_small(&plan)
            && let Ok(mut model) = Model::load(&plan)
        {
            let _ = model.run();
            ran += 1;
        }
    }
    eprintln!("{refused} refused, {opened} opened, {ran} ran");
    assert!(refused > 0 && ran > 0, "{refused} refused, {opened} opened, {ran} ran");
}

#[test]
fn a_count_of_four_billion_items_reserves_nothing() {
    // The list of constants begins after the model section and its own size.
    let model = u32::from_le_bytes(CONVNET[56..60].try_into().unwrap()) as usize;
    let at = 56 + 4 + model + 4;
    let mut file = CONVNET.to_vec();
    file[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    let file = sealed(file);
    let counted = allocation_counter::measure(|| {
        let error = Plan::open(&file).unwrap_err();
        assert!(matches!(error, PlanError::Section { section: "constants", .. }), "{error}");
    });
    assert!(counted.bytes_max < 1 << 20, "{} bytes at once", counted.bytes_max);
}

#[test]
fn weights_are_halves_where_that_loses_nothing() {
    let plan = Plan::open(CONVNET).unwrap();
    let halves = plan.data().constants.iter().filter(|constant| constant.element == Element::F16).count();
    assert!(halves > plan.data().constants.len() / 2);
}
