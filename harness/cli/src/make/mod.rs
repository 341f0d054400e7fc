//! `tor-harness make`.

mod args;
mod certificate;
mod changes;
mod consensus;
mod entry;
mod folder;
mod network;
mod onion;
mod origin;
mod output;
mod policy;
mod progress;
mod relay;
mod relay_settings;
mod status;
mod vote;

pub(crate) use args::{MakeArgs, run};
