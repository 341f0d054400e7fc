//! Consensus diffs.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tor_harness_netdoc::ConsensusDiff;

use super::item::item;
use crate::text::bytes;

/// A consensus diff: its two items, then commands from the end of a consensus to its start.
///
/// It is for a consensus that nobody has.
pub(super) fn diff() -> impl Strategy<Value = Vec<u8>> {
    let [section] = ConsensusDiff::RULES.sections else {
        unreachable!("a diff has one table of items");
    };
    let head: Vec<_> = section.rules.iter().map(item).collect();
    // How many lines are between this command and the one above it, and how many it is about.
    let command = (
        0..50_u64,
        1..9_u64,
        select(&[b'a', b'c', b'd'][..]),
        vec(line(), 1..4),
    );
    (head, vec(command, 0..6), any::<bool>()).prop_map(|(head, commands, to_end)| {
        let mut out = tor_harness_netdoc::encode(&head);
        let mut end = 10_000;
        for (index, (between, count, action, lines)) in commands.into_iter().enumerate() {
            let last = end - between;
            let first = last + 1 - count;
            let lines_of_it = match (action, count) {
                (b'a', _) => last.to_string(),
                (b'd', _) if index == 0 && to_end => format!("{first},$"),
                (_, 1) => first.to_string(),
                _ => format!("{first},{last}"),
            };
            out.extend_from_slice(lines_of_it.as_bytes());
            out.extend_from_slice(&[action, b'\n']);
            if action != b'd' {
                out.extend(lines.concat());
                out.extend_from_slice(b".\n");
            }
            end = if action == b'a' { last } else { first - 1 };
        }
        out
    })
}

/// A line as a consensus has them.
fn line() -> impl Strategy<Value = Vec<u8>> {
    bytes("[a-n]{1,8}( [!-~]{1,8}){0,3}\n")
}
