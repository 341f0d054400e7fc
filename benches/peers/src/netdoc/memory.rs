//! How much memory a reader takes, in a process of its own.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use tor_harness_benches::Load;

use super::reader::Reader;

/// How many bytes a process grows by while a reader reads a load of one document.
pub(crate) fn peak(reader: Reader, load: &Load) -> Result<u64> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(&load.bytes)?;
    let output = Command::new(std::env::current_exe()?)
        .args(["peak", load.name, &reader.name()])
        .arg(file.path())
        .output()?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// What that process does: prints how much it grew.
pub(crate) fn print_peak(kind: &str, reader: &str, file: &Path) -> Result<()> {
    let mut all = Reader::all();
    let reader = all.find(|known| known.name() == reader);
    let read = reader.and_then(|reader| reader.reader(kind));
    let read = read.context("no such reader")?;
    let document = fs::read(file)?;
    // The most so far is what there is now.
    fs::write("/proc/self/clear_refs", "5")?;
    let before = most()?;
    read(&document)?;
    println!("{}", most()?.saturating_sub(before));
    Ok(())
}

/// The most memory that this process has had.
fn most() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let mut lines = status.lines();
    let line = lines.find_map(|line| line.strip_prefix("VmHWM:"));
    let line = line.context("no VmHWM in /proc/self/status")?;
    let (number, unit) = line.trim().split_once(' ').context("no unit")?;
    ensure!(unit == "kB", "VmHWM in {unit}");
    Ok(1024 * number.parse::<u64>()?)
}
