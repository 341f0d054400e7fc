//! `cargo xtask agree`: what tor-netdoc takes for good.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::{bench, cargo};

/// Compare what tor-netdoc takes for good with what is
///
/// Reads every network document of the fixtures, good and bad, with ours and with both generations of
/// tor-netdoc, which takes minutes to build the first time. Each difference has to be explained in
/// benches/peers/src/netdoc/differences.txt, and each explanation has to be needed. Exit status: 0 if
/// it is so.
#[derive(Args)]
pub(crate) struct Flags {}

pub(crate) fn run(_: &Flags) -> Result<ExitCode> {
    cargo::run_through(&mut bench::peers(&["agree"])?)
}
