//! Measures the assistant on its sets, one JSON object out: `cargo run -p vitrine-assistant --example measure -- FOLDER`.
//! With `--errors` it lists what of the part that is not set aside was misunderstood.

#[path = "measure/understanding.rs"]
mod understanding;
#[path = "measure/world.rs"]
mod world;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let errors = std::env::args().any(|word| word == "--errors");
    let world = world::World::open()?;
    println!("{}", serde_json::json!({ "understanding": understanding::measure(&world, errors)? }));
    Ok(())
}
