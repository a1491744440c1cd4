//! `vitrine simulate`: what a real shop would have and we invent: shoppers, demand and devices.

#[cfg(feature = "devices")]
mod demand;
#[cfg(feature = "devices")]
mod devices;
#[cfg(feature = "devices")]
mod token;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use vitrine_train::{Simulation, TrainError, read_products, simulate};

use crate::failure::Failure;
use crate::files;

/// Start of simulated time: 2026-01-01 00:00 UTC, in milliseconds.
const START: u64 = 1_767_225_600_000;

/// What to simulate.
#[derive(Subcommand)]
pub(crate) enum Simulate {
    /// Shoppers with latent tastes; the log's first line says that it is simulated.
    Shoppers {
        /// Catalogue: one product as JSON per line.
        #[arg(long, value_name = "FILE")]
        catalogue: PathBuf,
        /// Number of shoppers.
        #[arg(long, default_value_t = 2000)]
        shoppers: u32,
        /// The same seed gives the same log.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Where to write the log; `-` is standard output.
        #[arg(short, long, value_name = "FILE", default_value = "-")]
        output: PathBuf,
    },
    /// Orders of days gone by, and the truth that they were drawn from; sent to a worker or written.
    #[cfg(feature = "devices")]
    Demand(demand::Args),
    /// Devices that send to a worker, with everything that goes wrong on the way; and the judge of what became of it.
    #[cfg(feature = "devices")]
    Devices(devices::Args),
}

pub(crate) fn run(what: &Simulate) -> Result<ExitCode, Failure> {
    match what {
        Simulate::Shoppers { catalogue, shoppers, seed, output } => {
            write_log(catalogue, *shoppers, *seed, output).map(|()| ExitCode::SUCCESS)
        }
        #[cfg(feature = "devices")]
        Simulate::Demand(args) => demand::run(args).map(|()| ExitCode::SUCCESS),
        #[cfg(feature = "devices")]
        Simulate::Devices(args) => devices::run(args),
    }
}

fn write_log(catalogue: &Path, shoppers: u32, seed: u64, output: &Path) -> Result<(), Failure> {
    let known = read_products(files::open(catalogue)?).map_err(Failure::content(catalogue))?;
    if known.products.len() < 2 {
        return Err(Failure::Usage(format!("{}: at least two products are needed", catalogue.display())));
    }
    let simulation = Simulation { shoppers, seed, start: START };
    let mut out = files::create(output)?;
    let events = simulate(&known.products, &simulation, &mut out)?;
    out.flush().map_err(TrainError::from)?;
    eprintln!("{events} simulated interactions of {shoppers} invented shoppers with {} products", known.products.len());
    Ok(())
}
