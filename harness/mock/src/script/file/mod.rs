//! Scripts in TOML.

mod parse;
mod places;
#[cfg(feature = "schema")]
mod schema;
mod tables;

pub(super) use parse::parse;
#[cfg(feature = "schema")]
pub(super) use schema::schema;
