//! The comparison: each document, read by us and by each of the others.

use std::path::Path;

use tor_harness_benches::Load;

use super::row::Row;
use super::table;

/// What is read as it was recorded.
const KINDS: [&str; 7] = [
    "server-descriptor",
    "extra-info",
    "microdescriptor",
    "key-certificate",
    "onion-descriptor",
    "vote",
    "bandwidth-file",
];

/// Prints the tables; `python` is one that has stem.
pub(crate) fn compare(python: &Path) {
    let consensuses = ["consensus", "consensus-microdesc"].into_iter();
    let recorded = KINDS.into_iter().filter_map(Load::document);
    let rows: Vec<_> = consensuses
        .filter_map(Load::consensus)
        .chain(recorded)
        .map(|load| Row::measured(&load, python))
        .collect();
    table::print(&rows);
}
