//! Archives of every packing, good and damaged, as their users see them.

mod damaged;
mod filters;
mod links;
mod packed;
mod tools;
#[cfg(feature = "verify")]
mod verify;
