//! What a real tor said.

pub(crate) mod reply;
