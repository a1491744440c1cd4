//! `vitrine import`: a shop's product feed into a catalogue, one product as JSON per line.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use vitrine_catalog::{Currency, FeedBatch, FeedFormat, FeedOptions, FeedReader, Language};

use crate::failure::Failure;
use crate::files::{create, open};

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
struct Sink {
    catalogue: Box<dyn Write>,
    refused: Option<Box<dyn Write>>,
    problems: u64,
}

impl Sink {
    fn take(&mut self, batch: FeedBatch) -> std::io::Result<()> {
        for product in &batch.products {
            serde_json::to_writer(&mut self.catalogue, product)?;
            self.catalogue.write_all(b"\n")?;
        }
        for problem in &batch.problems {
            self.problems += 1;
            if self.problems <= SHOWN {
                eprintln!("  {}", problem.sentence(Language::En));
            }
            if let Some(file) = &mut self.refused {
                let item = problem.item.as_deref().unwrap_or_default();
                let expected = problem.expected.text(Language::En);
                let quoted = [item, &problem.field, &problem.found, &expected].map(|text| text.replace('"', "\"\""));
                let [item, field, found, expected] = quoted;
                writeln!(file, "{},\"{item}\",\"{field}\",\"{found}\",\"{expected}\"", problem.line)?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.catalogue.flush()?;
        self.refused.as_mut().map_or(Ok(()), |file| file.flush())
    }
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let mut feed: Box<dyn Read> =
        if args.feed.as_os_str() == "-" { Box::new(std::io::stdin().lock()) } else { Box::new(open(&args.feed)?) };
    let refused = args.refused.as_deref().map(create).transpose()?;
    let mut sink = Sink { catalogue: create(&args.output)?, refused, problems: 0 };
    if let Some(file) = &mut sink.refused {
        writeln!(file, "line,item,field,found,expected").map_err(Failure::file(&args.output))?;
    }
    let unreadable = |error: vitrine_catalog::FeedError| Failure::Usage(format!("{}: {error}", args.feed.display()));
    let mut reader = FeedReader::new(args.options());
    let mut piece = vec![0; 1 << 16];
    loop {
        let length = feed.read(&mut piece).map_err(Failure::file(&args.feed))?;
        if length == 0 {
            break;
        }
        let batch = reader.push(piece.get(..length).unwrap_or_default()).map_err(unreadable)?;
        sink.take(batch).map_err(Failure::file(&args.output))?;
    }
    let last = reader.finish();
    let batch = last.map_err(unreadable)?;
    sink.take(batch).and_then(|()| sink.flush()).map_err(Failure::file(&args.output))?;
    if sink.problems > SHOWN {
        let advice = if args.refused.is_some() { "" } else { "; --refused FILE lists all" };
        eprintln!("  … and {} more{advice}", sink.problems - SHOWN);
    }
    let format = reader.format().map_or("", FeedFormat::name);
    eprintln!(
        "{} ({format}): {} rows, {} products, {} refused",
        args.feed.display(),
        reader.rows(),
        reader.products(),
        sink.problems
    );
    Ok(if sink.problems > 0 { ExitCode::from(SOME_REFUSED) } else { ExitCode::SUCCESS })
}
