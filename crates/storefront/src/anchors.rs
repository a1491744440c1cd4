//! The products that a request is about.

use crate::session::History;
use crate::{RecommendRequest, Scenario, Shop, StorefrontError};

/// The products that a request is about, each once, and the ids among them that the pack does not hold.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    pub(crate) items: Vec<u32>,
    pub(crate) unknown: Vec<String>,
}

impl Anchors {
    pub(crate) fn of(request: &RecommendRequest, shop: &Shop, history: &History<'_>) -> Result<Self, StorefrontError> {
        let named: &[String] = match request.scenario {
            Scenario::Home => return Ok(Self::default()),
            Scenario::Category if request.category.is_none() => {
                let problem = "is missing; the scenario `category` needs the keys that lead to one";
                return Err(StorefrontError::request("category", problem));
            }
            Scenario::Category => return Ok(Self::default()),
            Scenario::Product | Scenario::Together => match &request.item {
                Some(item) => std::slice::from_ref(item),
                None => {
                    let problem = "is missing; the scenarios `product` and `together` need the id of one";
                    return Err(StorefrontError::request("item", problem));
                }
            },
            Scenario::Basket => match &request.items {
                Some(items) => items,
                None => return Ok(Self { items: history.basket.clone(), unknown: Vec::new() }),
            },
        };
        let mut anchors = Self::default();
        for id in named {
            match shop.number(id) {
                Some(item) if anchors.items.contains(&item) => {}
                Some(item) => anchors.items.push(item),
                None => anchors.unknown.push(id.clone()),
            }
        }
        Ok(anchors)
    }
}
