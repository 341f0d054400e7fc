//! `tor-harness parse`.

mod bar;
mod certificate;
mod diff;
mod fields;
mod groups;
mod item;
mod judgement;
mod lines;
mod pairs;
mod places;
mod problems;
mod record;
mod run;
mod said;
mod sections;
mod seq;
mod value;
mod verify;

pub(crate) use run::run;
