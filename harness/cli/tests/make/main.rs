//! `tor-harness make` as people run it.

mod arguments;
mod documents;
mod files;
mod manual;
mod tools;
mod votes;
