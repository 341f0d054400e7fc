//! What tors keep on disk.

use anyhow::Result;
use tor_harness::fixtures::Kind;

use super::nodes::{BRIDGE, BRIDGE_AUTHORITY, CLIENT};
use super::session::{Session, ask};
use crate::wait;

/// The nodes whose files are recorded, with the name of their folder here.
const FILES: &[(&str, &str, &[&str])] = &[
    (
        "authority",
        BRIDGE_AUTHORITY,
        &[
            "cached-certs",
            "cached-consensus",
            "cached-descriptors.new",
            "cached-extrainfo.new",
            "cached-microdesc-consensus",
            "cached-microdescs.new",
            "fingerprint",
            "fingerprint-ed25519",
            "key-pinning-journal",
            "router-stability",
            "sr-state",
            "state",
            "v3-status-votes",
        ],
    ),
    ("bridge", BRIDGE, &["fingerprint", "hashed-fingerprint"]),
    (
        "client",
        CLIENT,
        &[
            "cached-certs",
            "cached-microdesc-consensus",
            "cached-microdescs.new",
            "state",
        ],
    ),
];

/// Records them: of an authority and of a client that have ended, since they write some of them then.
pub(super) fn record(session: &mut Session<'_>) -> Result<()> {
    for (_, nickname, _) in FILES {
        ask(&mut session.client(nickname)?, "SIGNAL HALT")?;
        wait::until("the end of a tor that was told to halt", || {
            let has_ended = session.node(nickname)?.tor().has_ended();
            Ok(has_ended
                .then_some(())
                .ok_or_else(|| format!("{nickname} still runs")))
        })?;
    }
    for (folder, nickname, files) in FILES {
        for file in *files {
            let path = format!("data-directory/{folder}/{file}");
            session.file(nickname, &path, Kind::File, &format!("data/{file}"))?;
        }
    }
    Ok(())
}
