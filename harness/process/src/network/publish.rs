//! A consensus replaced by a newer one while the network runs.

use std::collections::HashSet;
use std::time::SystemTime;

use tor_harness_testnet::{Documents, File, Network, StatusSettings};
use tor_harness_types::UtcSeconds;

use super::builder::utc_seconds;
use super::node::Node;
use super::reach;
use super::role::Role;
use super::running::TestNetwork;
use super::times::later;
use crate::error::Error;

/// How long after a consensus should have been followed by another relays ask for that at the
/// latest, where there is one every hour: two minutes, then any time within half of it.
const PATIENCE: i64 = 120 + 1800;

/// How much later than the last a consensus counts. Clients say that they have one of up to three
/// minutes later already.
const STEP: i64 = 200;

impl TestNetwork {
    /// Publishes a newer consensus, and returns when all nodes that run have it. It says what the
    /// network is like after the change: relays less, other flags of nodes, more imaginary relays, which
    /// no client may take into a circuit. Its times are not the change's: it counts from some minutes
    /// after the last on, for two hours from now.
    ///
    /// Each node fetches it, as a real one does, so clients see `NEWCONSENSUS`, and no circuit is
    /// closed. A running tor never reads its files again, not even by `SIGNAL RELOAD`, and there is
    /// no other way to give it a consensus; and it asks for none while its own is fresh. So the
    /// network has to be started with [`ConsensusTimes::stale`](super::ConsensusTimes::stale). Then
    /// relays ask the harness at `SIGNAL RELOAD`, which undoes what was set by SETCONF, clients one of
    /// the relays when `FetchDirInfoEarly` is set. Relays ask for microdescriptors they do not know in
    /// the background: for some dozens of them at once, for more every ten seconds. Eighty consensuses
    /// can follow the first.
    ///
    /// ```no_run
    /// use tor_harness_process::{ConsensusTimes, NodeSpec, TestNetwork};
    ///
    /// let mut network = TestNetwork::builder()
    ///     .nodes(["relay0", "relay1"].map(NodeSpec::relay))
    ///     .nodes(["exit0", "exit1"].map(NodeSpec::exit))
    ///     .node(NodeSpec::client("client0"))
    ///     .imaginary(100)
    ///     .times(ConsensusTimes::stale())
    ///     .start()?;
    /// network.publish(|network| network.relays.truncate(50))?;
    /// # Ok::<(), tor_harness_process::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the network votes, or its consensus is fresh, or the change lists an authority that is not
    /// on loopback, or a relay that is not and has a weight, by itself or in an authority's opinion, an
    /// IPv6 ORPort, or one of the flags `Guard`, `HSDir`, `V2Dir`, or a node does not have the new one
    /// in time. What an hour changes ([`Network::pass_hour`]) brings such relays.
    pub fn publish(&mut self, change: impl FnOnce(&mut Network)) -> Result<(), Error> {
        let now = utc_seconds(SystemTime::now())?;
        let listed: HashSet<_> = self.nodes().iter().filter_map(Node::fingerprint).collect();
        let served = self.served_mut().ok_or(Error::Unpublished(VOTED))?;
        let mut network = served.network.clone();
        change(&mut network);
        reach::check(&network)?;
        network.status = newer(&served.network.status, network.status, now)?;
        let valid_after = network.status.valid_after;

        let mut real = network.clone();
        real.relays
            .retain(|relay| listed.contains(&relay.fingerprint()));
        let documents = Documents {
            microdescriptors: network.microdescriptors(),
            microdesc_consensus: consensus(network.client_files()),
            ..real.documents()
        };
        served.server.serve(&documents);
        served.network = network;
        self.fetch(valid_after)
    }

    /// Has all nodes fetch a consensus, in the order in which they ask each other.
    fn fetch(&self, valid_after: UtcSeconds) -> Result<(), Error> {
        let running = || self.nodes().iter().filter(|node| node.is_running());
        let listed = || running().filter(|node| node.role().is_listed());
        for node in listed() {
            node.poke("SIGNAL RELOAD")?;
        }
        for node in listed() {
            node.wait_for_consensus_of(valid_after)?;
        }
        let bridges = running().filter(|node| node.role() == Role::Bridge);
        for node in bridges.chain(running().filter(|node| !node.role().relays())) {
            node.with_option("FetchDirInfoEarly", "1", || {
                node.wait_for_consensus_of(valid_after)
            })?;
        }
        Ok(())
    }
}

impl Node {
    fn wait_for_consensus_of(&self, valid_after: UtcSeconds) -> Result<(), Error> {
        let expected = format!("the consensus of {valid_after} (NEWCONSENSUS)");
        self.wait_for(&expected, &["NEWCONSENSUS"], |client| {
            let known = client.get_info("consensus/valid-after")?;
            Ok((known == valid_after.to_string()).then_some(()))
        })
    }
}

/// What the consensus after another is like.
fn newer(
    last: &StatusSettings,
    next: StatusSettings,
    now: UtcSeconds,
) -> Result<StatusSettings, Error> {
    if later(last.fresh_until, PATIENCE) > now {
        return Err(Error::Unpublished(FRESH));
    }
    Ok(StatusSettings {
        valid_after: later(last.valid_after, STEP),
        fresh_until: later(last.fresh_until, STEP),
        valid_until: later(now, 2 * 3600),
        ..next
    })
}

const VOTED: &str = "its authorities vote: what they see is published";
const FRESH: &str = "nodes ask for no other while theirs is fresh: start the network with \
                     times(ConsensusTimes::stale())";

fn consensus(files: Vec<File>) -> Vec<u8> {
    let mut files = files.into_iter();
    let consensus = files.find(|file| file.path == "cached-microdesc-consensus");
    consensus.map(|file| file.bytes).unwrap_or_default()
}
