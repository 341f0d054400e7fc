//! One connection: bytes in, bytes out.

mod answer;
mod http;
mod state;
mod words;

pub(crate) use state::Session;
pub(crate) use words::words;
