//! The files in which tor keeps what it knows of a network between two runs.

use tor_harness_netdoc::{Builder, Kind};
use tor_harness_types::UtcSeconds;

use super::settings::Network;
use crate::item::item;
use crate::relay::{Relay, VERSION};

const DAY: i64 = 24 * 3600;

impl Network {
    /// `sr-state` of its authorities: the random values that votes have, in a run of the protocol
    /// which is over at midnight.
    #[must_use]
    pub fn shared_random_state(&self) -> Builder {
        let time = self.status.valid_after;
        let midnight = (time.as_unix() / DAY + 1) * DAY;
        let midnight = UtcSeconds::from_unix(midnight).unwrap_or(time);
        let head = written(Kind::SharedRandomState, "shared random state file", time);
        let values = self
            .status
            .random_values(Kind::SharedRandomState, self.authorities.len());
        let names = ["SharedRandPreviousValue", "SharedRandCurrentValue"];
        let values = names.into_iter().zip(values.items());
        values
            .fold(head, |all, (name, value)| {
                all.push(item(name, value.text.clone().unwrap_or_default()))
            })
            .push(item("TorVersion", format!("Tor {VERSION}")))
            .push(item("ValidAfter", time.to_string()))
            .push(item("ValidUntil", midnight.to_string()))
            .push(item("Version", "1"))
    }

    /// `state` of a client: that it chose the first three relays with the flag `Guard` as guards.
    #[must_use]
    pub fn client_state(&self) -> Builder {
        let time = self.status.valid_after;
        let sampled = time.to_string().replace(' ', "T");
        let head = written(Kind::State, "state file", time);
        let is_guard = |relay: &&Relay| relay.flags.iter().any(|flag| flag == "Guard");
        let guards = self.relays.iter().filter(is_guard).take(3).zip(0..);
        guards
            .fold(head, |all, (relay, index)| {
                let guard = format!(
                    "in=default rsa_id={} nickname={} sampled_on={sampled} sampled_idx={index} \
                     sampled_by={VERSION} listed=1",
                    relay.fingerprint(),
                    relay.nickname
                );
                all.push(item("Guard", guard))
            })
            .push(item("TorVersion", format!("Tor {VERSION}")))
            .push(item("LastWritten", time.to_string()))
            .push(item("TotalBuildTimes", "0"))
            .push(item("Dormant", "0"))
    }
}

/// The comment that such a file begins with.
fn written(kind: Kind, what: &str, time: UtcSeconds) -> Builder {
    Builder::new(kind)
        .push(item(
            "#",
            format!("Tor {what} last generated on {time} local time"),
        ))
        .push(item("#", "Other times below are in UTC"))
}
