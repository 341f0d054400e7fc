//! The comparison: each load, read by us and by each of the others.

use std::path::Path;

use tor_harness_benches::Load;

use super::reader;
use super::table::{self, Row};
use crate::stopwatch::side_by_side;

/// So often each load is read by each reader; the median counts.
const ROUNDS: usize = 15;
/// Messages are repeated, so that neither a start nor a clock is what is timed.
const IN_MEMORY: usize = 500;
/// As much as a socket's buffers hold, so that nobody waits for the sender.
const ON_A_SOCKET: usize = 60;
/// Python is slow enough.
const IN_PYTHON: usize = 50;

/// Prints the table; `python` is one that has stem.
pub(crate) fn compare(python: &Path) {
    let mut rows = Vec::new();
    for load in loads(IN_MEMORY) {
        let [ours, torut] = side_by_side(
            ROUNDS,
            &load,
            [&mut reader::ours::framing(), &mut reader::torut::framing],
        );
        rows.push(Row::new(&load, "torut 0.2.1", ours, torut));
    }
    // A line of data that starts with three digits is too much for tor-interface.
    let readable = Load::replies_but("control/reply/getinfo-mappings").repeat(ON_A_SOCKET);
    for load in loads(ON_A_SOCKET).into_iter().chain([readable]) {
        let [alone, ours, theirs] = side_by_side(
            ROUNDS,
            &load,
            [
                &mut reader::ours::socket_alone,
                &mut reader::ours::socket,
                &mut reader::tor_interface::socket,
            ],
        );
        let row = Row::new(&load, "tor-interface 0.6.8, over TCP", ours, theirs);
        rows.push(row.beyond(alone));
    }
    for load in loads(IN_PYTHON) {
        let [ours] = side_by_side(ROUNDS, &load, [&mut reader::ours::framing()]);
        let stem = reader::stem::framing(python, &load);
        rows.push(Row::new(&load, "stem 1.8.2", ours, stem));
    }
    let events = Load::events().repeat(IN_PYTHON);
    let [ours] = side_by_side(ROUNDS, &events, [&mut reader::ours::typed_events()]);
    let stem = reader::stem::typed_events(python, &events);
    rows.push(Row::new(&events, "stem 1.8.2, typed", ours, stem));

    let long = Load::router_statuses();
    let [newlines, framing] = side_by_side(
        ROUNDS,
        &long,
        [
            &mut reader::ours::newlines,
            &mut reader::ours::framing_alone,
        ],
    );
    rows.push(Row::new(
        &long,
        "counting its newlines; ours without the copy",
        framing,
        newlines,
    ));
    table::print(&rows);
}

fn loads(times: usize) -> [Load; 3] {
    [
        Load::events().repeat(times),
        Load::replies().repeat(times),
        Load::router_statuses(),
    ]
}
