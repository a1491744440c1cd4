//! `vitrine train text` and `vitrine evaluate text`: from labelled texts to a classifier, and how good one is.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use vitrine_assistant::{Knowledge, Linear, features, utterance_features};
use vitrine_train::{
    Regularization, TextExample, TextFigures, TrainError, measure_text, read_examples, read_products, train_text,
};

use crate::failure::Failure;
use crate::files::{Output, open};

/// What texts are seen with.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Sight {
    /// Read texts as what shoppers of this catalogue say: that a colour or an order is named counts, which does not.
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
}

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct TrainArgs {
    /// Labelled texts: JSON lines with `text` and `label` or `command`, or CSV with such a heading.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    sight: Sight,
    /// Where the order of examples starts.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The classifier.
    #[arg(long, short, value_name = "MODEL")]
    output: PathBuf,
}

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct EvaluateArgs {
    /// Labelled texts that it was not trained with.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    sight: Sight,
    /// The classifier, as `vitrine train text` writes it.
    #[arg(long, value_name = "MODEL")]
    model: PathBuf,
    /// Print one JSON object instead of words.
    #[arg(long)]
    json: bool,
}

pub(crate) fn train(args: &TrainArgs) -> Result<(), Failure> {
    let start = Instant::now();
    let (examples, see) = (read(&args.files)?, args.sight.open()?);
    let trained = train_text(&examples, &*see, Regularization::default(), args.seed)?;
    let bytes = trained.model.to_bytes();
    let mut output = Output::begin(&args.output)?;
    output.write_all(&bytes).map_err(Failure::file(&args.output))?;
    output.finish()?;
    let labels = trained.model.labels.len();
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("trained on {} texts with {labels} labels in {seconds:.1} s: {} bytes", examples.len(), bytes.len());
    eprintln!("held out, in turn: {}", words(trained.held_out));
    Ok(())
}

pub(crate) fn evaluate(args: &EvaluateArgs) -> Result<(), Failure> {
    let bytes = std::fs::read(&args.model).map_err(Failure::file(&args.model))?;
    let model = Linear::open(&bytes).map_err(TrainError::from).map_err(Failure::content(&args.model))?;
    let figures = measure_text(&model, &read(&args.files)?, &*args.sight.open()?);
    if args.json {
        println!("{}", serde_json::json!(figures));
    } else {
        println!("{}", words(figures));
    }
    Ok(())
}

fn words(figures: TextFigures) -> String {
    let TextFigures { texts, accuracy, log_loss, calibration_error } = figures;
    format!("{texts} texts, accuracy {accuracy:.4}, log-loss {log_loss:.4}, calibration error {calibration_error:.4}")
}

fn read(files: &[PathBuf]) -> Result<Vec<TextExample>, Failure> {
    let mut examples = Vec::new();
    for path in files {
        examples.extend(read_examples(open(path)?).map_err(Failure::content(path))?);
    }
    Ok(examples)
}

/// How a text becomes features.
type See = Box<dyn Fn(&str) -> Vec<(u32, f32)>>;

impl Sight {
    fn open(&self) -> Result<See, Failure> {
        let Some(path) = &self.catalogue else {
            return Ok(Box::new(|text| features(text, &[])));
        };
        let path: &Path = path;
        let known = read_products(open(path)?).map_err(Failure::content(path))?;
        let knowledge = Knowledge::new(known.products, &[]);
        Ok(Box::new(move |text| utterance_features(text, &knowledge)))
    }
}
