//! Makes the pictures and the catalogue of the demo shop.

fn main() {}
