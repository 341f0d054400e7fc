//! The file by which authorities vote on bandwidths.

use std::fmt::Write as _;
use std::fs;
use std::time::SystemTime;

use anyhow::{Context as _, Result};
use tor_harness::types::UtcSeconds;

use super::nodes::AUTHORITIES;
use super::session::Session;

/// Where the file comes from, which no tor writes.
pub(super) const PROVENANCE: &str = "\
# The recorder wrote it, by bandwidth-file-spec, as V3BandwidthsFile; tor served it so.";

/// Writes it for each authority, by bandwidth-file-spec: no tor does.
pub(super) fn write(session: &Session<'_>) -> Result<()> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let now = UtcSeconds::from_unix(now.as_secs().try_into()?).context("a year of four digits")?;
    let time = now.to_string().replace(' ', "T");
    let mut text = format!(
        "{}\nversion=1.4.0\nsoftware=tor-harness\nsoftware_version=0.1.0\nfile_created={time}\n\
         latest_bandwidth={time}\nminimum_number_eligible_relays=1\n=====\n",
        now.as_unix()
    );
    let listed = session
        .network
        .nodes()
        .iter()
        .filter(|node| node.role().is_listed());
    for (node, bandwidth) in listed.zip(1u64..) {
        let fingerprint = node
            .fingerprint()
            .context("a relay without a fingerprint")?;
        writeln!(
            text,
            "bw={} error_circ=0 error_misc=0 error_stream=0 nick={} node_id=${fingerprint} \
             rtt=380 success=1 time={time}",
            bandwidth * 100,
            node.nickname(),
        )?;
    }
    for (_, nickname) in AUTHORITIES {
        let file = session.node(nickname)?.tor().folder().join("bandwidth");
        fs::write(file, &text)?;
    }
    Ok(())
}
