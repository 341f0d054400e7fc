//! `tor-harness parse`.

mod bar;
mod fields;
mod item;
mod lines;
mod problems;
mod record;
mod run;
mod value;

pub(crate) use run::run;
