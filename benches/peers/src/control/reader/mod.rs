//! Readers, each by its public interface.

pub(crate) mod ours;
pub(crate) mod stem;
pub(crate) mod tor_interface;
pub(crate) mod torut;
