//! `tor-harness make`.

mod args;
mod bandwidth_file;
mod bridge;
mod certificate;
mod changes;
mod consensus;
mod consensus_diff;
mod detached_signatures;
mod document;
mod entry;
mod folder;
mod network;
mod onion;
mod origin;
mod output;
mod policy;
mod relay;
mod relay_settings;
mod sample;
mod setting;
mod status;
mod subject;
mod unfinished;
mod vote;

pub(crate) use args::{MakeArgs, run};
