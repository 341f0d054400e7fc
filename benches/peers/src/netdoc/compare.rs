//! The comparison: each document, read by us and by each of the others.

use std::path::Path;

use tor_harness_benches::Load;

use super::row::Row;
use super::table;

/// Prints the tables; `python` is one that has stem.
pub(crate) fn compare(python: &Path) {
    let rows: Vec<_> = Load::documents()
        .map(|load| Row::measured(&load, python))
        .collect();
    table::print(&rows);
}
