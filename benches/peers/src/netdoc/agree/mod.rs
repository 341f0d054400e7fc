//! What tor-netdoc takes for good, beside what is.

mod both;
mod explained;
mod flips;
mod made;
mod readings;
mod sample;
mod ways;

pub(crate) use both::agree;
pub(crate) use made::agree_made;
