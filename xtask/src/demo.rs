//! The demo shop's pack: shoppers are simulated for its catalogue and the recommender is trained on them.

use std::{fs, path::PathBuf, process::Command};

use crate::{
    artefact,
    failure::{Failure, Outcome},
    house,
    stamp::Stamp,
};

const CATALOGUE: &str = "demo/catalogue.jsonl";
const PACK: &str = "www/shop/public/packs/demo";
const PROGRAM: &str = if cfg!(windows) { "vitrine.exe" } else { "vitrine" };
const ID: &str = "demo";
const SHOPPERS: &str = "4000";
const SEED: &str = "7";

/// Writes the pack; left out where catalogue, command and settings are those of last time.
pub(crate) fn build(force: bool) -> Outcome {
    let catalogue = house::path(CATALOGUE);
    if !catalogue.is_file() {
        return Err(Failure::Missing { path: catalogue, advice: "it is part of the repository: check it out again" });
    }
    let command = compile()?;
    let pack = house::path(PACK);
    let work = house::path("build/demo");
    for folder in [&pack, &work] {
        fs::create_dir_all(folder).map_err(Failure::file("create", folder))?;
    }

    let mut stamp = Stamp::new("demo");
    stamp.add_file(&catalogue)?;
    stamp.add_file(&command)?;
    stamp.add(format!("{ID} {SHOPPERS} {SEED}").as_bytes());
    if !force && stamp.is_current(&[pack.join("manifest.json")]) {
        println!("{PACK} is up to date");
        return Ok(());
    }

    let log = work.join("log.jsonl");
    let advice = "Run `cargo build --package vitrine-cli`.";
    house::run(
        Command::new(&command)
            .args(["simulate", "shoppers", "--shoppers", SHOPPERS, "--seed", SEED])
            .arg("--catalogue")
            .arg(&catalogue)
            .arg("-o")
            .arg(&log),
        advice,
    )?;
    house::run(
        Command::new(&command)
            .args(["train", "recommend", "--id", ID, "--log"])
            .arg(&log)
            .arg("--catalogue")
            .arg(&catalogue)
            .arg("--pack")
            .arg(&pack),
        advice,
    )?;
    stamp.keep()
}

/// Compiles the `vitrine` command with the compiler that compiled this program, and gives its path. Without its other
/// features: the shop waits for this.
fn compile() -> Outcome<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--package", "vitrine-cli", "--bin", "vitrine", "--no-default-features"]);
    artefact::build(&mut cargo, "program `vitrine`", |file| file.ends_with(PROGRAM))
}
