//! What a client does wrong, though tor may bear it.

mod check;
mod rule;

pub use rule::{ClientFault, ClientRule};

pub(crate) use check::{ClientCheck, ClientFaults};
