//! The storefront in the page: the face of the storefront crate to JavaScript.
