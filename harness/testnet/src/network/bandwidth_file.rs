//! How fast the relays of a network were measured to be (bandwidth-file-spec).

use data_encoding::BASE64_NOPAD;
use tor_harness_netdoc::{Builder, Kind, sha256};
use tor_harness_types::UtcSeconds;

use super::settings::Network;
use crate::item::item;
use crate::parallel;
use crate::relay::{Relay, moved};

/// Before the consensus counts, in seconds: an hour after the last measurement the file was
/// written, in time for the votes.
const MEASURED: i64 = -2 * 3600;
const WRITTEN: i64 = -3600;

impl Network {
    /// The bandwidth file that all authorities vote by: all relays are as fast as they say.
    ///
    /// The pairs of its header are items. That of a relay is `node_id`, with the others in its
    /// text.
    #[must_use]
    pub fn bandwidth_file(&self) -> Builder {
        let [measured, written] =
            [MEASURED, WRITTEN].map(|offset| moved(self.status.valid_after, offset));
        let relays = self.all_relays();
        let count = relays.len().to_string();
        let head = Builder::new(Kind::BandwidthFile)
            .push(item("timestamp", measured.as_unix().to_string()))
            .push(item("version", "1.4.0"))
            .push(item("software", "tor-harness"))
            .push(item("file_created", iso(written)))
            .push(item("latest_bandwidth", iso(measured)))
            .push(item("minimum_percent_eligible_relays", "60"))
            .push(item("number_consensus_relays", count.as_str()))
            .push(item("number_eligible_relays", count.as_str()))
            .push(item("percent_eligible_relays", "100"))
            .push(item("terminator", "====="));
        let line = |relay: &&Relay| item("node_id", line(relay, measured));
        parallel::map(&relays, line)
            .into_iter()
            .fold(head, Builder::push)
    }

    /// What votes say of the file: its header, its digest.
    pub(super) fn bandwidth_items(&self) -> Builder {
        let file = self.bandwidth_file();
        let header = file.items().take_while(|item| item.keyword != "terminator");
        let pairs: Vec<_> = header
            .map(|item| {
                let value = item.text.as_deref().unwrap_or_default();
                [item.keyword.as_bytes(), b"=", value].concat()
            })
            .collect();
        let digest = BASE64_NOPAD.encode(&sha256(&file.encode()));
        Builder::new(Kind::Vote)
            .push(item("bandwidth-file-headers", pairs.join(&b' ')))
            .push(item("bandwidth-file-digest", format!("sha256={digest}")))
    }
}

/// The pairs of a relay, but for the key of the first.
fn line(relay: &Relay, measured: UtcSeconds) -> String {
    let Relay {
        nickname,
        bandwidth,
        ..
    } = relay;
    let master = BASE64_NOPAD.encode(&relay.keys().master().public());
    format!(
        "${} bw={bandwidth} error_circ=0 error_misc=0 error_stream=0 master_key_ed25519={master} \
         nick={nickname} success=3 time={}",
        relay.fingerprint(),
        iso(measured)
    )
}

fn iso(time: UtcSeconds) -> String {
    time.to_string().replace(' ', "T")
}
