//! What authorities say each for itself, with what comes of it.

use data_encoding::BASE64_NOPAD;
use tor_harness::netdoc::{ConsensusDiff, Document, sha256};

use crate::tools::Place;

/// Each votes by what it has measured itself.
#[test]
fn votes_name_their_bandwidth_files() {
    let place = Place::new();
    let digests: Vec<_> = (0..2)
        .map(|authority| {
            let arguments = format!("--authority {authority} --disagree 50");
            let vote = place.good(&format!("tor-harness make vote {arguments}"));
            let file = place.good(&format!("tor-harness make bandwidth-file {arguments}"));
            let digest = BASE64_NOPAD.encode(&sha256(file.as_bytes()));
            let line = format!("bandwidth-file-digest sha256={digest}");
            assert!(vote.lines().any(|one| one == line), "{line}: {vote}");
            digest
        })
        .collect();
    assert_ne!(digests[0], digests[1]);
}

/// The consensus of votes that differ is another, and names them.
#[test]
fn a_consensus_names_votes_that_differ() {
    let place = Place::new();
    let entries = |words: &str| {
        let made = place.good(&format!("tor-harness make consensus {words}"));
        let lines = made.lines().filter(|line| line.starts_with("vote-digest "));
        (lines.map(str::to_owned).collect::<Vec<_>>(), made)
    };
    let (digests, alike) = entries("--votes");
    let (other_digests, differing) = entries("--votes --disagree 300");
    assert_eq!((digests.len(), other_digests.len()), (3, 3));
    assert!(digests.iter().all(|one| !other_digests.contains(one)));
    assert_ne!(alike, differing);
}

/// What a diff makes of the consensus of the same arguments is the newer one, with its changes.
#[test]
fn a_diff_goes_from_one_consensus_to_another() {
    let place = Place::new();
    for (both, [hours, newer], changes) in [
        ("", [0, 1], ""),
        ("--flavor microdesc --disagree 100", [3, 2], ""),
        (
            "--votes --relays 30",
            [0, 0],
            "--entry relay3 --set w=Bandwidth=1",
        ),
    ] {
        let consensus = |hours: u32| format!("tor-harness make consensus {both} --hours {hours}");
        let old = place.good(&consensus(hours));
        let new = place.good(&format!("{} {changes}", consensus(hours + newer)));
        let line = format!(
            "tor-harness make consensus-diff {both} --hours {hours} --newer {newer} {changes}"
        );
        let diff = place.good(&line);
        let made = ConsensusDiff::read(Document::new(diff.as_bytes())).apply(old.as_bytes());
        assert_eq!(made.unwrap(), new.as_bytes(), "{line}");
        place.good(&format!(
            "{line} | tor-harness parse --type consensus-diff --problems -"
        ));
    }
}
