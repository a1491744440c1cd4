//! The words of a shop: products, money, sizes, stock and interactions, and the feeds they come from.

mod identifier;
mod interaction;
mod localized;
mod measure;
mod money;
mod product;

pub use identifier::{Identifier, IdentifierError};
pub use interaction::{Interaction, InteractionKind};
pub use localized::{Language, Localized};
pub use measure::{Centimeters, CentimetersError, Measure, SizeRow};
pub use money::{Currency, Money, MoneyError};
pub use product::{Attribute, Availability, Category, Picture, PictureRole, Product, Variant};
