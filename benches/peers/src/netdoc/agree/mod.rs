//! What tor-netdoc takes for good, beside what is.

mod both;
mod explained;
mod flips;
mod readings;
mod sample;

pub(crate) use both::agree;
