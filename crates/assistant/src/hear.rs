//! The first half of a turn: from what a shopper does to commands and to what has to be looked up.

use vitrine_catalog::{Identifier, Language};

use crate::command::{Command, Kind, Missing, Refusal};
use crate::conversation::keep_last;
use crate::found::Need;
use crate::input::{Input, Turn, Understood};
use crate::proposal::{Dropped, Proposed, accept};
use crate::prove::lone_code;
use crate::resolve::Meant;
use crate::slots::{OrderNumber, PriceBounds, Reference, Slots, Wanted};
use crate::words::{MAX_CHARACTERS, is_han, normal};
use crate::{Conversation, Knowledge, Model};

/// Words that answer a question, normalised.
const YES: [&str; 22] = [
    "yes",
    "y",
    "yes please",
    "yeah",
    "yep",
    "ok",
    "okay",
    "sure",
    "confirm",
    "confirmed",
    "i confirm",
    "do it",
    "go ahead",
    "是",
    "是的",
    "好",
    "好的",
    "确认",
    "确定",
    "可以",
    "对",
    "嗯",
];
const NO: [&str; 15] = [
    "no",
    "n",
    "nope",
    "no thanks",
    "cancel",
    "stop",
    "don't",
    "never mind",
    "不",
    "不要",
    "不用",
    "不用了",
    "取消",
    "算了",
    "否",
];

impl Conversation {
    /// Understands what the shopper does; `now` is in milliseconds since 1970.
    #[must_use]
    pub fn hear(&mut self, input: &Input, now: u64, knowledge: &Knowledge, model: &Model) -> Turn {
        let (commands, understood) = match input {
            Input::Text { text, looking_at } => self.read(text, looking_at.as_ref(), now, knowledge, model),
            Input::Confirmation { token, yes } => (vec![self.pressed(token, *yes, now)], Understood::default()),
            Input::Code { code } => (self.code(code, now), Understood::default()),
        };
        self.turn(commands, understood, now, knowledge)
    }

    /// The same with what a language model proposed for it, which is JSON of [`crate::proposal_schema`]. Only what holds is
    /// taken; where nothing does, the turn is the one that [`Self::hear`] gives. Also says what was dropped.
    #[must_use]
    pub fn hear_proposed(
        &mut self,
        input: &Input,
        proposal: &str,
        now: u64,
        knowledge: &Knowledge,
        model: &Model,
    ) -> (Turn, Vec<Dropped>) {
        let before = self.clone();
        let turn = self.hear(input, now, knowledge, model);
        let Input::Text { text, looking_at } = input else { return (turn, Vec::new()) };
        // Codes, buttons and what cannot be read are no business of a model.
        if turn.understood.kind.is_none() {
            return (turn, Vec::new());
        }
        let (proposed, dropped) = accept(proposal, self, knowledge);
        if proposed.is_empty() {
            return (turn, dropped);
        }
        let heard = std::mem::replace(self, before);
        self.language = heard.language;
        let slots = Slots::read(text, knowledge);
        self.take_in(&slots);
        let mut commands = Vec::new();
        for one in &proposed {
            let command = self.proposed(one, &slots, looking_at.as_ref(), knowledge);
            if !commands.contains(&command) {
                commands.push(command);
            }
        }
        let kind = proposed.first().map(|one| one.command);
        self.remember(kind, &slots.text);
        self.asked = match (commands.last(), kind) {
            (Some(Command::Clarify { missing: Missing::Product | Missing::Second | Missing::OrderNumber }), kind) => {
                kind
            }
            _ => None,
        };
        let understood = Understood { kind, ..turn.understood };
        (self.turn(commands, understood, now, knowledge), dropped)
    }

    /// The command of a proposal: what it names counts before what the utterance names.
    fn proposed(
        &mut self,
        proposed: &Proposed,
        slots: &Slots,
        looking_at: Option<&Identifier>,
        knowledge: &Knowledge,
    ) -> Command {
        let mut slots = slots.clone();
        if let Some(number) = &proposed.order {
            slots.orders.named = vec![number.clone()];
        }
        if let Some(query) = &proposed.query {
            let read = Slots::read(query, knowledge);
            slots.rest = read.rest;
            slots.properties.extend(read.properties);
        }
        if let (Kind::Policy, Some(query)) = (proposed.command, &proposed.query) {
            return Command::Policy { about: query.clone() };
        }
        if let [first, ..] = proposed.products.as_slice() {
            if proposed.command == Kind::Compare && proposed.products.len() > 1 {
                return Command::Compare { products: proposed.products.clone() };
            }
            slots.named = vec![vec![first.clone()]];
            slots.references.retain(|it| !matches!(it, Reference::Place(_) | Reference::Last));
        }
        self.command(proposed.command, &slots, looking_at, knowledge)
    }

    /// A turn of these commands, with what has to be looked up for them.
    pub(crate) fn turn(&self, commands: Vec<Command>, understood: Understood, now: u64, knowledge: &Knowledge) -> Turn {
        let mut needs: Vec<Need> = Vec::new();
        for need in commands.iter().flat_map(|command| self.needs(command, now, knowledge)) {
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
        Turn { commands, needs, understood }
    }

    fn needs(&self, command: &Command, now: u64, knowledge: &Knowledge) -> Vec<Need> {
        match command {
            Command::Stock { product, .. } => {
                let variants = knowledge.product(product).into_iter().flat_map(|it| &it.variants);
                let skus: Vec<String> =
                    std::iter::once(product.to_string()).chain(variants.map(|it| it.sku.to_string())).collect();
                vec![
                    Need::Stock { product: product.clone(), skus: skus.clone() },
                    Need::Forecast { product: product.clone(), skus },
                ]
            }
            Command::Order { number } | Command::Return { number, .. } if self.has_proven(number, now) => {
                vec![Need::Order { number: number.clone() }]
            }
            Command::Confirmed { action: crate::command::Action::StartReturn { number, .. }, .. }
                if self.has_proven(number, now) =>
            {
                vec![Need::Order { number: number.clone() }]
            }
            _ => Vec::new(),
        }
    }

    fn read(
        &mut self,
        text: &str,
        looking_at: Option<&Identifier>,
        now: u64,
        knowledge: &Knowledge,
        model: &Model,
    ) -> (Vec<Command>, Understood) {
        let clarify = |missing| (vec![Command::Clarify { missing }], Understood::default());
        if text.chars().nth(MAX_CHARACTERS).is_some() {
            return clarify(Missing::Brevity);
        }
        let said = normal(text);
        if !said.chars().any(char::is_alphanumeric) {
            return clarify(Missing::Words);
        }
        self.language = language_of(&said).unwrap_or(self.language);
        if self.proof.is_some()
            && let Some(code) = lone_code(&said)
        {
            return (self.code(&code, now), Understood::default());
        }
        let bare = said.trim_end_matches(['.', '!', '~', '?', ',']);
        if self.pending.is_some() {
            if YES.contains(&bare) {
                return clarify(Missing::Button);
            }
            if NO.contains(&bare) {
                self.pending = None;
                return (vec![Command::Declined], Understood::default());
            }
        }
        let slots = Slots::read(&said, knowledge);
        self.take_in(&slots);
        let mut understood = model.understand(&slots);
        if let Some(kind) = self.answers(&slots, &understood) {
            understood = Understood { kind: Some(kind), confidence: 1.0, in_scope: 1.0 };
        }
        let kind = understood.kind.unwrap_or(Kind::Refuse);
        self.remember(Some(kind), &said);
        let command = if model.trusts(&understood) {
            self.command(kind, &slots, looking_at, knowledge)
        } else {
            Command::Refuse { why: Refusal::Unsure }
        };
        self.asked = match &command {
            Command::Clarify { missing: Missing::Product | Missing::Second | Missing::OrderNumber } => Some(kind),
            Command::Size { body, .. } if body.height.is_none() && body.chest.is_none() => Some(kind),
            _ => None,
        };
        (vec![command], understood)
    }

    /// Takes in what was said of the wearer and which orders were named.
    pub(crate) fn take_in(&mut self, slots: &Slots) {
        let said = &slots.body;
        self.body.height = said.height.or(self.body.height);
        self.body.chest = said.chest.or(self.body.chest);
        self.body.usual = said.usual.clone().or(self.body.usual.take());
        for number in slots.orders.named.iter().chain(&slots.orders.possible) {
            self.orders.retain(|known| known != number);
            self.orders.push(number.clone());
        }
        keep_last(&mut self.orders, crate::conversation::MAX_REMEMBERED);
    }

    /// Whether a short utterance only gives what was asked for.
    fn answers(&self, slots: &Slots, understood: &Understood) -> Option<Kind> {
        let asked = self.asked?;
        let short = slots.text.chars().count() <= 60;
        let gives = match asked {
            Kind::Order | Kind::Return => !slots.orders.named.is_empty() || !slots.orders.possible.is_empty(),
            Kind::Size => {
                slots.body.height.is_some()
                    || slots.body.chest.is_some()
                    || slots.describes()
                    || slots.orders.possible.is_empty() && !slots.references.is_empty()
            }
            _ => slots.describes() || !slots.references.is_empty(),
        };
        let unspecific = matches!(understood.kind, Some(Kind::Find | Kind::Clarify | Kind::Refuse | Kind::Size))
            || understood.confidence < 0.7;
        (short && gives && (unspecific || understood.kind == Some(asked))).then_some(asked)
    }

    /// The command of that kind with what the utterance names, or what has to be asked back.
    pub(crate) fn command(
        &mut self,
        kind: Kind,
        slots: &Slots,
        looking_at: Option<&Identifier>,
        knowledge: &Knowledge,
    ) -> Command {
        let meant = |this: &Self| this.meant(slots, looking_at, knowledge);
        match kind {
            Kind::Find => self.find(slots),
            Kind::Compare => {
                let products = self.compared(slots, looking_at, knowledge);
                match products.len() {
                    0 => Command::Clarify { missing: Missing::Product },
                    1 => Command::Clarify { missing: Missing::Second },
                    _ => Command::Compare { products },
                }
            }
            Kind::Question => {
                let about = slots.text.clone();
                self.with_product(meant(self), |product| Command::Question { product, about })
            }
            Kind::Size => {
                let body = self.body.clone();
                match meant(self) {
                    Meant::One(id) => {
                        self.focus = Some(id.clone());
                        Command::Size { product: Some(id), body }
                    }
                    Meant::Several(ids) if ids.len() > 1 && slots.named.is_empty() => {
                        Command::Size { product: None, body }
                    }
                    Meant::Several(ids) => self.ask_which(&ids),
                    Meant::Nothing => Command::Size { product: None, body },
                }
            }
            Kind::Stock => {
                let size = slots.size.clone();
                self.with_product(meant(self), |product| Command::Stock { product, size })
            }
            Kind::TryOn => self.with_product(meant(self), |product| Command::TryOn { product }),
            Kind::Order => match self.order_meant(slots) {
                Some(number) => Command::Order { number },
                None => Command::Clarify { missing: Missing::OrderNumber },
            },
            Kind::Return => match self.order_meant(slots) {
                Some(number) => {
                    let named = slots.describes() || !slots.references.is_empty();
                    let products = match self.meant_by(slots, looking_at, knowledge, usize::MAX) {
                        Meant::One(id) if named => vec![id],
                        // Which of those that fit is meant, the order's own lines tell.
                        Meant::Several(ids) if named => ids,
                        _ => Vec::new(),
                    };
                    Command::Return { number, products }
                }
                None => Command::Clarify { missing: Missing::OrderNumber },
            },
            Kind::Policy => Command::Policy { about: slots.text.clone() },
            Kind::Recommend => {
                let like = match self.meant(slots, looking_at, knowledge) {
                    Meant::One(id) if !slots.named.is_empty() || !slots.references.is_empty() => Some(id),
                    _ => None,
                };
                Command::Recommend { wanted: slots.wanted(), like }
            }
            Kind::HandOver => Command::HandOver,
            Kind::Clarify => Command::Clarify { missing: Missing::Wish },
            Kind::Chat => Command::Chat { talk: crate::talk::of(&slots.text) },
            Kind::Refuse => Command::Refuse { why: Refusal::OutOfScope },
        }
    }

    fn with_product(&mut self, meant: Meant, make: impl FnOnce(Identifier) -> Command) -> Command {
        match meant {
            Meant::One(id) => {
                self.focus = Some(id.clone());
                make(id)
            }
            Meant::Several(ids) => self.ask_which(&ids),
            Meant::Nothing => {
                self.shown.clear();
                Command::Clarify { missing: Missing::Product }
            }
        }
    }

    /// Asks which of these is meant; they become the list that "the second one" points into.
    fn ask_which(&mut self, ids: &[Identifier]) -> Command {
        self.show(ids);
        Command::Clarify { missing: Missing::Product }
    }

    /// A search; one that only narrows ("in blue", "cheaper than 50") narrows the last.
    fn find(&mut self, slots: &Slots) -> Command {
        let mut wanted = slots.wanted();
        let kindless = !wanted.properties.iter().any(|it| it.key == "category") && slots.named.is_empty();
        let narrows = kindless
            && (!wanted.properties.is_empty() || wanted.price != PriceBounds::default() || wanted.size.is_some());
        if let Some(last) = self.wanted.as_ref().filter(|_| narrows && slots.text.chars().count() <= 40) {
            wanted = narrowed(last, wanted);
        }
        self.wanted = Some(wanted.clone());
        Command::Find { wanted }
    }

    /// The order that an utterance means: named in it, or spoken of last.
    fn order_meant(&self, slots: &Slots) -> Option<OrderNumber> {
        let named = slots.orders.named.first().or(slots.orders.possible.first());
        named.or(self.orders.last()).cloned()
    }
}

/// The last search with what was added now; a new colour takes the place of the old one.
fn narrowed(last: &Wanted, new: Wanted) -> Wanted {
    let replaced = |key: &str| new.properties.iter().any(|it| it.key == key);
    let mut properties = new.properties.clone();
    properties.extend(last.properties.iter().filter(|it| !replaced(&it.key)).cloned());
    Wanted {
        words: last.words.clone(),
        properties,
        size: new.size.or(last.size.clone()),
        price: if new.price == PriceBounds::default() { last.price } else { new.price },
    }
}

/// The language of a normalised text by its letters; none where it has no letters.
pub(crate) fn language_of(text: &str) -> Option<Language> {
    let han = text.chars().filter(|c| is_han(*c)).count();
    let words = text.split(|c: char| !c.is_alphabetic() || is_han(c)).filter(|word| !word.is_empty()).count();
    match (han, words) {
        (0, 0) => None,
        (han, words) if han >= 2 && han * 2 >= words || han > 0 && words == 0 => Some(Language::Zh),
        _ => Some(Language::En),
    }
}
