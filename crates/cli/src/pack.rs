//! `vitrine pack`: a pack from a catalogue alone.

use std::path::PathBuf;

use vitrine_catalog::Product;
use vitrine_pack::PackWriter;
use vitrine_recommend::Settings;
use vitrine_storefront::catalogue_writer;
use vitrine_train::read_products;

use crate::failure::Failure;
use crate::files::{open, write_pack};

/// How a pack is called.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Name {
    /// Name of the shop or pack; also names the shopper's stored session.
    #[arg(long, default_value = "shop")]
    id: String,
    /// Date to record in the pack, YYYY-MM-DD; the same input and date give the same bytes. Default: today.
    #[arg(long, value_name = "DATE")]
    created: Option<String>,
}

/// Arguments of `vitrine pack`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Catalogue: one product as JSON per line, as `vitrine import` writes it.
    #[arg(long, value_name = "FILE")]
    catalogue: PathBuf,
    /// Folder to write the pack into.
    #[arg(long, value_name = "DIR")]
    pack: PathBuf,
    #[command(flatten)]
    name: Name,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let known = read_products(open(&args.catalogue)?).map_err(Failure::content(&args.catalogue))?;
    if known.products.is_empty() {
        return Err(Failure::Usage(format!("{}: it holds no product", args.catalogue.display())));
    }
    let pack = writer(&known.products, &args.name)?.settings("recommend", &Settings::default())?.finish();
    write_pack(&pack, &args.pack)
}

/// A pack with its catalogue, to which a command adds what it learned.
pub(crate) fn writer(products: &[Product], name: &Name) -> Result<PackWriter, Failure> {
    let today = || {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        date(now.as_secs() / 86_400)
    };
    let created = name.created.clone().unwrap_or_else(today);
    Ok(catalogue_writer(products, &name.id, &created)?)
}

/// The calendar date of a number of days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn date(days: u64) -> String {
    let z = days + 719_468;
    let era = z / 146_097;
    let day_of_era = z % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_become_dates() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(11_016), "2000-02-29");
        assert_eq!(date(20_781), "2026-11-24");
    }
}
