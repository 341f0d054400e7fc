//! A running network.

use std::time::{Duration, Instant};

use super::builder::NetworkBuilder;
use super::node::Node;
use crate::error::Error;

/// A running network, all of whose nodes are ended when it is dropped.
#[derive(Debug)]
pub struct Network {
    nodes: Vec<Node>,
    deadline: Duration,
}

impl Network {
    /// Describes a network, then starts it.
    pub fn builder() -> NetworkBuilder {
        NetworkBuilder::new()
    }

    pub(super) fn new(nodes: Vec<Node>, deadline: Duration) -> Self {
        Self { nodes, deadline }
    }

    /// Its nodes, in the order in which they were described.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node of a nickname.
    #[must_use]
    pub fn node(&self, nickname: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.nickname() == nickname)
    }

    /// Waits until every authority has a consensus that lists all of the
    /// network's authorities, relays and exits.
    ///
    /// # Errors
    /// If one has none in time.
    pub fn wait_for_consensus(&self) -> Result<(), Error> {
        let end = Instant::now() + self.deadline;
        let nodes = || self.nodes.iter();
        let listed: Vec<_> = nodes()
            .filter(|node| node.role().is_listed())
            .map(Node::nickname)
            .collect();
        nodes()
            .filter(|node| node.role().is_authority())
            .try_for_each(|node| node.wait_for_consensus(&listed, end))
    }

    /// Ends all nodes and removes their folders, as dropping it does, but says
    /// what goes wrong: of all nodes the first.
    ///
    /// # Errors
    /// When one had crashed before, or a process or folder cannot be removed.
    pub fn stop(self) -> Result<(), Error> {
        let ends: Vec<_> = self.nodes.into_iter().map(Node::stop).collect();
        ends.into_iter().collect()
    }
}
