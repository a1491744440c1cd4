//! Who may be suggested: the filter, and what each scenario leaves out by itself.

use vitrine_recommend::{Boost, Mask};

use crate::matching::{Conditions, Tally, note, take_out};
use crate::request::BoostMatch;
use crate::session::History;
use crate::{RecommendRequest, Scenario, Shop};

/// The products that may be suggested, and why the others may not.
pub(crate) struct Candidates {
    pub(crate) mask: Mask,
    pub(crate) filtered: Tally,
}

impl Candidates {
    /// Applies the request's filter and the manners of its scenario.
    ///
    /// Never suggested: what was bought (unless the filter wants it) and the anchors themselves. `home` leaves
    /// out what is in the basket and what was viewed; the viewed come back where fewer than `limit` products
    /// would remain. `together` and `basket` leave out the categories of the anchors.
    pub(crate) fn find(
        shop: &Shop,
        request: &RecommendRequest,
        history: &History<'_>,
        anchors: &[u32],
        limit: usize,
    ) -> Self {
        let filter = &request.filter;
        let items = shop.all().len();
        let mut filtered = Tally::new();
        let sold_out_too = filter.in_stock == Some(false);
        let mut mask = if sold_out_too { Mask::all(items as u32) } else { shop.buyable.clone() };
        note(&mut filtered, "stock", items - mask.count());
        Conditions::from(filter).apply(shop, &mut mask, &mut filtered);
        if request.scenario == Scenario::Category {
            Conditions::within(request.category.as_deref()).apply(shop, &mut mask, &mut filtered);
        }
        let excluded = filter.exclude.iter().filter_map(|id| shop.number(id));
        take_out(&mut mask, &mut filtered, "exclude", excluded);
        if !filter.bought {
            take_out(&mut mask, &mut filtered, "bought", history.bought.iter().copied());
        }
        take_out(&mut mask, &mut filtered, "anchor", anchors.iter().copied());
        match request.scenario {
            Scenario::Together | Scenario::Basket => {
                let kinds: Vec<u32> = anchors.iter().filter_map(|&item| shop.categories.leaf(item)).collect();
                let other = |item| shop.categories.leaf(item).is_none_or(|kind| !kinds.contains(&kind));
                note(&mut filtered, "kind", mask.retain(other));
            }
            Scenario::Home => {
                take_out(&mut mask, &mut filtered, "basket", history.basket.iter().copied());
                let viewed = history.viewed();
                let left = mask.count() - viewed.iter().filter(|&&item| mask.contains(item)).count();
                if left >= limit {
                    take_out(&mut mask, &mut filtered, "viewed", viewed);
                }
            }
            Scenario::Product | Scenario::Category => {}
        }
        Self { mask, filtered }
    }
}

/// The shop's preferences as sets of products.
pub(crate) fn boosts(shop: &Shop, request: &RecommendRequest) -> Vec<Boost> {
    let preference = |matching: &BoostMatch| {
        let items = shop.all().len() as u32;
        let mut mask = match &matching.items {
            None => Mask::all(items),
            Some(ids) => {
                let mut named = Mask::none(items);
                ids.iter().filter_map(|id| shop.number(id)).for_each(|item| named.insert(item));
                named
            }
        };
        Conditions::from(matching).apply(shop, &mut mask, &mut Tally::new());
        mask
    };
    request.boost.iter().map(|boost| Boost { items: preference(&boost.matching), by: boost.by }).collect()
}
