//! Times a plan: opening, loading, runs, and what each kind of operator takes.
//! `cargo run --release -p vitrine-model-runtime --example time -- MODEL.plan [RUNS]`

use std::collections::BTreeMap;
use std::error::Error;
use std::time::{Duration, Instant};

use vitrine_model_runtime::{Model, Plan};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = std::fs::read(arguments.next().ok_or("which plan?")?)?;
    let runs = arguments.next().map_or(Ok(20), |count| count.parse::<usize>())?;

    let begun = Instant::now();
    Plan::open_hashed(&file)?;
    let checked = begun.elapsed();
    let begun = Instant::now();
    let plan = Plan::open(&file)?;
    let opened = begun.elapsed();
    let begun = Instant::now();
    let mut model = Model::load(&plan)?;
    let loaded = begun.elapsed();
    println!(
        "open {opened:.1?} (without the hash {checked:.1?}), load {loaded:.1?}, arena {} bytes",
        model.arena_bytes()
    );

    let mut times = Vec::new();
    let mut steps = vec![(Duration::ZERO, String::new()); model.plan().steps.len()];
    for _ in 0..runs {
        let begun = Instant::now();
        model.run()?;
        times.push(begun.elapsed());
        let mut before = Instant::now();
        model.trace(|traced| {
            if let Some((time, name)) = steps.get_mut(traced.step) {
                *time += before.elapsed();
                if name.is_empty() {
                    *name = format!("{:<15} {:?} {}", traced.operator.name(), traced.sizes.as_slice(), traced.name);
                }
            }
            before = Instant::now();
        })?;
    }
    times.sort_unstable();
    println!(
        "run: median {:.2?}, least {:.2?}",
        times.get(runs / 2).copied().unwrap_or_default(),
        times.first().copied().unwrap_or_default()
    );

    let mut kinds: BTreeMap<String, Duration> = BTreeMap::new();
    for (time, name) in &steps {
        *kinds.entry(name.split(' ').next().unwrap_or_default().to_owned()).or_default() += *time;
    }
    let each = |time: Duration| time / u32::try_from(runs).unwrap_or(1).max(1);
    for (kind, time) in kinds {
        println!("{kind:<16} {:>8.2?}", each(time));
    }
    steps.sort_unstable_by_key(|(time, _)| std::cmp::Reverse(*time));
    for (time, name) in steps.iter().take(12) {
        println!("{:>8.2?}  {name}", each(*time));
    }
    Ok(())
}
