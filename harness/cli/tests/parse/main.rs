//! `tor-harness parse` as people run it.

mod documents;
mod kinds;
mod tools;
mod verify;
