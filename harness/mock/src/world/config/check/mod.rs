//! What tor checks of a configuration as a whole, as far as it is modelled.
//!
//! Nothing here looks at files, names or the network, so what a real tor finds wrong
//! there passes.

mod accounting;
mod address;
mod correct;
mod logging;
mod order;
mod policy;
mod proxy;
mod rule;
mod servers;
mod service;
mod transport;
mod words;

pub(super) use order::check;
