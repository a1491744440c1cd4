//! Person parsing: what each pixel of a person is, in photos at full resolution, in films as one soft mask.

mod box_mean;
mod guided;
mod live;
mod parsed;
mod parser;
mod part;

pub use live::LiveMask;
pub use parsed::Parsing;
pub use parser::PersonParser;
pub use part::Part;

#[cfg(test)]
mod guided_tests;
