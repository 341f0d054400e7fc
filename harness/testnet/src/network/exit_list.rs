//! From where the exits of a network reach the world.

use tor_harness_netdoc::{Builder, Kind};

use super::settings::Network;
use crate::item::item;
use crate::time::moved;

impl Network {
    /// From where its exits reach the world: from where they are reached themselves, seen in the
    /// last hour before the consensus counts.
    #[must_use]
    pub fn exit_list(&self) -> Builder {
        let time = self.status.valid_after;
        let seen = moved(time, -1800);
        let head = Builder::new(Kind::ExitList).push(item("Downloaded", time.to_string()));
        let relays = self.all_relays().into_iter();
        let exits = relays.filter(|relay| !relay.policy.is_none());
        exits.fold(head, |all, relay| {
            all.push(item("ExitNode", relay.fingerprint().to_string()))
                .push(item("Published", relay.published.to_string()))
                .push(item("LastStatus", moved(time, -3600).to_string()))
                .push(item("ExitAddress", format!("{} {seen}", relay.address)))
        })
    }
}
