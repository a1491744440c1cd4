//! `vitrine forecast`: what will be sold, how sure that is, and what it is made of.

mod answer;
mod columns;
mod table;

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use vitrine_forecast::{
    Autoregression, Ces, CrostonSba, Ets, Forecast, Frequency, Imapa, Level, Method, Mstl, Policy, Question, Reading,
    SeasonalNaive, Series, Silence, Stock, Theta, Tsb, Work, taking_off,
};

use crate::failure::Failure;
use answer::Answer;
use table::{Loaded, load};

/// What to forecast.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// CSV with columns for series, date and value; or one series per row, with dates as headings.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Periods ahead.
    #[arg(long, default_value_t = 28)]
    horizon: usize,
    /// Length of a period, where the file has no dates or they do not show it.
    #[arg(long, value_enum)]
    every: Option<Every>,
    /// Levels of quantiles, rising.
    #[arg(long, value_delimiter = ',', default_values_t = [0.05, 0.5, 0.95])]
    levels: Vec<f64>,
    /// `auto` tries what suits each series; others are for comparison, and their intervals are not calibrated.
    #[arg(long, value_enum, default_value_t = Name::Auto)]
    method: Name,
    /// What a period without a row means.
    #[arg(long, value_enum, default_value_t = Gaps::FromData)]
    gaps: Gaps,
    #[command(flatten)]
    columns: columns::Columns,
    /// Units that can be sold now, for the risk of running out; a column `on_hand` says it for each series.
    #[arg(long)]
    on_hand: Option<f64>,
    /// Periods from ordering until goods can be sold.
    #[arg(long, default_value_t = 7)]
    lead_time: usize,
    /// Probability of not running out while waiting for goods.
    #[arg(long, default_value_t = 0.95)]
    service: f64,
    /// Units that come together; orders are whole multiples.
    #[arg(long, default_value_t = 1.0)]
    pack: f64,
    /// Limit of work for each series, in steps of some nanoseconds.
    #[arg(long, default_value_t = 20_000_000)]
    steps: u64,
    /// Limit of iterations for each search of a model's constants.
    #[arg(long, default_value_t = 100)]
    iterations: usize,
    /// Print one JSON object per series instead of a table.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Every {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl From<Every> for Frequency {
    fn from(every: Every) -> Self {
        match every {
            Every::Hour => Self::Hour,
            Every::Day => Self::Day,
            Every::Week => Self::Week,
            Every::Month => Self::Month,
            Every::Quarter => Self::Quarter,
            Every::Year => Self::Year,
        }
    }
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Gaps {
    /// Zero where no row says zero and a tenth of the periods or more have no row, else unknown.
    FromData,
    /// Nothing was sold.
    Zero,
    /// Not known.
    Unknown,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Name {
    Auto,
    Naive,
    Ets,
    Damped,
    Theta,
    Ces,
    Ar,
    ArLog,
    Mstl,
    MstlLog,
    Level,
    CrostonSba,
    Tsb,
    Imapa,
}

impl Name {
    fn method(self) -> Option<Box<dyn Method>> {
        Some(match self {
            Self::Auto => return None,
            Self::Naive => Box::new(SeasonalNaive::default()),
            Self::Ets => Box::new(Ets::default()),
            Self::Damped => Box::new(Ets { damped: true }),
            Self::Theta => Box::new(Theta),
            Self::Ces => Box::new(Ces),
            Self::Ar => Box::new(Autoregression { logarithms: false }),
            Self::ArLog => Box::new(Autoregression { logarithms: true }),
            Self::Mstl => Box::new(Mstl::default()),
            Self::MstlLog => Box::new(Mstl { logarithms: true, theta: false }),
            Self::Level => Box::new(Level),
            Self::CrostonSba => Box::new(CrostonSba),
            Self::Tsb => Box::new(Tsb),
            Self::Imapa => Box::new(Imapa),
        })
    }
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let silence = match args.gaps {
        Gaps::FromData => Silence::FromData,
        Gaps::Zero => Silence::Zero,
        Gaps::Unknown => Silence::Unknown,
    };
    let reading = Reading { frequency: args.every.map(Frequency::from), silence, ..Reading::default() };
    let loaded = load(&args.file, &args.columns, reading)?;
    let question = Question { horizon: args.horizon, levels: &args.levels };
    let method = args.method.method();
    let policy = Policy { lead_time: args.lead_time, review: 1, service: args.service, pack: args.pack };
    let mut failed = 0_usize;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut say = |text: &str| out.write_all(text.as_bytes()).map_err(Failure::file(Path::new("standard output")));
    if !args.json {
        say(&format!("{}\n", Answer::heading(loaded.len() == 1)))?;
    }
    for Loaded { id, on_hand, series } in &loaded {
        let mut work = Work::new(args.steps, args.iterations);
        let forecast = match (series, &method) {
            (Ok(series), None) => Forecast::automatic(series, question, &mut work).map(|forecast| (series, forecast)),
            (Ok(series), Some(method)) => {
                Forecast::by(method.as_ref(), series, question, &mut work).map(|forecast| (series, forecast))
            }
            (Err(error), _) => Err(error.clone()),
        };
        let (series, forecast) = match forecast {
            Ok(both) => both,
            Err(error) => {
                failed += 1;
                eprintln!("vitrine: {}: {id}: {error}", args.file.display());
                continue;
            }
        };
        let stock = args.on_hand.or(*on_hand).map(|on_hand| Stock { on_hand, arriving: Vec::new() });
        let answer = Answer::new(id, series, forecast, stock.as_ref(), policy)?;
        if args.json {
            say(&format!("{}\n", answer.json()))?;
        } else if loaded.len() == 1 {
            say(&answer.dates())?;
        } else {
            say(&format!("{}\n", answer.line()))?;
        }
    }
    say(&growth(args, &loaded))?;
    out.flush().map_err(Failure::file(Path::new("standard output")))?;
    if failed == loaded.len() {
        return Err(Failure::Usage(format!("{}: none of the series can be forecast", args.file.display())));
    }
    Ok(())
}

/// Products taking off, where there are several to compare: a twelfth of the history against the three before it.
fn growth(args: &Args, loaded: &[Loaded]) -> String {
    let mut said = Vec::new();
    let sound: Vec<(&str, &Series)> =
        loaded.iter().filter_map(|one| Some((one.id.as_str(), one.series.as_ref().ok()?))).collect();
    if sound.len() < 2 {
        return String::new();
    }
    let series: Vec<&Series> = sound.iter().map(|(_, series)| *series).collect();
    let longest = series.iter().map(|series| series.values().len()).max().unwrap_or(0);
    let latest = (longest / 12).clamp(4, 28);
    for growth in taking_off(&series, latest, 0.05) {
        let id = sound.get(growth.place).map_or("", |(id, _)| id);
        if args.json {
            let line = serde_json::json!({ "taking_off": id, "growth": growth });
            said.push(format!("{line}\n"));
        } else {
            let (times, chance) = (growth.times, growth.chance);
            said.push(format!(
                "taking off: {id}: {times:.2} times as much in the last {latest} periods (by chance: {chance:.1e})\n"
            ));
        }
    }
    said.concat()
}
