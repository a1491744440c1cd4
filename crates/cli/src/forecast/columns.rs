//! Which columns of a file mean what.

/// Names of columns, where they are not among the usual ones.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Columns {
    /// Column that tells series apart [usual: id, sku, item, product, series, unique_id, Sensor].
    #[arg(long, value_name = "NAME")]
    id_column: Option<String>,
    /// Column of dates [usual: date_time, datetime, timestamp, date, ds, time, day, week, month].
    #[arg(long, value_name = "NAME")]
    date_column: Option<String>,
    /// Column of values [usual: value, y, quantity, units, sales, weekly_sales, demand, count].
    #[arg(long, value_name = "NAME")]
    value_column: Option<String>,
    /// Column that is 1, true or yes where stock had run out [usual: out_of_stock, stockout].
    #[arg(long, value_name = "NAME")]
    stockout_column: Option<String>,
    /// Column of units on hand, of which the last row counts; a 0 also means that stock had run out [usual: on_hand].
    #[arg(long, value_name = "NAME")]
    on_hand_column: Option<String>,
}

/// Names of a column that holds a whole series, its values between spaces.
pub(crate) const WHOLE: &[&str] = &["train", "values"];

/// Places of columns in a file of one observation per row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) id: Option<usize>,
    pub(crate) date: usize,
    pub(crate) value: usize,
    pub(crate) stockout: Option<usize>,
    pub(crate) on_hand: Option<usize>,
}

const IDS: &[&str] = &["id", "sku", "item", "product", "product_id", "series", "unique_id", "sensor"];
const DATES: &[&str] = &["date_time", "datetime", "timestamp", "date", "ds", "time", "day", "week", "month"];
const VALUES: &[&str] = &["value", "y", "quantity", "units", "sales", "weekly_sales", "demand", "count"];
const STOCKOUTS: &[&str] = &["out_of_stock", "stockout", "stock_out"];
const ON_HAND: &[&str] = &["on_hand", "stock", "inventory"];

impl Columns {
    /// Finds the columns in a heading. `Ok(None)` where it names neither date nor value: then it is another format.
    pub(crate) fn places(&self, heading: &[String]) -> Result<Option<Places>, String> {
        let find = |asked: &Option<String>, usual: &[&str]| match asked {
            Some(name) => heading
                .iter()
                .position(|column| column == name)
                .map(Some)
                .ok_or_else(|| format!("there is no column `{name}`: there are {}", heading.join(", "))),
            None => {
                Ok(usual.iter().find_map(|name| heading.iter().position(|column| column.eq_ignore_ascii_case(name))))
            }
        };
        let (date, value) = (find(&self.date_column, DATES)?, find(&self.value_column, VALUES)?);
        let (Some(date), Some(value)) = (date, value) else {
            let missing = match (date, value) {
                (None, None) => return Ok(None),
                (None, _) => "dates: name it with --date-column",
                _ => "values: name it with --value-column",
            };
            return Err(format!("no column holds the {missing}; there are {}", heading.join(", ")));
        };
        Ok(Some(Places {
            id: find(&self.id_column, IDS)?,
            date,
            value,
            stockout: find(&self.stockout_column, STOCKOUTS)?,
            on_hand: find(&self.on_hand_column, ON_HAND)?,
        }))
    }
}
