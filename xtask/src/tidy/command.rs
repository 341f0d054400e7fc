//! All checks, over the whole workspace.

use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use super::{arrows, shared, text};
use crate::cargo::{Metadata, root};

/// Check which package knows which, and the text of all files
///
/// Dependencies follow the plan in ARCHITECTURE.md, and none is listed for nobody. Every Rust file
/// says in its first line what it is about, is not too long, and has no trailing whitespace; a
/// lib.rs or mod.rs has no code. No file names a folder of somebody's machine.
#[derive(Args)]
pub(crate) struct Flags {}

pub(crate) fn run(_flags: &Flags) -> Result<ExitCode> {
    check()?;
    Ok(ExitCode::SUCCESS)
}

/// Shows every problem; an error if there is one.
pub(crate) fn check() -> Result<()> {
    let metadata = Metadata::read()?;
    let manifest =
        fs::read_to_string(root().join("Cargo.toml")).context("cannot read Cargo.toml")?;
    let mut problems = arrows::problems(&metadata);
    problems.extend(shared::problems(&metadata, &manifest)?);
    for path in files()? {
        // A link is checked where it leads to; a file may be deleted but not yet committed.
        let full = root().join(&path);
        if fs::symlink_metadata(&full).is_ok_and(|metadata| metadata.is_file()) {
            let content = fs::read(&full).with_context(|| format!("cannot read {path}"))?;
            problems.extend(text::problems(&path, &content));
            for remark in text::remarks(&path, &content) {
                println!("note: {remark}");
            }
        }
    }
    for problem in &problems {
        eprintln!("{problem}");
    }
    match problems.len() {
        0 => Ok(()),
        1 => bail!("tidy found one problem"),
        count => bail!("tidy found {count} problems"),
    }
}

/// The files that git has, or would have after `git add`.
fn files() -> Result<Vec<String>> {
    let output = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root())
        .output()
        .context("cannot run git")?;
    if !output.status.success() {
        bail!(
            "git ls-files failed: {}",
            String::from_utf8_lossy(&output.stderr).trim_end()
        );
    }
    let names = String::from_utf8(output.stdout).context("a file's name is not UTF-8")?;
    Ok(names.split_terminator('\0').map(str::to_owned).collect())
}
