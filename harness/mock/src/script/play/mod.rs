//! A script as far as it has been played.

mod gates;
mod log;
mod playbook;
mod report;
mod rules;
mod timeline;

pub use report::{Report, Unmet};

pub(crate) use playbook::Playbook;
