//! The `vitrine` command: feeds in, logs simulated, recommenders and text classifiers trained and evaluated, packs out, demand forecast.

#[cfg(feature = "compile")]
mod compile;
mod evaluate;
mod failure;
mod files;
#[cfg(feature = "forecast")]
mod forecast;
mod import;
mod pack;
mod simulate;
mod text;
mod train;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Imports feeds, trains and evaluates recommenders, and writes packs for shops that run Vitrine.
#[derive(Parser)]
#[command(name = "vitrine", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Turn a shop's product feed into a catalogue.
    Import(import::Args),
    /// Write an event log or other input that a real shop would have; it says that it is simulated.
    #[command(subcommand)]
    Simulate(simulate::Simulate),
    /// Learn from an event log or from labelled texts.
    #[command(subcommand)]
    Train(train::Train),
    /// Measure on held-out data.
    #[command(subcommand)]
    Evaluate(evaluate::Evaluate),
    /// Write a pack from a catalogue alone, for a shop without a log.
    Pack(pack::Args),
    /// Forecast demand, with intervals, peaks, changes and stock, from a file of series.
    #[cfg(feature = "forecast")]
    Forecast(forecast::Args),
    /// Compile an ONNX model into a plan that pages run.
    #[cfg(feature = "compile")]
    Compile(compile::Args),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Import(args) => {
            return import::run(&args).unwrap_or_else(|failure| failed(&failure));
        }
        Command::Simulate(what) => {
            return simulate::run(&what).unwrap_or_else(|failure| failed(&failure));
        }
        Command::Train(what) => train::run(&what),
        Command::Evaluate(what) => evaluate::run(&what),
        Command::Pack(args) => pack::run(&args),
        #[cfg(feature = "forecast")]
        Command::Forecast(args) => forecast::run(&args),
        #[cfg(feature = "compile")]
        Command::Compile(args) => compile::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failed(&failure),
    }
}

fn failed(failure: &failure::Failure) -> ExitCode {
    eprintln!("vitrine: {failure}");
    ExitCode::FAILURE
}
