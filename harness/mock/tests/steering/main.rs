//! Steering by JSON lines.

mod clients;
mod requests;
mod talk;
mod worlds;
