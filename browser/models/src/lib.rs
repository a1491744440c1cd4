//! Compiled models in the page: the face of the model runtime to JavaScript.
//!
//! Numbers are not copied here: JavaScript is told where inputs and outputs lie in the module's memory, and reads and
//! writes them there.

mod describe;
mod failure;
mod fit;
mod network;

pub use network::Network;
