//! Training and evaluation of what the packs hold.
