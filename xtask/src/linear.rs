//! `cargo xtask linear`: that reading takes a time in step with the length.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::cargo;

/// Where malloc is glibc's, it keeps what is freed: how long the system takes to give it again is no matter of length.
const MALLOC: [(&str, &str); 2] = [
    ("MALLOC_MMAP_THRESHOLD_", "33554432"),
    ("MALLOC_TRIM_THRESHOLD_", "1073741824"),
];

/// Measure that ten times the bytes take ten times the time, and print a table
///
/// Of the parsers of the control protocol and of network documents, for every input that may be of any length. It ends with 1 if one takes more.
#[derive(Args)]
pub(crate) struct Flags {}

pub(crate) fn run(Flags {}: &Flags) -> Result<ExitCode> {
    let mut command = cargo::cargo(&[
        "run",
        "--release",
        "--quiet",
        "--package",
        "tor-strategies",
        "--example",
        "linear",
    ]);
    cargo::run_through(command.envs(MALLOC))
}
