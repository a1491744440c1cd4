//! One shopper in one shop: the session goes in, suggestions with their reasons come out.

use vitrine_catalog::{Interaction, Messages};
use vitrine_pack::Pack;
use vitrine_recommend::{Query, Resemblance, Scratch};

use crate::anchors::Anchors;
use crate::answer::{Receipt, Recommendations};
use crate::candidates::{Candidates, boosts};
use crate::reasons::Teller;
use crate::session::Session;
use crate::suggestions::Suggestions;
use crate::{ProductPage, ProductQuery, RecommendRequest, Scenario, Shop, StorefrontError};

/// The sentences of the reasons.
const REASONS: &str = include_str!("../../../messages/reasons.json");

/// A shop with the session of the shopper who looks at it.
#[derive(Clone, Debug)]
pub struct Storefront {
    shop: Shop,
    session: Session,
    messages: Messages,
    scratch: Scratch,
}

impl Storefront {
    /// Opens the shop of a checked pack, with an empty session.
    pub fn open(pack: &Pack) -> Result<Self, StorefrontError> {
        let (shop, messages) = (Shop::open(pack)?, Messages::embedded(REASONS));
        Ok(Self { shop, session: Session::default(), messages, scratch: Scratch::default() })
    }

    /// The shop itself.
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// Replaces the session by `events`, oldest first.
    ///
    /// Events with products that the pack does not hold are ignored; gives back the ids of those products.
    pub fn set_events(&mut self, events: Vec<Interaction>) -> Vec<String> {
        self.follow_events(0, events)
    }

    /// Keeps the first `kept` events of the session, which `events` follow; gives back what [`Self::set_events`] does.
    pub fn follow_events(&mut self, kept: usize, events: Vec<Interaction>) -> Vec<String> {
        self.session.follow(kept, events, &self.shop);
        self.session.unknown()
    }

    /// A page of the shop's products.
    pub fn products(&self, query: &ProductQuery) -> Result<ProductPage<'_>, StorefrontError> {
        self.shop.products(query)
    }

    /// The best suggestions for the request, each with the parts of its score.
    pub fn recommend(&mut self, request: &RecommendRequest) -> Result<Recommendations, StorefrontError> {
        Ok(self.suggest(request)?.told())
    }

    /// The same before it is put into words and plain objects.
    pub fn suggest<'a>(&'a mut self, request: &'a RecommendRequest) -> Result<Suggestions<'a>, StorefrontError> {
        let (limit, diversity) = request.measures()?;
        let shop = &self.shop;
        let history = self.session.history(&request.without);
        let Anchors { items: anchors, unknown } = Anchors::of(request, shop, &history)?;
        let Candidates { mask, filtered } = Candidates::find(shop, request, &history, &anchors, limit);
        let resemblance = match request.scenario {
            Scenario::Together | Scenario::Basket => Resemblance::Style,
            Scenario::Home | Scenario::Product | Scenario::Category => Resemblance::Whole,
        };
        let query = Query {
            history: &history.events,
            anchors: &anchors,
            allowed: &mask,
            boosts: &boosts(shop, request),
            diversity,
            resemblance,
            limit,
        };
        let scored = shop.model.recommend(&query, &mut self.scratch);
        let receipt = Receipt {
            scenario: request.scenario,
            pack: shop.pack_id().to_owned(),
            candidates: mask.count() as u32,
            filtered,
            events: Vec::new(),
            without: request.without.clone(),
            unknown,
        };
        let teller = Teller {
            shop,
            messages: &self.messages,
            history,
            anchors,
            boosts: &request.boost,
            resemblance,
            language: request.language,
            words: request.words.unwrap_or(true),
        };
        Ok(Suggestions { teller, scored, receipt })
    }
}
