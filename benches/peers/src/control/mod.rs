//! Readers of the control protocol.

mod compare;
mod port;
mod reader;
mod table;

pub(crate) use compare::compare;
