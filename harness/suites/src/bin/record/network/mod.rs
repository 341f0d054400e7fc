//! A private network of tors that vote: its documents, its events.

mod bad;
mod bandwidth;
mod documents;
mod events;
mod files;
mod nodes;
mod onion;
mod run;
mod session;
mod traffic;
mod window;

pub(crate) use run::record;
