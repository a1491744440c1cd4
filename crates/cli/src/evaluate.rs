//! `vitrine evaluate recommend`: figures on held-out next items; `vitrine evaluate text`: on texts.

use std::path::PathBuf;
use std::time::Instant;

use clap::Subcommand;
use vitrine_train::{METRIC_NAMES, Protocol, Split, evaluate, tune};

use crate::failure::Failure;
use crate::files::{Items, read_log};

/// What to evaluate.
#[derive(Subcommand)]
pub(crate) enum Evaluate {
    /// Next-item recommendation: each shopper's last item, ranked among all they had not seen.
    Recommend {
        /// Event log: JSON lines, or lines `shopper item item …` in order of time.
        #[arg(long, value_name = "FILE")]
        log: PathBuf,
        #[command(flatten)]
        items: Items,
        /// Most successors kept per item; 64 halve the size of the rules for about a hundredth of their quality.
        #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u16).range(1..))]
        successors: u16,
        /// Where the bootstrap starts.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print one JSON object per recommender instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// A text classifier, on texts that it was not trained with.
    Text(crate::text::EvaluateArgs),
}

pub(crate) fn run(what: &Evaluate) -> Result<(), Failure> {
    let (log, items, successors, seed, json) = match what {
        Evaluate::Recommend { log, items, successors, seed, json } => (log, items, successors, seed, json),
        Evaluate::Text(args) => return crate::text::evaluate(args),
    };
    let known = items.read()?;
    let log = read_log(log, &known.ids())?;
    let split = Split::leave_one_out(&log)?;
    let content = known.content(&log.items);
    let start = Instant::now();
    let tuned = tune(&split, &content, usize::from(*successors))?;
    let tuning = start.elapsed();
    let evaluations = evaluate(&split, &content, &tuned, *seed)?;
    let (rules, blend) = (tuned.rules, tuned.blend);
    eprintln!(
        "{}{} shoppers, {} items, {} events; {} test cases; last item = test, the one before = validation, full ranking",
        if log.simulated { "simulated log: " } else { "" },
        log.sequences.len(),
        log.items.len(),
        log.events,
        split.test.len()
    );
    eprintln!(
        "tuned on validation in {:.1} s: back {}, decay {}, content {}, confidence {}, prior {}; bootstrap seed {seed}",
        tuning.as_secs_f64(),
        tuned.back,
        rules.decay,
        blend.content,
        blend.confidence,
        blend.prior
    );
    if !json {
        println!("{:<11} {:<7} {}", "", "", METRIC_NAMES.map(|name| format!("{name:<20}")).join(" "));
    }
    for evaluation in evaluations {
        let protocol = if evaluation.protocol == Protocol::Strict { "strict" } else { "refit" };
        let (metrics, interval) = (evaluation.metrics, evaluation.interval);
        if *json {
            let values: serde_json::Map<_, _> = METRIC_NAMES
                .iter()
                .zip(metrics.values)
                .map(|(name, value)| ((*name).to_owned(), value.into()))
                .collect();
            println!(
                "{}",
                serde_json::json!({ "name": evaluation.name, "protocol": protocol, "metrics": values,
                    "low": interval.low, "high": interval.high })
            );
            continue;
        }
        let cells = metrics.values.iter().zip(interval.low).zip(interval.high);
        let cells: Vec<String> = cells.map(|((value, low), high)| format!("{value:.4} [{low:.4} {high:.4}]")).collect();
        println!("{:<11} {protocol:<7} {}", evaluation.name, cells.join(" "));
    }
    Ok(())
}
