//! `tor-harness parse`.

mod bar;
mod certificate;
mod diff;
mod fields;
mod groups;
mod item;
mod lines;
mod pairs;
mod problems;
mod record;
mod run;
mod said;
mod sections;
mod seq;
mod value;

pub(crate) use run::run;
