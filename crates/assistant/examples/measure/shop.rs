//! A shop behind the assistant, as the worker would be: it looks things up, presses buttons, and notes what was done.

use vitrine_assistant::{
    Conversation, ForecastFact, Found, Input, Need, OrderFact, OrderLineFact, OrderNumber, OrderState, Reply,
    StockFact, Token,
};
use vitrine_catalog::Language;

use crate::world::World;

pub(crate) const NOW: u64 = 1_772_700_000_000;

/// One conversation with its shop.
pub(crate) struct Talk<'a> {
    pub(crate) world: &'a World,
    pub(crate) conversation: Conversation,
    pub(crate) orders: Vec<OrderFact>,
    pub(crate) site: String,
    /// The code that was sent last.
    pub(crate) code: Option<String>,
    count: u8,
}

/// An answer with what it was made from.
pub(crate) struct Answer {
    pub(crate) reply: Reply,
    pub(crate) found: Found,
}

impl<'a> Talk<'a> {
    pub(crate) fn new(world: &'a World, language: Language) -> Self {
        let order = |number: &str, day: &str, skus: &[&str]| {
            OrderNumber::new(number).ok().map(|number| OrderFact {
                number,
                placed_at: format!("{day}T09:30:00Z"),
                updated_at: None,
                state: OrderState::Placed,
                lines: skus.iter().map(|sku| OrderLineFact { sku: (*sku).to_owned(), units: 2, price: None }).collect(),
                returning: Vec::new(),
            })
        };
        Self {
            world,
            conversation: Conversation::new(language),
            orders: [
                order("1042", "2026-03-01", &["oxford-pink-m", "quarter-zip-navy-l"]),
                order("9001", "2019-07-17", &["victims-only-goods"]),
            ]
            .into_iter()
            .flatten()
            .collect(),
            site: "harbour-street".to_owned(),
            code: None,
            count: 0,
        }
    }

    pub(crate) fn say(&mut self, text: &str) -> Answer {
        self.input(&Input::Text { text: text.to_owned(), looking_at: None }, None)
    }

    pub(crate) fn input(&mut self, input: &Input, proposal: Option<&str>) -> Answer {
        let (knowledge, model) = (&self.world.knowledge, &self.world.model);
        let turn = match proposal {
            Some(proposal) => self.conversation.hear_proposed(input, proposal, NOW, knowledge, model).0,
            None => self.conversation.hear(input, NOW, knowledge, model),
        };
        let found = self.find(&turn.needs);
        let mut token = || {
            self.count += 1;
            Token([self.count.wrapping_mul(37).wrapping_add(11); 16])
        };
        let reply = self.conversation.say(&turn, &found, NOW, knowledge, &mut token);
        self.code = reply.send_code.as_ref().map(|sent| sent.code.clone()).or(self.code.take());
        Answer { reply, found }
    }

    fn find(&self, needs: &[Need]) -> Found {
        let mut found = Found::default();
        for need in needs {
            match need {
                Need::Stock { skus, .. } => found.stock.extend(skus.iter().take(3).map(|sku| StockFact {
                    sku: sku.clone(),
                    site: self.site.clone(),
                    units: 7,
                    observed_at: "2026-03-05T08:15:00Z".to_owned(),
                })),
                Need::Forecast { skus, .. } => found.forecasts.extend(skus.first().map(|sku| ForecastFact {
                    sku: sku.clone(),
                    runs_out: Some("2026-03-19".to_owned()),
                    arrives: Some("2026-03-23".to_owned()),
                    made_at: "2026-03-05T03:00:00Z".to_owned(),
                })),
                Need::Order { number } => {
                    found.orders.extend(self.orders.iter().find(|it| it.number == *number).cloned())
                }
            }
        }
        found
    }
}
