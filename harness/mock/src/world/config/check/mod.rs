//! What tor checks of a configuration as a whole, as far as it is modelled.
//!
//! Nothing here looks at files, names or the network, so what a real tor finds wrong
//! there passes.

mod accounting;
mod correct;
mod order;
mod policy;
mod rule;
mod servers;
mod words;

pub(super) use order::check;
