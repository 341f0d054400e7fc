//! What a made network is like.

use clap::Args;
use tor_harness::testnet::{Bridge, Network};

use super::origin::Origin;

/// More would have the same keys.
const MOST_RELAYS: u64 = 10_000;
const MOST_AUTHORITIES: u64 = 300;
/// The same of relays with bridges.
const MOST_WITH_BRIDGES: u64 = 10_155;

/// A month: each hour takes time.
const MOST_HOURS: u64 = 744;

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
    /// The consensus method.
    #[arg(long, value_name = "N")]
    method: Option<u32>,
    /// The network so many hours later: relays have left and come, others say something new.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=MOST_HOURS))]
    hours: u64,
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
    /// The network, with so many bridges, all as they are in its last hour.
    pub(super) fn network(&self, bridges: u64) -> Network {
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
        network.after(self.hours)
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
