//! A row of named fields, as tables, Google's XML and flat JSON have them, and the product it stands for.

use std::collections::BTreeMap;

use super::draft::{Draft, Offer, nameless};
use super::names::{self, Column};
use super::naming::{localized, path, slug};
use super::{Expected, FeedOptions, FeedProblem, availability, html, price};
use crate::{Availability, Category, Currency, Identifier, Language, Localized, Picture};

/// One field: what it means, how the feed calls it, what it holds.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) column: Column,
    pub(super) name: String,
    pub(super) value: String,
}

/// A row of the feed.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) fields: Vec<Field>,
}

/// The value of a field with the field's name.
#[derive(Clone, Copy)]
struct Cell<'a> {
    name: &'a str,
    value: &'a str,
}

impl Row {
    /// The first field of this meaning that holds something.
    fn get(&self, column: &Column) -> Option<Cell<'_>> {
        self.all(column).next()
    }

    fn all(&self, column: &Column) -> impl Iterator<Item = Cell<'_>> {
        let column = column.clone();
        let filled = self.fields.iter().filter(move |field| field.column == column && !field.value.trim().is_empty());
        filled.map(|field| Cell { name: &field.name, value: field.value.trim() })
    }

    fn has(&self, column: &Column) -> bool {
        self.fields.iter().any(|field| field.column == *column)
    }

    /// What the row says of a product.
    pub(super) fn draft(&self, options: &FeedOptions) -> Result<Draft, FeedProblem> {
        let (id, group) = self.id()?;
        let mut draft = Draft::new(self.line, id, options.language);
        draft.group = group;
        self.fill(&mut draft, options).map_err(|problem| draft.problem(problem))?;
        Ok(draft)
    }

    /// The product's id, and whether other rows may share it. Without an id, the title makes one.
    fn id(&self) -> Result<(Identifier, bool), FeedProblem> {
        let cell = self.get(&Column::Group).map(|cell| (cell, true));
        let own = || self.get(&Column::Id).or_else(|| self.get(&Column::Sku)).map(|cell| (cell, false));
        if let Some((cell, group)) = cell.or_else(own) {
            return Identifier::new(cell.value)
                .map(|id| (id, group))
                .map_err(|_| self.problem(cell, Expected::Identifier));
        }
        let title = self.get(&Column::Title(None)).or_else(|| self.get(&Column::Title(Some(Language::En))));
        let Some(title) = title.or_else(|| self.get(&Column::Title(Some(Language::Zh)))) else {
            return Err(FeedProblem::new(self.line, "title", "", Expected::Text));
        };
        let id = Identifier::new(slug(&html::line(title.value)));
        id.map(|id| (id, false)).map_err(|_| self.problem(title, Expected::Identifier))
    }

    fn problem(&self, cell: Cell<'_>, expected: Expected) -> FeedProblem {
        FeedProblem::new(self.line, cell.name, cell.value, expected)
    }

    fn fill(&self, draft: &mut Draft, options: &FeedOptions) -> Result<(), FeedProblem> {
        self.check_published()?;
        draft.title = self.text(Column::Title, options.language, html::line);
        draft.description = self.text(Column::Description, options.language, html::plain);
        draft.brand = self.get(&Column::Brand).map(|cell| html::line(cell.value));
        draft.category = self.category(options.language);
        draft.link = self.get(&Column::Link).map(|cell| self.address(cell)).transpose()?;
        self.properties(draft, options.language);
        self.pictures(draft, options.language)?;
        draft.option_names = [0, 1, 2].map(|place| {
            self.get(&Column::OptionName(place)).map(|cell| option_key(cell.value)).filter(|key| !key.is_empty())
        });
        draft.offers.extend(self.offer(draft.group, options)?);
        Ok(())
    }

    fn check_published(&self) -> Result<(), FeedProblem> {
        let hidden = |column: &Column, value: &str| match (column, value.to_lowercase().as_str()) {
            (Column::Published, "true" | "yes" | "1" | "y" | "active" | "是") => false,
            (Column::Published, _) => true,
            (_, "active" | "publish" | "published" | "enabled" | "true" | "1" | "上架" | "在售") => false,
            (_, _) => true,
        };
        let found = [Column::Status, Column::Published]
            .into_iter()
            .find_map(|column| self.get(&column).filter(|cell| hidden(&column, cell.value)));
        match found {
            Some(cell) => Err(self.problem(cell, Expected::Published)),
            None => Ok(()),
        }
    }

    fn text(&self, of: fn(Option<Language>) -> Column, language: Language, read: fn(&str) -> String) -> Localized {
        let value = |language| self.get(&of(language)).map(|cell| read(cell.value)).unwrap_or_default();
        let mut text = localized(language, value(None));
        for (own, into) in [(Language::En, &mut text.en), (Language::Zh, &mut text.zh)] {
            let known = value(Some(own));
            if !known.is_empty() {
                *into = known;
            }
        }
        text
    }

    fn category(&self, language: Language) -> Vec<Category> {
        let of_rank = |rank| {
            let cell = self.get(&Column::Category(rank))?;
            let names_one = cell.value.parse::<u64>().is_err() && !names::is_form_of_sale(cell.value);
            names_one.then_some(cell)
        };
        let Some(cell) = (0..=3).rev().find_map(of_rank) else { return Vec::new() };
        let text = html::line(cell.value);
        let sign = ['>', '›', '|', '/'].into_iter().find(|sign| text.contains(*sign)).unwrap_or('>');
        // Google's `product_type` may list several paths; the first one is the product's own.
        let first = text.split(',').next().filter(|_| sign == '>').unwrap_or(&text);
        let mut steps: Vec<&str> = first.split(sign).collect();
        if matches!(steps.first().map(|step| step.trim().to_lowercase()).as_deref(), Some("home" | "首页"))
            && steps.len() > 1
        {
            steps.remove(0);
        }
        path(steps.into_iter(), language)
    }

    fn properties(&self, draft: &mut Draft, language: Language) {
        for field in self.fields.iter().filter(|field| !field.value.trim().is_empty()) {
            if let Column::Property(key) = field.column {
                draft.property(key, localized(language, html::line(&field.value)));
            }
        }
        for tag in self.all(&Column::Tags).flat_map(|cell| cell.value.split([',', ';', '，', '、'])) {
            draft.property("tag", localized(language, html::line(tag)));
        }
    }

    fn pictures(&self, draft: &mut Draft, language: Language) -> Result<(), FeedProblem> {
        let alt =
            self.get(&Column::PictureAlt).map(|cell| localized(language, html::line(cell.value))).unwrap_or_default();
        let more =
            self.all(&Column::Pictures).flat_map(|cell| addresses(cell.value).map(move |value| Cell { value, ..cell }));
        for cell in self.all(&Column::Picture).chain(more) {
            let url = self.address(cell)?;
            let alt = if draft.pictures.is_empty() { alt.clone() } else { Localized::default() };
            draft.picture(Picture { url, alt, width: None, height: None, role: Default::default() });
        }
        Ok(())
    }

    fn address(&self, cell: Cell<'_>) -> Result<String, FeedProblem> {
        address(cell.value).ok_or_else(|| self.problem(cell, Expected::Address))
    }

    /// What can be bought; `None` where the row names no price, as rows that only add a picture.
    fn offer(&self, group: bool, options: &FeedOptions) -> Result<Option<Offer>, FeedProblem> {
        let default = match self.get(&Column::Currency) {
            Some(cell) => Some(Currency::new(cell.value).map_err(|_| self.problem(cell, Expected::Currency))?),
            None => options.currency,
        };
        let money = |column| {
            let read = |cell: Cell<'_>| {
                price::parse(cell.value, default, options.language).map_err(|expected| self.problem(cell, expected))
            };
            self.get(&column).map(read).transpose()
        };
        let (asked, sale, before) = (money(Column::Price)?, money(Column::SalePrice)?, money(Column::CompareAt)?);
        // A sale that is bound to dates is left aside: whether it holds depends on when the page is seen.
        let sale = sale.filter(|_| self.get(&Column::SaleDates).is_none());
        let (price, compare_at) = match (asked, sale) {
            (Some(asked), Some(sale)) if sale.currency == asked.currency && sale.minor < asked.minor => {
                (sale, Some(asked))
            }
            (Some(price), _) | (None, Some(price)) => (price, before),
            (None, None) => return Ok(None),
        };
        let sku = self.get(&Column::Sku).or_else(|| self.get(&Column::Id).filter(|_| group));
        let sku = sku
            .map(|cell| Identifier::new(cell.value).map_err(|_| self.problem(cell, Expected::Identifier)))
            .transpose()?;
        let availability = self.availability()?;
        let bare = |column| self.get(&column).is_some_and(|cell| price::names_no_currency(cell.value));
        let currency_assumed =
            self.get(&Column::Currency).is_none() && (bare(Column::Price) || bare(Column::SalePrice));
        Ok(Some(Offer { sku, options: self.choices(), price, compare_at, availability, currency_assumed }))
    }

    fn availability(&self) -> Result<Availability, FeedProblem> {
        let counted = !self.has(&Column::Counter) || self.get(&Column::Counter).is_some();
        let (state, units) = (self.get(&Column::Availability), self.get(&Column::Units).filter(|_| counted));
        let found = availability::parse(state.map(|cell| cell.value), units.map(|cell| cell.value));
        let sells_on = self.get(&Column::Policy).is_some_and(|cell| cell.value == "continue");
        let found = found.map(|found| match found {
            Availability::OutOfStock if sells_on => Availability::Backorder,
            other => other,
        });
        found.map_err(|(which, expected)| {
            let cell = match which {
                availability::Which::State => state,
                availability::Which::Units => units,
            };
            self.problem(cell.unwrap_or(Cell { name: "availability", value: "" }), expected)
        })
    }

    /// What sets this offer apart from others of the product.
    fn choices(&self) -> BTreeMap<String, String> {
        let mut choices = BTreeMap::new();
        for place in 0..3 {
            let Some(value) = self.get(&Column::OptionValue(place)) else { continue };
            let name = self.get(&Column::OptionName(place)).map_or("", |cell| cell.value);
            choices.extend(choice(usize::from(place), name, value.value));
        }
        for key in ["size", "colour"] {
            if let Some(cell) = self.get(&Column::Choice(key)) {
                choices.entry(key.to_owned()).or_insert_with(|| html::line(cell.value));
            }
        }
        choices
    }
}

/// An option with its value under the name that pages know; `None` for the placeholder of products without options.
pub(super) fn choice(place: usize, name: &str, value: &str) -> Option<(String, String)> {
    if value.eq_ignore_ascii_case("default title") {
        return None;
    }
    let key = option_key(name);
    Some((if key.is_empty() { nameless(place) } else { key }, html::line(value)))
}

/// The key of an option called `name`: `Color` is `colour`.
fn option_key(name: &str) -> String {
    let normal = names::normal(name);
    names::choice(&normal).map_or(normal, str::to_owned)
}

/// The addresses in a list; commas may stand within an address, so only those before the next one divide.
fn addresses(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = list;
    std::iter::from_fn(move || {
        rest = rest.trim_matches([',', ' ', '\n', '\r', '\t', '|', ';']);
        let next = rest.char_indices().skip(1).find(|&(at, c)| {
            let before = rest.get(..at).is_some_and(|before| before.ends_with([',', ' ', '\n', '\r', '\t', '|', ';']));
            before && (c == '/' || rest.get(at..).is_some_and(|rest| rest.starts_with("http")))
        });
        let (first, after) = rest.split_at(next.map_or(rest.len(), |(at, _)| at));
        rest = after;
        Some(first.trim_end_matches([',', ' ', '\n', '\r', '\t', '|', ';'])).filter(|first| !first.is_empty())
    })
}

/// An address that is safe to put into a page: of the web, or a path that begins with `/`.
///
/// One without a scheme, such as `www.example.com/a.jpg`, gets `https://`.
pub(super) fn address(text: &str) -> Option<String> {
    let sound =
        !text.is_empty() && text.len() <= 2048 && !text.chars().any(|c| c.is_control() || c == ' ' || c == '\\');
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let host = text.split(['/', '?']).next().unwrap_or_default();
    let is_host = host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains(':');
    match text {
        _ if !sound => None,
        _ if starts("https://") || starts("http://") => Some(text.to_owned()),
        _ if starts("//") => Some(format!("https:{text}")),
        _ if text.starts_with('/') => Some(text.to_owned()),
        _ if is_host && text.contains('/') => Some(format!("https://{text}")),
        _ => None,
    }
}
