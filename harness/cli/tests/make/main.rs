//! `tor-harness make` as people run it.

mod arguments;
mod documents;
mod files;
mod manual;
mod signals;
mod tools;
mod votes;
