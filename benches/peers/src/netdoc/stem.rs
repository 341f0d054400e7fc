//! stem's `parse_file`, on bytes in memory.

use std::path::Path;

use anyhow::Result;
use tor_harness_benches::Load;

use crate::python;
use crate::stopwatch::Measured;

const SCRIPT: &str = include_str!("stem.py");

/// How deep it reads.
#[derive(Clone, Copy)]
pub(crate) enum Depth {
    /// As it does by itself: a field is decoded when somebody asks for it.
    Lazy,
    /// Every field.
    Fields,
}

pub(crate) fn time(python: &Path, load: &Load, depth: Depth) -> Measured {
    let depth = match depth {
        Depth::Lazy => "lazy",
        Depth::Fields => "fields",
    };
    let documents = load.messages.to_string();
    let args = [load.name, depth, &documents];
    python::time(python, SCRIPT, &args, &load.bytes)
}

/// How many bytes its process grows by while it reads every field.
pub(crate) fn memory(python: &Path, load: &Load) -> Result<u64> {
    let documents = load.messages.to_string();
    let args = [load.name, "memory", &documents];
    Ok(python::run(python, SCRIPT, &args, &load.bytes)?
        .trim()
        .parse()?)
}
