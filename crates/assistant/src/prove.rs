//! What a shopper proves and confirms: codes of orders, and the buttons of questions.

use subtle::ConstantTimeEq;

use crate::Conversation;
use crate::command::{Command, ProofOutcome};
use crate::conversation::{MAX_REMEMBERED, Purpose, keep_last};
use crate::words::normal;

/// How many wrong codes end a proof.
const MAX_TRIES: u8 = 5;
/// For how long a proven order may be asked about, in milliseconds.
const PROVEN_FOR: u64 = 30 * 60 * 1000;
impl Conversation {
    /// A button of a question was pressed: what was asked is done once, in time, and only if it was asked.
    pub(crate) fn pressed(&mut self, token: &str, yes: bool, now: u64) -> Command {
        if let Some((_, action)) = self.done.iter().find(|(done, _)| done == token) {
            return Command::NothingPending { done: Some(action.clone()) };
        }
        let Some(pending) = self.pending.take_if(|pending| pending.token == token) else {
            return Command::NothingPending { done: None };
        };
        if yes && now <= pending.until {
            Command::Confirmed { token: pending.token, action: pending.action }
        } else {
            Command::Declined
        }
    }

    /// A code was entered: right and in time it opens the order for a while.
    pub(crate) fn code(&mut self, code: &str, now: u64) -> Vec<Command> {
        let digits: String = normal(code).chars().filter(char::is_ascii_digit).collect();
        let Some(proof) = self.proof.as_mut() else {
            return vec![Command::Proof { outcome: ProofOutcome::None, number: None }];
        };
        let number = Some(proof.number.clone());
        proof.tries += 1;
        let in_time = now <= proof.until;
        // In constant time: how long a refusal takes must not tell how many digits were right.
        let right = bool::from(proof.code.as_bytes().ct_eq(digits.as_bytes()));
        if in_time && right && proof.tries <= MAX_TRIES {
            let (number, purpose) = (proof.number.clone(), proof.purpose.clone());
            self.proof = None;
            self.proven.retain(|(known, _)| *known != number);
            self.proven.push((number.clone(), now + PROVEN_FOR));
            keep_last(&mut self.proven, MAX_REMEMBERED);
            return vec![match purpose {
                Purpose::Status => Command::Order { number },
                Purpose::Return(products) => Command::Return { number, products },
            }];
        }
        let over = !in_time || proof.tries >= MAX_TRIES;
        if over {
            self.proof = None;
        }
        vec![Command::Proof { outcome: if over { ProofOutcome::Over } else { ProofOutcome::Wrong }, number }]
    }
}

/// The six digits of an utterance that says little else, or that they are the code.
pub(crate) fn lone_code(said: &str) -> Option<String> {
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    let letters = said.chars().filter(|c| c.is_alphabetic()).count();
    let named = ["code", "验证", "校验码"].iter().any(|word| said.contains(word));
    (digits.len() == 6 && (letters <= 16 || named)).then_some(digits)
}
