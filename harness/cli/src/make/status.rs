//! What a made network is like.

use clap::Args;
use tor_harness::testnet::{BandwidthWeights, Bridge, Network};
use tor_harness::types::TorVersion;

use super::origin::Origin;

/// More would have the same keys.
const MOST_RELAYS: u64 = 10_000;
const MOST_AUTHORITIES: u64 = 300;
/// The same of relays with bridges.
const MOST_WITH_BRIDGES: u64 = 10_155;

/// A month: each hour takes time.
pub(super) const MOST_HOURS: u64 = 744;

#[derive(Debug, Args)]
pub(super) struct Status {
    /// How many relays there are, beside those that the authorities are: relay0, relay1, ...
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(..=MOST_RELAYS))]
    relays: u64,
    #[command(flatten)]
    pub(super) authorities: Authorities,
    /// A parameter of the network, such as circwindow=1000; may be given several times.
    #[arg(long = "param", value_name = "NAME=NUMBER", value_parser = param)]
    params: Vec<(String, i32)>,
    /// The consensus method, which changes its number alone: the lines are those of methods from 33
    /// on.
    #[arg(long, value_name = "N")]
    method: Option<u32>,
    /// The network so many hours later: relays have left and come, others say something new.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=MOST_HOURS))]
    hours: u64,
    /// The versions of tor that clients should have, the oldest first: 0.4.8.16,0.4.9.11;
    /// the second alone without.
    #[arg(long, value_name = "VERSIONS", value_delimiter = ',', value_parser = version)]
    client_versions: Vec<String>,
    /// The same for relays.
    #[arg(long, value_name = "VERSIONS", value_delimiter = ',', value_parser = version)]
    server_versions: Vec<String>,
    /// The flags that authorities know, and give: Exit,Fast,Guard,Running,Valid.
    #[arg(long, value_name = "FLAGS", value_delimiter = ',', value_parser = flag)]
    known_flags: Vec<String>,
    /// How bandwidth is weighed for each position in a circuit: by this number in all, or computed
    /// of the relays.
    #[arg(long, value_name = "N|computed", default_value = "10000", value_parser = weights)]
    bandwidth_weights: BandwidthWeights,
    /// Each authority says something of its own: of 1000 relays it does not know so many, has not
    /// measured so many, gives so many another flag. The consensus is what they say together.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=1000))]
    disagree: u32,
    #[command(flatten)]
    pub(super) origin: Origin,
}

#[derive(Debug, Args)]
pub(super) struct Authorities {
    /// How many authorities there are: auth0, auth1, ...
    #[arg(long = "authorities", value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=MOST_AUTHORITIES))]
    pub(super) count: u64,
}

impl Status {
    /// The network.
    pub(super) fn network(&self) -> Network {
        self.made(0, 0)
    }

    /// The network so many hours later than it is to be.
    pub(super) fn network_later(&self, hours: u64) -> Network {
        self.made(hours, 0)
    }

    /// The network with so many bridges, which have lived through its hours, too.
    pub(super) fn network_with(&self, bridges: u64) -> Network {
        self.made(0, bridges)
    }

    fn made(&self, hours: u64, bridges: u64) -> Network {
        let origin = &self.origin;
        let mut network = Network::new(
            origin.seed(),
            self.authorities.count,
            self.relays,
            origin.at,
        );
        network.status.params.extend(self.params.iter().cloned());
        if let Some(method) = self.method {
            network.status.methods = vec![method];
        }
        network.bridges = (0..bridges)
            .map(|number| Bridge::new(origin.seed(), number, origin.at))
            .collect();
        let status = &mut network.status;
        if !self.client_versions.is_empty() {
            status.client_versions.clone_from(&self.client_versions);
        }
        if !self.server_versions.is_empty() {
            status.server_versions.clone_from(&self.server_versions);
        }
        if !self.known_flags.is_empty() {
            status.known_flags.clone_from(&self.known_flags);
            status.known_flags.sort_unstable();
            status.known_flags.dedup();
        }
        status.bandwidth_weights = self.bandwidth_weights;
        let mut network = network.after(self.hours + hours);
        if self.disagree > 0 {
            network.disagree(self.disagree);
        }
        network
    }

    /// How many bridges there may be beside them.
    pub(super) fn most_bridges(&self) -> u64 {
        MOST_WITH_BRIDGES - self.relays
    }

    /// How many relays there are, those of the authorities included.
    pub(super) fn count(&self) -> u64 {
        self.relays + self.authorities.count
    }
}

fn param(text: &str) -> Result<(String, i32), String> {
    let param = text.split_once('=').and_then(|(name, value)| {
        let is_name = !name.is_empty() && !name.contains(char::is_whitespace);
        Some((name.to_owned(), value.parse().ok()?)).filter(|_| is_name)
    });
    param.ok_or_else(|| {
        format!(
            "expected NAME=NUMBER, with a number from {} to {}, got {text:?}",
            i32::MIN,
            i32::MAX
        )
    })
}

pub(super) fn version(text: &str) -> Result<String, String> {
    match text.parse::<TorVersion>() {
        Ok(_) if !text.contains(char::is_whitespace) => Ok(text.to_owned()),
        _ => Err(format!(
            "expected a version of tor, as 0.4.9.11, got {text:?}"
        )),
    }
}

pub(super) fn flag(text: &str) -> Result<String, String> {
    match text.is_empty() || text.contains(char::is_whitespace) {
        true => Err(format!(
            "expected a flag, which has no spaces, got {text:?}"
        )),
        false => Ok(text.to_owned()),
    }
}

fn weights(text: &str) -> Result<BandwidthWeights, String> {
    let expected = || format!("expected computed, or a number from 0 to {}", i32::MAX);
    match text {
        "computed" => Ok(BandwidthWeights::Computed),
        number => number
            .parse()
            .ok()
            .filter(|weight| *weight >= 0)
            .map(BandwidthWeights::Same)
            .ok_or_else(expected),
    }
}
