//! How fast the relays of a network were measured to be (bandwidth-file-spec).

use data_encoding::BASE64_NOPAD;
use tor_harness_netdoc::{Builder, Kind, sha256};
use tor_harness_types::UtcSeconds;

use super::settings::Network;
use crate::authority::Authority;
use crate::item::item;
use crate::parallel;
use crate::relay::Relay;
use crate::time::moved;

/// Before the consensus counts, in seconds: an hour after the last measurement the file was
/// written, in time for the votes.
const MEASURED: i64 = -2 * 3600;
const WRITTEN: i64 = -3600;

impl Network {
    /// The bandwidth file that authorities vote by who have no opinion of their own: all relays are
    /// as fast as they are weighed by.
    ///
    /// The pairs of its header are items. That of a relay is `node_id`, with the others in its
    /// text.
    #[must_use]
    pub fn bandwidth_file(&self) -> Builder {
        self.file_of(|relay| Some(relay.weight()))
    }

    /// The file that an authority votes by; `None` if it has none.
    #[must_use]
    pub fn bandwidth_file_by(&self, authority: &Authority) -> Option<Builder> {
        let measures = !authority.opinion.has_no_bandwidth_file;
        measures.then(|| self.file_of(|relay| authority.measured(relay)))
    }

    /// The file of the relays that are measured.
    fn file_of(&self, measured: impl Fn(&Relay) -> Option<u32> + Sync) -> Builder {
        let [last, written] =
            [MEASURED, WRITTEN].map(|offset| moved(self.status.valid_after, offset));
        let relays = self.all_relays();
        let lines = parallel::map(&relays, |relay| {
            Some(item("node_id", line(relay, measured(relay)?, last)))
        });
        let lines: Vec<_> = lines.into_iter().flatten().collect();
        let [count, eligible] = [relays.len(), lines.len()];
        // Of no relays, all are.
        let percent = (100 * eligible).checked_div(count).unwrap_or(100);
        let head = Builder::new(Kind::BandwidthFile)
            .push(item("timestamp", last.as_unix().to_string()))
            .push(item("version", "1.4.0"))
            .push(item("software", "tor-harness"))
            .push(item("file_created", iso(written)))
            .push(item("latest_bandwidth", iso(last)))
            .push(item("minimum_percent_eligible_relays", "60"))
            .push(item("number_consensus_relays", count.to_string()))
            .push(item("number_eligible_relays", eligible.to_string()))
            .push(item("percent_eligible_relays", percent.to_string()))
            .push(item("terminator", "====="));
        lines.into_iter().fold(head, Builder::push)
    }

    /// What the vote of an authority says of its file: the header, the digest.
    pub(super) fn bandwidth_items(&self, authority: &Authority) -> Builder {
        let all = Builder::new(Kind::Vote);
        let Some(file) = self.bandwidth_file_by(authority) else {
            return all;
        };
        let header = file.items().take_while(|item| item.keyword != "terminator");
        let pairs: Vec<_> = header
            .map(|item| {
                let value = item.text.as_deref().unwrap_or_default();
                [item.keyword.as_bytes(), b"=", value].concat()
            })
            .collect();
        let digest = BASE64_NOPAD.encode(&sha256(&file.encode()));
        all.push(item("bandwidth-file-headers", pairs.join(&b' ')))
            .push(item("bandwidth-file-digest", format!("sha256={digest}")))
    }
}

/// The pairs of a relay, but for the key of the first.
fn line(relay: &Relay, bandwidth: u32, measured: UtcSeconds) -> String {
    let nickname = relay.nickname;
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
