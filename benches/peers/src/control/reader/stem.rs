//! stem's `recv_message`, on bytes in memory.

use std::path::Path;

use tor_harness_benches::Load;

use crate::python;
use crate::stopwatch::Measured;

const SCRIPT: &str = include_str!("stem.py");

pub(crate) fn framing(python: &Path, load: &Load) -> Measured {
    run(python, load, "framing")
}

pub(crate) fn typed_events(python: &Path, load: &Load) -> Measured {
    run(python, load, "typed")
}

fn run(python: &Path, load: &Load, what: &str) -> Measured {
    let messages = load.messages.to_string();
    python::time(python, SCRIPT, &[what, &messages], &load.bytes)
}
