//! The demo shop's studio: cuts garments out, dyes them, prints cloth, photographs the range and writes its catalogue.

pub mod artwork;
pub mod backdrop;
pub mod catalogue;
pub mod colour;
pub mod cutout;
pub mod dye;
pub mod garment;
pub mod grid;
pub mod lay;
pub mod light;
pub mod mend;
pub mod picture;
pub mod piece;
pub mod range;
pub mod shape;
pub mod sheet;
pub mod studio;
