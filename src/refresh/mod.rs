//! Refresh: the only door for the network. Addresses in; bytes out.

mod fetch;

pub use fetch::{Fetched, fetch};
