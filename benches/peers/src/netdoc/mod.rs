//! Readers of network documents.

mod compare;
mod memory;
mod reader;
mod row;
mod stem;
mod table;
mod target;
mod tor_netdoc;

pub(crate) use compare::compare;
pub(crate) use memory::print_peak;
