//! The words of a shop: products, money, sizes, stock and interactions, and the feeds they come from.

mod feed;
mod identifier;
mod interaction;
mod localized;
mod measure;
mod messages;
mod money;
mod product;

pub use feed::{Expected, FeedBatch, FeedError, FeedFormat, FeedOptions, FeedProblem, FeedReader};
pub use identifier::{Identifier, IdentifierError};
pub use interaction::{Interaction, InteractionKind};
pub use localized::{Language, Localized};
pub use measure::{Centimeters, CentimetersError, Measure, SizeRow};
pub use messages::Messages;
pub use money::{Currency, Money, MoneyError};
pub use product::{Attribute, Availability, Category, Picture, PictureRole, Product, Variant};
