//! `vitrine simulate demand`: orders of days gone by, and what is true of the days to come.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;
use vitrine_device_simulator::demand::{Character, DAY, Product, date, day, invent};
use vitrine_device_simulator::{SimulatorError, http::Http, past, shop::Shop};
use vitrine_train::read_products;

use super::token::token;
use crate::failure::Failure;
use crate::files;

/// How long one answer may take.
const ANSWER: Duration = Duration::from_secs(60);
/// Days that a scale has weighed.
const WEIGHED: i64 = 90;
/// Orders between two words about how far it is.
const TOLD_EVERY: usize = 200;

/// Invents what customers of a catalogue wanted, each product in a way of its own: a sale of every year, growing, busy at
/// weekends, slow, fading, steady, taking off. Orders go to a worker, or, without --url, to --output, one a line. The
/// token of an operator is read from VITRINE_TOKEN or --token-file.
///
/// The same seed and anchor give the same days, so that it can be run again to go on, with --since.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Catalogue: one product as JSON per line.
    #[arg(long, value_name = "FILE")]
    catalogue: PathBuf,
    /// How many of its products sell.
    #[arg(long, default_value_t = 14)]
    products: usize,
    /// Products that are left out, such as those that devices count.
    #[arg(long, value_name = "SKU", value_delimiter = ',')]
    without: Vec<String>,
    /// Sites that they sell at, in turn.
    #[arg(long = "site", value_name = "SITE", value_delimiter = ',', default_values = ["online"])]
    sites: Vec<String>,
    /// One product more, never ordered: a scale at this site has seen it leave for 90 days.
    #[arg(long, value_name = "SITE", requires = "url")]
    weighed: Option<String>,
    /// Days before the anchor since when they sell; a product with a sale of every year sells for 770 at least.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(i64).range(1..=3000))]
    days: i64,
    /// The day after the last one, UTC; today where it is left out.
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// The day that trends and sales are told from; --until where it is left out.
    #[arg(long, value_name = "DATE")]
    anchor: Option<String>,
    /// Only from this day on.
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// The same seed gives the same demand.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Count what is there as well, some of it too little.
    #[arg(long, requires = "url")]
    stocktake: bool,
    /// Where to write what is true, as JSON.
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
    /// Where the worker is, such as http://localhost:8787.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// A file with the token, instead of the environment variable VITRINE_TOKEN.
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Connections to the worker.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
    connections: u32,
    /// Where to write orders that go to no worker; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-", conflicts_with = "url")]
    output: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let until = named("--until", args.until.as_deref())?.map_or_else(today, Ok)?;
    let anchor = named("--anchor", args.anchor.as_deref())?.unwrap_or(until);
    let since = named("--since", args.since.as_deref())?;
    let known = read_products(files::open(&args.catalogue)?).map_err(Failure::content(&args.catalogue))?;
    let mut skus: Vec<String> = known.products.iter().map(|product| product.id.to_string()).collect();
    skus.retain(|sku| !args.without.contains(sku));
    let needed = args.products.max(1) + usize::from(args.weighed.is_some());
    if skus.len() < needed {
        let (path, found) = (args.catalogue.display(), skus.len());
        return Err(Failure::Usage(format!("{path}: {needed} products are needed, there are {found}")));
    }
    skus.truncate(needed);
    // The anchor may lie before the last day: a history then goes on beyond it, and is as much longer.
    let days = args.days + (until - anchor).max(0);
    let weighed = args.weighed.as_ref().and_then(|site| {
        let sku = skus.pop()?;
        Some(Product::invent(&sku, site, Character::Steady, args.seed, anchor, WEIGHED))
    });
    let products = invent(&skus, &args.sites, args.seed, anchor, days);
    let orders = past::orders(&products, args.seed, since, until);
    // Written last: what it tells of is there then.
    let tell = || match &args.truth {
        Some(path) => write_truth(path, args.seed, anchor, until, &products, weighed.as_ref()),
        None => Ok(()),
    };
    let Some(url) = &args.url else {
        let mut out = files::create(&args.output)?;
        for order in &orders {
            let line = serde_json::to_string(order).map_err(|error| Failure::Usage(error.to_string()))?;
            writeln!(out, "{line}").map_err(Failure::file(&args.output))?;
        }
        out.flush().map_err(Failure::file(&args.output))?;
        return tell();
    };
    let connections = usize::try_from(args.connections).unwrap_or(1);
    let worker = Http::new(url, connections, ANSWER)?;
    let shop = Shop::new(&worker, token(args.token_file.as_deref())?);
    if args.stocktake {
        past::count(&shop, &products, until)?;
    }
    if let Some(product) = &weighed {
        weigh(&shop, product, until)?;
    }
    past::send(&shop, &orders, connections, &|sent| {
        if sent % TOLD_EVERY == 0 {
            eprintln!("demand: {sent} of {} orders", orders.len());
        }
    })?;
    eprintln!("demand: {} orders of {} invented products, up to {}", orders.len(), products.len(), date(until - 1));
    tell()
}

fn weigh(shop: &Shop<'_>, product: &Product, until: i64) -> Result<(), SimulatorError> {
    let id = format!("shelf-{}", product.sku);
    if past::weigh(shop, product, &id, WEIGHED, until)? {
        eprintln!("demand: {id} tells of {WEIGHED} days of {}", product.sku);
    } else {
        eprintln!("demand: {id} is there already");
    }
    Ok(())
}

fn named(what: &str, text: Option<&str>) -> Result<Option<i64>, Failure> {
    let Some(text) = text else { return Ok(None) };
    day(text).map(Some).ok_or_else(|| Failure::Usage(format!("{what}: {text:?} is no date; write one like 2026-11-24")))
}

fn today() -> Result<i64, Failure> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    i64::try_from(since)
        .map(|at| at.div_euclid(DAY))
        .map_err(|_| Failure::Usage("the clock of this machine is wrong: give --until".to_owned()))
}

fn write_truth(
    path: &std::path::Path,
    seed: u64,
    anchor: i64,
    until: i64,
    products: &[Product],
    weighed: Option<&Product>,
) -> Result<(), Failure> {
    let truths = |products: &[Product]| products.iter().map(|product| product.truth(until)).collect::<Vec<_>>();
    let truth = json!({
        "seed": seed,
        "anchor": date(anchor),
        "until": date(until),
        "ordered": truths(products),
        "weighed": weighed.map(|product| product.truth(until)),
    });
    let mut out = files::create(path)?;
    writeln!(out, "{truth:#}").and_then(|()| out.flush()).map_err(Failure::file(path))
}
