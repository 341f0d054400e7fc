//! `cargo xtask test`: the suites on every target, with each test's run time.
//!
//! [`command`] is the course of a run. It [builds](build) the suites, [plans](plan) which tests run
//! where, [runs](mod@run) one child for each target with each suite, and reads the runner's events
//! while they come. What is shown is text made from those events: [`report`] while tests finish,
//! [`summary`] after all of them, [`json`] and [`junit`] for programs.

mod build;
mod command;
mod flags;
mod json;
mod junit;
mod ledger;
mod outcome;
mod output;
mod plan;
mod report;
mod rerun;
mod run;
mod select;
mod style;
mod summary;
mod tail;
mod target;
mod tor;

pub(crate) use command::run;
pub(crate) use flags::{Flags, Required};
pub(crate) use style::display_time;
pub(crate) use target::VARIABLE as TARGET_VARIABLE;
