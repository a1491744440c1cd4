//! An answer for each command, one file each.

mod compare;
mod find;
mod order;
mod policy;
mod question;
mod returns;
mod size;
mod stock;

pub(crate) use compare::compare;
pub(crate) use find::{find, recommend};
pub(crate) use order::{order, proof};
pub(crate) use policy::policy;
pub(crate) use question::question;
pub(crate) use returns::{act, already, ask_return};
pub(crate) use size::size;
pub(crate) use stock::stock;

use vitrine_catalog::Identifier;

use crate::teller::{Teller, of};

/// Offers the fitting room for a product.
pub(crate) fn try_on(teller: &mut Teller<'_>, id: &Identifier) {
    let Some(product) = teller.knowledge.product(id) else { return teller.plain("clarify.product") };
    let title = teller.name(product);
    teller.say("tryOn", &[("title", title)], vec![of(product)]);
    teller.reply.products.push(id.clone());
    teller.reply.try_on = Some(id.clone());
}
