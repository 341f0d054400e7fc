//! The ways of being wrong, a file a kind.

mod all;
mod detached_signatures;
mod extra_info;
mod key_certificate;
mod microdescriptor;
mod onion_descriptor;
mod parts;
mod relay;
mod server_descriptor;
mod signatures;
mod status;
mod vote;

pub(super) use all::all;
