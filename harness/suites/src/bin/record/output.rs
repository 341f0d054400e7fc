//! What tor prints when it is asked on the command line.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use tor_harness::fixtures::Kind;

use crate::book::{Book, Recording};

/// The options that make tor print something, starting nothing.
const OPTIONS: &[&str] = &[
    "--version",
    "--list-torrc-options",
    "--list-deprecated-options",
    "--list-modules",
];

pub(crate) fn record(book: &mut Book) -> Result<()> {
    let tor = book.executable().to_owned();
    for option in OPTIONS {
        let command = format!("tor {option}");
        let output = Command::new(&tor)
            // Or it prints its log as well.
            .args(["--quiet", option])
            .stdin(Stdio::null())
            .output()
            .with_context(|| command.clone())?;
        if !output.status.success() {
            bail!(
                "{command}: {}, and said: {}",
                output.status,
                String::from_utf8_lossy(&output.stderr)
            );
        }
        let recording = Recording {
            kind: Kind::Output,
            command,
            setup: "none",
            bytes: output.stdout,
        };
        let path = format!("output/{}", option.trim_start_matches('-'));
        // It has no folder, and names none.
        book.add(path, std::path::Path::new("/nonexistent"), recording)?;
    }
    Ok(())
}
