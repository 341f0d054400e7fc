//! What the bridge authority of a network says of all bridges.

use tor_harness_netdoc::{Builder, Kind};

use super::preamble::pairs;
use super::settings::Network;
use crate::bridge::SanitisedBridge;
use crate::item::item;
use crate::parallel;

/// As an authority of a young network has them, unless told otherwise.
const THRESHOLDS: &str = "stable-uptime=0 stable-mtbf=0 fast-speed=0 guard-wfu=98.000% guard-tk=691200 \
    guard-bw-inc-exits=0 guard-bw-exc-exits=0 enough-mtbf=0 ignoring-advertised-bws=0";

impl Network {
    /// The status of all bridges, as CollecTor sanitises it. The first authority is that of the
    /// bridges, too.
    #[must_use]
    pub fn bridge_network_status(&self) -> Builder {
        self.bridge_network_status_of(&self.sanitised_bridges())
    }

    /// The same of bridges that are sanitised already.
    pub(super) fn bridge_network_status_of(&self, bridges: &[SanitisedBridge]) -> Builder {
        let published = self.status.valid_after.to_string();
        let thresholds = match self.status.flag_thresholds.is_empty() {
            true => THRESHOLDS.into(),
            false => pairs(&self.status.flag_thresholds),
        };
        let head = Builder::new(Kind::BridgeNetworkStatus)
            .push(item("published", published))
            .push(item("flag-thresholds", thresholds));
        let authority = self.authorities.first();
        let head = authority.into_iter().fold(head, |head, authority| {
            head.push(item(
                "fingerprint",
                authority.relay.fingerprint().to_string(),
            ))
        });
        let entries = bridges.iter().map(|bridge| bridge.status_entry.clone());
        entries.fold(head, Builder::append)
    }

    /// All bridges as CollecTor has them, in the order of their hashed fingerprints.
    pub(super) fn sanitised_bridges(&self) -> Vec<SanitisedBridge> {
        let mut bridges: Vec<_> = self.bridges.iter().collect();
        bridges.sort_by_key(|bridge| bridge.hashed_fingerprint());
        parallel::map(&bridges, |bridge| bridge.sanitised())
    }
}
