//! Streams: without network there are those of RESOLVE, which wait in vain.

mod address;
mod command;
mod event;
mod resolve;
mod rewrite;
mod table;

pub(super) use address::ipv6;
pub(super) use table::Connections;
