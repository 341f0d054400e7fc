//! Readers of network documents.

mod agree;
mod compare;
mod memory;
mod reader;
mod row;
mod stem;
mod table;
mod target;
mod tor_netdoc;

pub(crate) use agree::{agree, agree_made};
pub(crate) use compare::compare;
pub(crate) use memory::print_peak;
