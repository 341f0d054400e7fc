//! tor-netdoc's readers, of both of its generations.

mod generation;
mod verifier;

pub(crate) use generation::Generation;
