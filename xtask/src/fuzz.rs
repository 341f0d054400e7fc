//! `cargo xtask fuzz`: libFuzzer on a target of `fuzz/`.

use std::path::PathBuf;
use std::process::{ExitCode, Stdio};

use anyhow::{Result, bail};
use clap::Args;

use crate::cargo::{self, Metadata};
use crate::error::Usage;

/// Fuzz a target for a while, or list the targets
///
/// It starts from the corpus in fuzz/corpus/TARGET, which grows, and from the recordings in
/// fixtures. What it finds is in fuzz/artifacts/TARGET; `cargo test -p tor-strategies` runs all of
/// that again without the fuzzer. For network documents, the fuzzer knows the words of all rule tables.
#[derive(Args)]
pub(crate) struct Flags {
    /// A target; without one, they are listed
    target: Option<String>,
    /// How long: a number of seconds (60s), minutes (5m) or hours (1h)
    #[arg(long, default_value = "60s", value_parser = seconds)]
    time: u64,
}

pub(crate) fn run(flags: &Flags) -> Result<ExitCode> {
    let metadata = Metadata::read()?;
    let targets: Vec<_> = metadata
        .package("tor-strategies")?
        .targets
        .iter()
        .filter(|target| target.kind.iter().any(|kind| kind == "bin"))
        .map(|target| target.name.as_str())
        .collect();
    let Some(target) = &flags.target else {
        println!("cargo xtask fuzz TARGET, where TARGET is one of:");
        for target in targets {
            println!("  {target}");
        }
        return Ok(ExitCode::SUCCESS);
    };
    if !targets.contains(&target.as_str()) {
        let known = targets.join(", ");
        return Err(Usage(format!("no fuzz target {target}; there are: {known}")).into());
    }

    let installed = cargo::cargo(&["fuzz", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !installed.is_ok_and(|status| status.success()) {
        bail!("cargo-fuzz is not installed: cargo install cargo-fuzz");
    }
    let corpus = format!("fuzz/corpus/{target}");
    let time = format!("-max_total_time={}", flags.time);
    let mut options = vec![
        time,
        // A few recordings are long, and would be changed over and over.
        "-max_len=4096".to_owned(),
    ];
    if target == "netdoc" {
        options.push(format!("-dict={}", dictionary(&metadata)?.display()));
    }
    // The sanitizer needs flags that only a nightly compiler takes, or a stable one that is told
    // to.
    cargo::run(
        cargo::cargo(&[
            "fuzz",
            "run",
            "--features",
            "libfuzzer",
            target,
            &corpus,
            "fixtures",
            "--",
        ])
        .args(options)
        .env("RUSTC_BOOTSTRAP", "1"),
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the words of network documents to a file.
fn dictionary(metadata: &Metadata) -> Result<PathBuf> {
    let printed = cargo::cargo(&[
        "run",
        "--quiet",
        "-p",
        "tor-strategies",
        "--example",
        "dictionary",
    ])
    .stderr(Stdio::inherit())
    .output()?;
    if !printed.status.success() {
        bail!("cannot list the words of network documents");
    }
    let path = metadata.target_directory.join("netdoc.dict");
    std::fs::write(&path, printed.stdout)?;
    Ok(path)
}

fn seconds(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text.strip_prefix(digits) {
        Some("" | "s") => 1,
        Some("m") => 60,
        Some("h") => 3600,
        _ => 0,
    };
    digits
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(unit))
        .filter(|seconds| *seconds > 0)
        .ok_or_else(|| "expected a time above zero such as 60s, 5m or 1h".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (text, expected) in [
            ("60s", Some(60)),
            ("60", Some(60)),
            ("5m", Some(300)),
            ("2h", Some(7200)),
            ("0s", None),
            ("5d", None),
            ("m", None),
            ("", None),
            ("1m30s", None),
            ("99999999999999999999s", None),
        ] {
            assert_eq!(seconds(text).ok(), expected, "{text:?}");
        }
    }
}
