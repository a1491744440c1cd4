//! The recommender: rules, content and prior of one catalogue, with the constants of their blend.

use thiserror::Error;

use crate::postings::Postings;
use crate::{Content, Prior, Rules, Settings, SettingsError};

/// A ready recommender. Items are the numbers 0, 1, 2 … of the catalogue's products.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub(crate) rules: Option<Rules>,
    pub(crate) content: Content,
    pub(crate) prior: Prior,
    pub(crate) settings: Settings,
    /// Look to its items, the likeliest first, as places in the order of the prior.
    pub(crate) likeliest: Postings,
    /// The greatest weight of the prior in each look.
    pub(crate) leads: Vec<u16>,
}

/// Why parts do not make a recommender.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ModelError {
    /// Two parts speak of catalogues of different size.
    #[error("{part} knows {found} items, the catalogue has {expected}; train the pack again with this catalogue")]
    Size {
        /// The part: rules or popularity.
        part: &'static str,
        /// Items it knows.
        found: u32,
        /// Items of the catalogue.
        expected: u32,
    },
    /// A constant is out of its range.
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

impl Model {
    /// Joins the parts; all must know the same number of items.
    pub fn new(rules: Option<Rules>, content: Content, prior: Prior, settings: Settings) -> Result<Self, ModelError> {
        let expected = content.items();
        let sizes = [("popularity", Some(prior.items())), ("rules", rules.as_ref().map(Rules::items))];
        for (part, found) in sizes {
            if let Some(found) = found.filter(|&found| found != expected) {
                return Err(ModelError::Size { part, found, expected });
            }
        }
        let settings = settings.checked()?;
        let mut looks = Postings::default();
        prior.order().iter().for_each(|&item| looks.push_row([(content.look(item), 0)]));
        let likeliest = looks.transposed(content.looks());
        let first = |look| likeliest.row(look).0.first().and_then(|&place| prior.order().get(place as usize));
        let lead = |look| first(look).map_or(0, |&item| prior.weight(item));
        let leads = (0..content.looks() as u32).map(lead).collect();
        Ok(Self { rules, content, prior, settings, likeliest, leads })
    }

    /// Number of items.
    pub fn items(&self) -> u32 {
        self.content.items()
    }

    /// The learned rules, if the shop has a log.
    pub fn rules(&self) -> Option<&Rules> {
        self.rules.as_ref()
    }

    /// Features of the products.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// Popularity, or the shop's order.
    pub fn prior(&self) -> &Prior {
        &self.prior
    }

    /// The constants of the blend.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The same recommender with other constants.
    pub fn with_settings(mut self, settings: Settings) -> Result<Self, SettingsError> {
        self.settings = settings.checked()?;
        Ok(self)
    }
}
