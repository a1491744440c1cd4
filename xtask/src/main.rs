//! Builds the WebAssembly module, the demo pack and checks their sizes.

fn main() {}
