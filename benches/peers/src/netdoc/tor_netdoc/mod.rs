//! tor-netdoc's readers, of both of its generations.

mod beside;
mod generation;
mod verifier;

pub(crate) use beside::Beside;
pub(crate) use generation::Generation;
