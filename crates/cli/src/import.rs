//! `vitrine import`: a shop's product feed into a catalogue, one product as JSON per line.

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use vitrine_catalog::{Currency, Expected, FeedBatch, FeedError, FeedFormat, FeedOptions, FeedReader, Language};

use crate::failure::Failure;
use crate::files::{Output, open};

/// Exit code where the catalogue was written but some rows were refused.
const SOME_REFUSED: u8 = 3;
/// Problems shown on the terminal.
const SHOWN: u64 = 20;

/// Arguments of `vitrine import`.
#[derive(clap::Args)]
#[command(after_help = "Exit code: 0 all rows were imported, 3 some were refused, 1 nothing was imported.")]
pub(crate) struct Args {
    /// Shopify's products.json or CSV export, a Google Merchant feed (TSV, XML), CSV or JSON lines; `-` reads standard input.
    feed: PathBuf,
    /// Catalogue to write; `-` writes to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The feed's format, if it cannot be told from its first bytes.
    #[arg(long)]
    format: Option<Format>,
    /// Language of the feed's texts.
    #[arg(long, default_value = "en")]
    language: Speech,
    /// ISO 4217 code for prices that name no currency.
    #[arg(long, value_name = "CODE", value_parser = |code: &str| Currency::new(code).map_err(|error| error.to_string()))]
    currency: Option<Currency>,
    /// Write every refused row to this CSV file.
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    ShopifyJson,
    GoogleTsv,
    GoogleXml,
    Csv,
    Jsonl,
}

#[derive(Clone, Copy, ValueEnum)]
enum Speech {
    En,
    Zh,
}

impl Args {
    fn options(&self) -> FeedOptions {
        let format = self.format.map(|format| match format {
            Format::ShopifyJson => FeedFormat::ShopifyJson,
            Format::GoogleTsv => FeedFormat::GoogleTsv,
            Format::GoogleXml => FeedFormat::GoogleXml,
            Format::Csv => FeedFormat::Csv,
            Format::Jsonl => FeedFormat::Jsonl,
        });
        let language = match self.language {
            Speech::En => Language::En,
            Speech::Zh => Language::Zh,
        };
        let file_name = self.feed.file_name().map(|name| name.to_string_lossy().into_owned());
        FeedOptions { format, file_name, language, currency: self.currency }
    }
}

/// Where products and problems go.
struct Sink<'a> {
    args: &'a Args,
    catalogue: Output,
    refused: Option<Output>,
    problems: u64,
    lacks_currency: bool,
}

impl<'a> Sink<'a> {
    fn begin(args: &'a Args) -> Result<Self, Failure> {
        let mut refused = args.refused.as_deref().map(Output::begin).transpose()?;
        if let (Some(file), Some(path)) = (&mut refused, &args.refused) {
            writeln!(file, "line,item,field,found,expected").map_err(Failure::file(path))?;
        }
        let catalogue = Output::begin(&args.output)?;
        Ok(Self { args, catalogue, refused, problems: 0, lacks_currency: false })
    }

    fn take(&mut self, batch: FeedBatch) -> Result<(), Failure> {
        for product in &batch.products {
            let written = serde_json::to_writer(&mut self.catalogue, product).map_err(std::io::Error::from);
            let written = written.and_then(|()| self.catalogue.write_all(b"\n"));
            written.map_err(Failure::file(&self.args.output))?;
        }
        for problem in &batch.problems {
            self.problems += 1;
            self.lacks_currency |= problem.expected == Expected::Currency;
            if self.problems <= SHOWN {
                eprintln!("  {}", problem.sentence(Language::En));
            }
            if let (Some(file), Some(path)) = (&mut self.refused, &self.args.refused) {
                let item = problem.item.as_deref().unwrap_or_default();
                let expected = problem.expected.text(Language::En);
                let quoted = [item, &problem.field, &problem.found, &expected].map(|text| text.replace('"', "\"\""));
                let [item, field, found, expected] = quoted;
                writeln!(file, "{},\"{item}\",\"{field}\",\"{found}\",\"{expected}\"", problem.line)
                    .map_err(Failure::file(path))?;
            }
        }
        Ok(())
    }

    /// What a person should know about the refused rows as a whole.
    fn advise(&self) {
        if self.problems > SHOWN {
            let advice = if self.refused.is_some() { "" } else { "; --refused FILE lists all" };
            eprintln!("  … and {} more{advice}", self.problems - SHOWN);
        }
        if self.lacks_currency {
            eprintln!("  Prices without a currency: name it for the whole feed, such as --currency EUR.");
        }
    }

    fn finish(self) -> Result<(), Failure> {
        self.refused.map_or(Ok(()), Output::finish)?;
        self.catalogue.finish()
    }
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    for output in [Some(&args.output), args.refused.as_ref()].into_iter().flatten() {
        let same = fs::canonicalize(output).ok().zip(fs::canonicalize(&args.feed).ok()).is_some_and(|(a, b)| a == b);
        if same {
            let problem = format!("{}: the feed itself would be overwritten; write to another file", output.display());
            return Err(Failure::Usage(problem));
        }
    }
    let mut feed: Box<dyn Read> =
        if args.feed.as_os_str() == "-" { Box::new(std::io::stdin().lock()) } else { Box::new(open(&args.feed)?) };
    let mut sink = Sink::begin(args)?;
    let mut reader = FeedReader::new(args.options());
    let read = read(args, &mut feed, &mut reader, &mut sink);
    sink.advise();
    read?;
    let (problems, format) = (sink.problems, reader.format().map_or("", FeedFormat::name));
    sink.finish()?;
    let (rows, products) = (reader.rows(), reader.products());
    eprintln!("{} ({format}): {rows} rows, {products} products, {problems} refused", args.feed.display());
    Ok(if problems > 0 { ExitCode::from(SOME_REFUSED) } else { ExitCode::SUCCESS })
}

/// Reads the feed to its end.
fn read(args: &Args, feed: &mut dyn Read, reader: &mut FeedReader, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let unreadable = |error: FeedError| Failure::Usage(format!("{}: {error}", args.feed.display()));
    let mut piece = vec![0; 1 << 16];
    loop {
        let length = feed.read(&mut piece).map_err(Failure::file(&args.feed))?;
        if length == 0 {
            return sink.take(reader.finish().map_err(unreadable)?);
        }
        sink.take(reader.push(piece.get(..length).unwrap_or_default()).map_err(unreadable)?)?;
    }
}
