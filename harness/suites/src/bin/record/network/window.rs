//! What authorities have while they vote: the next consensus, its signatures.

use anyhow::{Context as _, Result};
use tor_harness::fixtures::Kind;

use super::bandwidth::PROVENANCE;
use super::documents::valid_after;
use super::nodes::AUTHORITY;
use super::session::Session;
use crate::http::Request;
use crate::wait;

/// What there is in the last seconds before a consensus; tor serves no flavor but `ns` of it.
const DOCUMENTS: &[(&str, Kind, &str)] = &[
    ("vote/next", Kind::Vote, "authority"),
    ("consensus/next", Kind::Consensus, "consensus"),
    (
        "detached-signatures/next",
        Kind::DetachedSignatures,
        "consensus-signatures",
    ),
    ("bandwidth-file/next", Kind::BandwidthFile, "bandwidth"),
];

/// Records them, all of one vote; gives the time from which that is valid.
pub(super) fn record(session: &mut Session<'_>) -> Result<String> {
    let address = session.dir_address(AUTHORITY)?;
    let found = wait::until("the documents of a vote that goes on", || {
        let mut found = Vec::new();
        for (_, _, name) in DOCUMENTS {
            let request = Request::get(format!("/tor/status-vote/next/{name}"));
            let Some(bytes) = request.send(address)? else {
                return Ok(Err(format!("{}: not found", request.command())));
            };
            found.push((request, bytes));
        }
        let times = times(&found);
        Ok(match times.len() {
            1 => Ok(found),
            _ => Err(format!("documents that are valid after {times:?}")),
        })
    })?;
    let valid_after = found
        .first()
        .and_then(|(_, vote)| valid_after(vote))
        .context("a vote")?;
    for ((path, kind, _), (request, bytes)) in DOCUMENTS.iter().zip(found) {
        let mut command = request.command();
        if *kind == Kind::BandwidthFile {
            command = format!("{command}\n{PROVENANCE}");
        }
        session.add(AUTHORITY, format!("netdoc/{path}"), *kind, command, bytes)?;
    }
    Ok(valid_after)
}

/// The times of the votes that they are of.
fn times(found: &[(Request, Vec<u8>)]) -> Vec<String> {
    let mut times: Vec<_> = found
        .iter()
        .filter_map(|(_, bytes)| valid_after(bytes))
        .collect();
    times.dedup();
    times
}
