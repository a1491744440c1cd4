//! `cargo xtask`: builds the WebAssembly modules, the worker and the demo pack, and checks their sizes.

mod artefact;
mod demo;
mod failure;
mod house;
mod sizes;
mod stamp;
mod toolchain;
mod wasm;
mod wasm_opt;
mod worker;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What the build does beyond compiling.
#[derive(Parser)]
#[command(name = "cargo xtask", about)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Compile browser/storefront and browser/models and write www/package/wasm: modules, glue and types.
    Wasm {
        /// Generate and optimize again even where the compiled modules are unchanged.
        #[arg(long)]
        force: bool,
    },
    /// Compile worker/ and write build/worker: module, glue and the shim that Cloudflare's runtime loads.
    Worker {
        /// Build bench/things/peers/rust into build/bare-worker instead.
        #[arg(long)]
        bare: bool,
        /// Generate and optimize again even where the compiled module is unchanged.
        #[arg(long)]
        force: bool,
        /// For trying things out: compile without optimizing across crates, and leave the optimizer out.
        #[arg(long)]
        quick: bool,
    },
    /// Simulate shoppers for demo/catalogue.jsonl, train on them and write the demo shop's pack.
    Demo {
        /// Simulate and train again even where catalogue and command are unchanged.
        #[arg(long)]
        force: bool,
    },
    /// Print the sizes of what a page and the worker load; fails where one is over its budget.
    Sizes,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Wasm { force } => wasm::build(force),
        Task::Worker { bare, force, quick } => {
            worker::build(if bare { &worker::BARE } else { &worker::HOUSE }, force, quick)
        }
        Task::Demo { force } => demo::build(force),
        Task::Sizes => sizes::check(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
