//! `cargo xtask agree`: what tor-netdoc takes for good.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::{bench, cargo};

/// Compare what tor-netdoc takes for good with what is
///
/// Reads every network document of the fixtures, good and bad, with ours and with both generations of
/// tor-netdoc, which takes minutes to build the first time. Each difference has to be explained in
/// benches/peers/src/netdoc/agree/differences.txt, and each explanation has to be needed. Then verifies
/// each good one of those that are signed, as it is and with bits flipped: see verdicts.txt beside it;
/// and has each way of being wrong that has a name judged: the table is fuzz/WAYS.md.
/// Exit status: 0 if it is so.
#[derive(Args)]
pub(crate) struct Flags {
    /// Flip bits of every byte, not of every seventh
    #[arg(long)]
    all: bool,
    /// Make up so many networks of any settings, and have a document of each kind judged by both
    /// generations in place of all else: 10000 of them take minutes
    #[arg(long, value_name = "COUNT", conflicts_with = "all")]
    made: Option<u64>,
}

pub(crate) fn run(flags: &Flags) -> Result<ExitCode> {
    let step = if flags.all { "1" } else { "7" };
    match flags.made {
        Some(count) => cargo::run_through(&mut bench::peers(&["made", &count.to_string()])?),
        None => cargo::run_through(&mut bench::peers(&["agree", step])?),
    }
}
