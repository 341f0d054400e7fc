//! A running network.

use std::sync::Arc;
use std::time::Duration;

use tor_harness_testnet::Network;

use super::builder::TestNetworkBuilder;
use super::check::SpecError;
use super::ground::Ground;
use super::node::Node;
use super::role::Role;
use super::roster::Member;
use super::signed::Served;
use super::spec::NodeSpec;
use crate::error::Error;

/// How many relays a circuit goes through.
const HOPS: usize = 3;

/// A running network, all of whose nodes are ended when it is dropped.
#[must_use = "it ends when dropped"]
#[derive(Debug)]
pub struct TestNetwork {
    // Declared first, so dropped first: its addresses are free when nobody is there.
    nodes: Vec<Node>,
    ground: Ground,
    roster: Arc<[Member]>,
    served: Option<Served>,
    start_times: StartTimes,
}

/// How long a network took to this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StartTimes {
    /// Keys and documents of relays were made and written, and all relays started.
    pub relays_started: Duration,
    /// What clients know was made and written as well, relays could be reached, and all nodes
    /// were started.
    pub all_started: Duration,
    /// The last node had answered on its control port.
    pub answered: Duration,
}

impl TestNetwork {
    /// Describes a network, then starts it.
    pub fn builder() -> TestNetworkBuilder {
        TestNetworkBuilder::new()
    }

    /// A network of four relays, `relay0`, `relay1`, `exit0`, `exit1`, with a client, `client0`,
    /// that can build circuits.
    ///
    /// # Errors
    /// If a node does not start or the client is not ready in time.
    pub fn start() -> Result<Self, Error> {
        Self::builder()
            .nodes(["relay0", "relay1"].map(NodeSpec::relay))
            .nodes(["exit0", "exit1"].map(NodeSpec::exit))
            .node(NodeSpec::client("client0"))
            .start()
    }

    pub(super) fn new(
        mut nodes: Vec<Node>,
        ground: Ground,
        served: Option<Served>,
        start_times: StartTimes,
    ) -> Self {
        let roster: Arc<[Member]> = nodes.iter().map(Node::member).collect();
        nodes.iter_mut().for_each(|node| node.meet(&roster));
        Self {
            nodes,
            ground,
            roster,
            served,
            start_times,
        }
    }

    pub(super) fn ground(&self) -> &Ground {
        &self.ground
    }

    pub(super) fn roster(&self) -> &Arc<[Member]> {
        &self.roster
    }

    /// Its nodes, in the order in which they were described.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node of a nickname.
    #[must_use]
    pub fn node(&self, nickname: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.nickname() == nickname)
    }

    /// The node of a nickname, to be stopped or started.
    #[must_use]
    pub fn node_mut(&mut self, nickname: &str) -> Option<&mut Node> {
        let mut nodes = self.nodes.iter_mut();
        nodes.find(|node| node.nickname() == nickname)
    }

    /// The first node that is a client.
    #[must_use]
    pub fn client(&self) -> Option<&Node> {
        let mut nodes = self.nodes.iter();
        nodes.find(|node| node.role() == Role::Client)
    }

    /// What its clients know of it: the relays and the authority whose documents the harness has
    /// laid into their folders, or published since, imaginary ones included. None of a network that
    /// votes.
    #[must_use]
    pub fn directory(&self) -> Option<&Network> {
        self.served.as_ref().map(|served| &served.network)
    }

    pub(super) fn served_mut(&mut self) -> Option<&mut Served> {
        self.served.as_mut()
    }

    /// How long its start took.
    #[must_use]
    pub fn start_times(&self) -> StartTimes {
        self.start_times
    }

    /// Waits until each node has a consensus that lists all of the network's relays, and each
    /// client and onion service can build circuits.
    ///
    /// # Errors
    /// If one has or can not in time; at once, if there are fewer than three relays for circuits.
    pub fn wait_until_ready(&self) -> Result<(), Error> {
        self.check_circuits()?;
        if self.served.is_none() {
            self.wait_for_consensus()?;
        }
        // What a service has to do then goes on while others are waited for.
        [Role::OnionService, Role::Client]
            .iter()
            .try_for_each(|role| {
                let mut nodes = self.nodes.iter().filter(|node| node.role() == *role);
                nodes.try_for_each(Node::wait_until_bootstrapped)
            })
    }

    /// Whether there are relays enough: of a client's circuits a bridge may be the first.
    fn check_circuits(&self) -> Result<(), SpecError> {
        let count = |counts: fn(Role) -> bool| {
            let nodes = self.nodes.iter();
            nodes.filter(|node| counts(node.role())).count()
        };
        for node in &self.nodes {
            let relays = match node.role() {
                Role::Client => count(Role::relays),
                Role::OnionService => count(Role::is_listed),
                _ => continue,
            };
            if relays < HOPS {
                let node = node.nickname().to_owned();
                return Err(SpecError::TooFew { node, relays });
            }
        }
        Ok(())
    }

    /// Waits until every authority, or where there is none every node, has a consensus that lists
    /// all of the network's authorities, relays and exits.
    ///
    /// # Errors
    /// If one has none in time.
    pub fn wait_for_consensus(&self) -> Result<(), Error> {
        let nodes = || self.nodes.iter();
        let listed: Vec<_> = nodes()
            .filter(|node| node.role().is_listed())
            .map(Node::nickname)
            .collect();
        nodes()
            .filter(|node| self.served.is_some() || node.role().is_authority())
            .try_for_each(|node| node.wait_for_consensus(&listed))
    }

    /// Why nodes are not there that nobody has stopped: those that crashed, or were killed by others,
    /// since this was last asked.
    pub fn crashed(&mut self) -> Vec<Error> {
        let crashed = self.nodes.iter_mut().map(Node::crashed);
        crashed.filter_map(Result::err).collect()
    }

    /// Ends all nodes and removes their folders, as dropping it does, but says
    /// what goes wrong: of all nodes the first.
    ///
    /// # Errors
    /// When one had crashed before, or a process or folder cannot be removed.
    pub fn stop(self) -> Result<(), Error> {
        let ends: Vec<_> = self.nodes.into_iter().map(Node::end).collect();
        ends.into_iter().collect()
    }
}
