//! The laws on what is almost a recording.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tor_fixtures::Fixture;

use crate::targets;

proptest! {
    /// Messages of a real tor, in which something was changed.
    #[test]
    fn almost_messages(bytes in almost("control/")) {
        targets::control_reply(&bytes);
    }

    /// Its documents, in which something was changed.
    #[test]
    fn almost_documents(bytes in almost("netdoc/")) {
        targets::netdoc(&bytes);
    }
}

/// A recording of a folder with a few bytes replaced, added or left out.
fn almost(folder: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let recordings: Vec<_> = tor_fixtures::all()
        .iter()
        .filter(|fixture| fixture.path.starts_with(folder))
        .collect();
    let byte = prop_oneof![
        4 => select(&b" \",=~$+-.:;0A\r\n\\\t"[..]),
        1 => any::<u8>(),
    ];
    let piece = prop::collection::vec(byte, 0..3);
    let changes = prop::collection::vec((any::<Index>(), 0..3usize, piece), 1..4);
    (select(recordings), changes).prop_map(|(fixture, changes)| changed(fixture, changes))
}

fn changed(fixture: &Fixture, changes: Vec<(Index, usize, Vec<u8>)>) -> Vec<u8> {
    let mut bytes = fixture.bytes.to_vec();
    for (at, length, piece) in changes {
        let start = at.index(bytes.len() + 1);
        let end = bytes.len().min(start + length);
        bytes.splice(start..end, piece);
    }
    bytes
}
