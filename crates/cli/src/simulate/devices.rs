//! `vitrine simulate devices`: a fleet against a worker, local or deployed, and a verdict.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use vitrine_api::device::Kind;
use vitrine_device_simulator::{
    alive::{FleetFile, forever},
    faults::Faults,
    fleet::{Patience, run as run_fleet},
    http::Http,
    plan::Options,
    shop::Shop,
};

use super::token::token;
use crate::failure::Failure;

/// How long one answer may take.
const ANSWER: Duration = Duration::from_secs(60);
/// The exit code of a run whose verdict is not clean.
const NOT_CLEAN: u8 = 3;

/// Runs invented devices against a worker. The token of an operator is read from VITRINE_TOKEN or --token-file.
///
/// Exit code 0: everything acknowledged is stored once and in its place, and nothing forged was taken.
/// Exit code 3: something is not. Exit code 1: the simulation could not run.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where the worker is, such as http://localhost:8787.
    #[arg(long, value_name = "URL")]
    url: String,
    /// A file with the token, instead of the environment variable VITRINE_TOKEN.
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// How many devices.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    devices: u32,
    /// How many events all of them send.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..))]
    events: u32,
    /// Events a second, all devices together.
    #[arg(long, default_value_t = 100.0)]
    rate: f64,
    /// The same seed invents the same fleet.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What goes wrong: duplicate, reorder, delay, drop, corrupt, skew, rotate, crash, burst; all; none.
    #[arg(long, default_value = "none")]
    faults: Faults,
    /// Kinds of devices, in turn.
    #[arg(long, value_delimiter = ',', default_values = ["scale", "rfid", "footfall", "cold-chain", "vehicle"])]
    kinds: Vec<KindName>,
    /// How many of a hundred devices sign with ed25519 (v1a), the others with HMAC-SHA256 (v1).
    #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(u32).range(0..=100))]
    v1a: u32,
    /// Most events of a batch.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
    batch: u32,
    /// Connections to the worker.
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=500))]
    connections: u32,
    /// Begins the ids of devices and products; the time of the run where it is left out.
    #[arg(long)]
    prefix: Option<String>,
    /// Seconds that the worker has, after the last event, until everything must be in its place.
    #[arg(long, default_value_t = 60)]
    settle: u64,
    /// Seconds without progress after which a run is given up.
    #[arg(long, default_value_t = 120)]
    patience: u64,
    /// Leave the devices registered and their keys valid; otherwise they are revoked in the end.
    #[arg(long)]
    keep: bool,
    /// Live on until stopped, as the fleet that --fleet describes.
    #[arg(long, requires = "fleet")]
    forever: bool,
    /// The description of a small fleet.
    #[arg(long, value_name = "FILE", requires = "forever")]
    fleet: Option<PathBuf>,
    /// Where keys and counters of such a fleet are kept, readable for you alone.
    #[arg(long, value_name = "FILE", requires = "forever")]
    state: Option<PathBuf>,
}

/// A kind of device, as it is called on the command line.
#[derive(Clone, Copy, ValueEnum)]
enum KindName {
    Scale,
    Rfid,
    Footfall,
    ColdChain,
    Vehicle,
}

impl From<KindName> for Kind {
    fn from(name: KindName) -> Self {
        match name {
            KindName::Scale => Self::Scale,
            KindName::Rfid => Self::Rfid,
            KindName::Footfall => Self::Footfall,
            KindName::ColdChain => Self::ColdChain,
            KindName::Vehicle => Self::Vehicle,
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let connections = usize::try_from(args.connections).unwrap_or(usize::MAX);
    let worker = Http::new(&args.url, connections, ANSWER)?;
    let shop = Shop::new(&worker, token(args.token_file.as_deref())?);
    match &args.fleet {
        Some(path) => live(args, &shop, path),
        None => judge(args, &shop, connections),
    }
}

fn live(args: &Args, shop: &Shop<'_>, path: &std::path::Path) -> Result<ExitCode, Failure> {
    let text = fs::read_to_string(path).map_err(Failure::file(path))?;
    let fleet = FleetFile::parse(&text)?;
    let state = args.state.as_deref();
    forever(shop, &fleet, state, &args.faults, args.seed, &mut |line| eprintln!("devices: {line}"))?;
    Ok(ExitCode::SUCCESS)
}

fn judge(args: &Args, shop: &Shop<'_>, connections: usize) -> Result<ExitCode, Failure> {
    let size = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let options = Options {
        prefix: args.prefix.clone().unwrap_or_else(prefix),
        devices: size(args.devices),
        events: size(args.events),
        rate: args.rate,
        seed: args.seed,
        faults: args.faults.clone(),
        kinds: args.kinds.iter().map(|kind| Kind::from(*kind)).collect(),
        v1a_of_hundred: args.v1a,
        batch: size(args.batch),
    };
    if !(options.rate.is_finite() && options.rate > 0.0) {
        return Err(Failure::Usage("--rate: give a number of events a second above 0".to_owned()));
    }
    let patience = Patience {
        connections,
        stuck: Duration::from_secs(args.patience),
        settle: Duration::from_secs(args.settle),
        keep: args.keep,
    };
    eprintln!("{} devices {}-*, faults: {}, seed {}", options.devices, options.prefix, options.faults, options.seed);
    let verdict = run_fleet(shop, &options, &patience, &mut |progress| {
        eprintln!("{} of {} events acknowledged", progress.acknowledged, progress.events);
    })?;
    println!("{verdict}");
    Ok(if verdict.is_clean() { ExitCode::SUCCESS } else { ExitCode::from(NOT_CLEAN) })
}

/// Runs begun in different seconds have different devices.
fn prefix() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    format!("sim-{seconds}")
}
