//! Steering by JSON lines: what is asked, and what is answered.

mod clients;
mod requests;
mod talk;
mod worlds;
