//! `vitrine train recommend`: from an event log to a pack; `vitrine train text`: from labelled texts to a classifier.

use std::path::PathBuf;
use std::time::Instant;

use clap::Subcommand;
use vitrine_train::train;

use crate::failure::Failure;
use crate::files::{Items, read_log, write_pack};
use crate::pack::{Name, writer};

/// What to train.
#[derive(Subcommand)]
pub(crate) enum Train {
    /// Next-item recommendation; constants are tuned on held-out items.
    Recommend {
        /// Event log: JSON lines, or lines `shopper item item …` in order of time.
        #[arg(long, value_name = "FILE")]
        log: PathBuf,
        #[command(flatten)]
        items: Items,
        /// Most successors kept per item; 64 halve the size of the rules for about a hundredth of their quality.
        #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u16).range(1..))]
        successors: u16,
        /// Folder to write the pack into.
        #[arg(long, value_name = "DIR")]
        pack: PathBuf,
        #[command(flatten)]
        name: Name,
    },
    /// A text classifier, such as the one that takes what shoppers say for commands.
    Text(crate::text::TrainArgs),
}

pub(crate) fn run(what: &Train) -> Result<(), Failure> {
    let (path, items, successors, pack, name) = match what {
        Train::Recommend { log, items, successors, pack, name } => (log, items, successors, pack, name),
        Train::Text(args) => return crate::text::train(args),
    };
    let start = Instant::now();
    let mut known = items.read()?;
    let log = read_log(path, &known.ids())?;
    let trained = train(&log, known.content(&log.items), usize::from(*successors))?;
    let (model, tuned) = (&trained.model, &trained.tuned);
    known.complete(&log.items);
    let mut writer = writer(&known.products, name)?.simulated(log.simulated).settings("recommend", model.settings())?;
    if let Some(rules) = model.rules() {
        writer = writer.section("rules", 1, "bin", rules.to_section());
    }
    if let Some(popularity) = model.prior().to_section() {
        writer = writer.section("popularity", 1, "bin", popularity);
    }
    write_pack(&writer.finish(), pack)?;
    eprintln!(
        "trained on {} {}interactions with {} items in {:.1} s: back {}, decay {}, content {}, confidence {}, prior {}",
        log.events,
        if log.simulated { "simulated " } else { "" },
        log.items.len(),
        start.elapsed().as_secs_f64(),
        tuned.back,
        model.settings().decay,
        model.settings().content,
        model.settings().confidence,
        model.settings().prior
    );
    Ok(())
}
