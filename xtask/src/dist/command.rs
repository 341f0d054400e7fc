//! The command line of `cargo xtask dist`.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Args;

use super::build::{Product, Workshop};
use super::trial;
use crate::cargo::Metadata;

/// Make the command for people who do not write Rust: one static binary, and a wheel that carries it
///
/// Both are put into target/dist and depend on nothing that is installed: no libc, no Python module. The
/// same source gives the same bytes, wherever it lies. The wheel is made by maturin, which .ci/install puts
/// into target/venv.
#[derive(Args)]
pub(crate) struct Flags {
    /// Make both again and compare them, and run each where nothing else is installed
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(flags: &Flags) -> Result<ExitCode> {
    if flags.check {
        check()?;
    } else {
        make()?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes both, and tries them.
pub(crate) fn check() -> Result<()> {
    let (workshop, product) = make()?;
    let again = trial::again(&workshop, &product)?;
    trial::runs_in_an_empty_root(&again)?;
    trial::runs_from_a_fresh_venv(&again)
}

fn make() -> Result<(Workshop, Product)> {
    let workshop = Workshop::new(Metadata::read()?.target_directory)?;
    let product = workshop.make("dist")?;
    for file in [&product.binary, &product.wheel] {
        let size = fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?;
        println!("{} {} bytes", file.display(), size.len());
    }
    Ok((workshop, product))
}
