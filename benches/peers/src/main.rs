//! Readers by others, beside ours: `cargo xtask bench --peers` times them in the
//! same run on the same bytes, `cargo xtask agree` compares what they take for good.

mod control;
mod netdoc;
mod python;
mod stopwatch;

use std::path::PathBuf;

use anyhow::{Result, bail};

/// What it is to do.
const USAGE: &str = "expected: control PYTHON | netdoc PYTHON | agree STEP | made COUNT, with a PYTHON that has stem 1.8.2";

fn main() -> Result<()> {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["control", python] => control::compare(&PathBuf::from(python)),
        ["netdoc", python] => netdoc::compare(&PathBuf::from(python)),
        ["agree", step] => netdoc::agree(step.parse()?)?,
        ["made", count] => netdoc::agree_made(count.parse()?)?,
        ["peak", kind, reader, file] => netdoc::print_peak(kind, reader, &PathBuf::from(file))?,
        _ => bail!(USAGE),
    }
    Ok(())
}
