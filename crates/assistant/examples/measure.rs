//! Measures the assistant on its sets, one JSON object out: `cargo run -p vitrine-assistant --example measure`.
//! With `--errors` it lists what went wrong; of the test sets only what is not set aside.

#[path = "measure/attacks.rs"]
mod attacks;
#[path = "measure/shop.rs"]
mod shop;
#[path = "measure/truth.rs"]
mod truth;
#[path = "measure/understanding.rs"]
mod understanding;
#[path = "measure/world.rs"]
mod world;
#[path = "measure/writing.rs"]
mod writing;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let errors = std::env::args().any(|word| word == "--errors");
    let world = world::World::open()?;
    let figures = serde_json::json!({
        "understanding": understanding::measure(&world, errors)?,
        "truth": truth::measure(&world, errors)?,
        "attacks": attacks::measure(&world, errors)?,
        "writing": writing::measure(&world, errors)?,
    });
    println!("{figures}");
    Ok(())
}
