//! One connection: bytes in, bytes out.

mod answer;
mod opening;
mod quirks;
mod respond;
mod state;
mod words;

pub(crate) use state::Session;
pub(crate) use words::words;
