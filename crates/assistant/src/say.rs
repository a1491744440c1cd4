//! The second half of a turn: from commands and what was found to an answer.

use crate::command::{Command, Missing, Refusal, Talk};
use crate::conversation::{Conversation, Proof, Purpose};
use crate::found::Found;
use crate::input::Turn;
use crate::reply::{Reply, SendCode, Source};
use crate::slots::OrderNumber;
use crate::teller::Teller;
use crate::{Knowledge, Token, replies};

/// For how long a code counts, in milliseconds.
const CODE_FOR: u64 = 10 * 60 * 1000;
/// How many codes one conversation may ask for.
const MAX_CODES: u8 = 3;

impl Conversation {
    /// Answers a turn from what was `found`; `now` is in milliseconds since 1970, `token` gives random numbers, a new one each time.
    pub fn say(
        &mut self,
        turn: &Turn,
        found: &Found,
        now: u64,
        knowledge: &Knowledge,
        token: &mut dyn FnMut() -> Token,
    ) -> Reply {
        let mut teller = Teller::new(knowledge, found, self.language);
        for command in &turn.commands {
            self.answer(command, now, &mut teller, token);
        }
        let missed = turn.commands.iter().any(|it| matches!(it, Command::Refuse { why: Refusal::Unsure }));
        self.misses = if missed { self.misses.saturating_add(1) } else { 0 };
        if self.misses >= 2 {
            teller.reply.hand_over = true;
        }
        teller.reply
    }

    fn answer(&mut self, command: &Command, now: u64, teller: &mut Teller<'_>, token: &mut dyn FnMut() -> Token) {
        match command {
            Command::Find { wanted } => {
                let shown = replies::find(teller, wanted);
                self.show(&shown);
            }
            Command::Recommend { wanted, like } => {
                let shown = replies::recommend(teller, wanted, like.as_ref());
                self.show(&shown);
            }
            Command::Compare { products } => {
                replies::compare(teller, products);
                self.show(products);
            }
            Command::Question { product, about } => replies::question(teller, product, about),
            Command::Size { product, body } => replies::size(teller, product.as_ref(), body),
            Command::Stock { product, size } => replies::stock(teller, product, size.as_deref()),
            Command::Policy { about } => replies::policy(teller, about),
            Command::Order { number } if self.has_proven(number, now) => replies::order(teller, number),
            Command::Order { number } => self.ask_code(number, Purpose::Status, now, teller, token),
            Command::Return { number, products } if self.has_proven(number, now) => {
                self.pending = replies::ask_return(teller, number, products, now, token);
            }
            Command::Return { number, products } => {
                self.ask_code(number, Purpose::Return(products.clone()), now, teller, token);
            }
            Command::Confirmed { token, action } => self.act(token, action, now, teller),
            Command::Declined => teller.plain("return.declined"),
            Command::NothingPending { done: Some(action) } => replies::already(teller, action),
            Command::NothingPending { done: None } => teller.plain("return.nothing"),
            Command::Proof { outcome, .. } => replies::proof(teller, *outcome),
            Command::TryOn { product } => replies::try_on(teller, product),
            Command::HandOver => {
                teller.plain("handOver");
                teller.reply.hand_over = true;
            }
            Command::Clarify { missing } => self.ask_back(*missing, teller),
            Command::Chat { talk } => teller.plain(match talk {
                Talk::Greeting => "hello",
                Talk::Thanks => "thanks",
                Talk::Farewell => "farewell",
                Talk::Ability => "ability",
                Talk::Other => "talk",
            }),
            Command::Refuse { why } => {
                teller.plain(match why {
                    Refusal::OutOfScope => "refuse.scope",
                    Refusal::Unsure => "refuse.unsure",
                });
                if *why == Refusal::Unsure {
                    teller.offer_person();
                }
            }
        }
    }

    fn ask_back(&self, missing: Missing, teller: &mut Teller<'_>) {
        match missing {
            Missing::Product => {
                teller.plain("clarify.product");
                for id in &self.shown {
                    teller.choose_product(id);
                }
            }
            Missing::Wish => teller.plain("clarify.wish"),
            Missing::Second => teller.plain("clarify.second"),
            Missing::OrderNumber => teller.plain("clarify.order"),
            Missing::Words => teller.plain("clarify.words"),
            Missing::Brevity => teller.plain("clarify.brevity"),
            Missing::Button => {
                teller.plain("clarify.button");
                teller.reply.confirm = self.pending.as_ref().map(|pending| crate::reply::Confirmation {
                    token: pending.token.clone(),
                    action: pending.action.clone(),
                });
            }
        }
    }

    /// Sends a code without saying whether there is such an order.
    fn ask_code(
        &mut self,
        number: &OrderNumber,
        purpose: Purpose,
        now: u64,
        teller: &mut Teller<'_>,
        token: &mut dyn FnMut() -> Token,
    ) {
        if self.codes_sent >= MAX_CODES {
            teller.plain("order.codesSpent");
            teller.reply.hand_over = true;
            return;
        }
        self.codes_sent += 1;
        let code = token().code();
        teller.reply.send_code = Some(SendCode { number: number.clone(), code: code.clone() });
        self.proof = Some(Proof { number: number.clone(), code, until: now + CODE_FOR, tries: 0, purpose });
        let said = Source::Shopper { said: number.to_string() };
        teller.say("order.code", &[("number", number.as_str())], vec![said]);
    }

    fn act(&mut self, token: &str, action: &crate::command::Action, now: u64, teller: &mut Teller<'_>) {
        let crate::command::Action::StartReturn { number, .. } = action;
        if !self.has_proven(number, now) {
            teller.plain("return.unproven");
            return;
        }
        if replies::act(teller, action) {
            self.done.push((token.to_owned(), action.clone()));
            crate::conversation::keep_last(&mut self.done, crate::conversation::MAX_REMEMBERED);
        }
    }
}
