//! What a network should be like.

use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

use super::layout::Layout;
use super::node::Starting;
use super::running::Network;
use super::spec::NodeSpec;
use super::voting;
use crate::error::Error;
use crate::executable::{Executable, find_tor};

/// Describes a network; made by [`Network::builder`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `start`"]
pub struct NetworkBuilder {
    executable: Option<PathBuf>,
    specs: Vec<NodeSpec>,
    deadline: Duration,
}

impl NetworkBuilder {
    pub(super) fn new() -> Self {
        Self {
            executable: None,
            specs: Vec::new(),
            deadline: Duration::from_secs(60),
        }
    }

    /// The tor to run: a path, or a name on `PATH`. Without this it is the one
    /// that [`find_tor`] finds.
    pub fn executable(mut self, executable: impl Into<PathBuf>) -> Self {
        self.executable = Some(executable.into());
        self
    }

    /// Adds a node.
    pub fn node(mut self, spec: NodeSpec) -> Self {
        self.specs.push(spec);
        self
    }

    /// How long each thing may take that is waited for: keys, each node's
    /// start, a consensus; without this 60 seconds.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Starts all nodes, whose authorities vote, and returns when each has
    /// answered on its control port. There is no consensus yet.
    ///
    /// # Errors
    /// If the nodes are no network, or one does not start; nothing is left
    /// running then.
    pub fn start(self) -> Result<Network, Error> {
        let tor = match &self.executable {
            Some(path) => Executable::named(path)?,
            None => find_tor()?,
        };
        let layout = Layout::new(self.specs, &tor, Instant::now() + self.deadline)?;
        layout.write(voting::recipe(SystemTime::now()))?;
        let started = layout
            .into_places()
            .into_iter()
            .map(|place| Starting::new(place, &tor, self.deadline))
            .collect::<Result<Vec<_>, _>>()?;
        let nodes = started
            .into_iter()
            .map(Starting::ready)
            .collect::<Result<_, _>>()?;
        Ok(Network::new(nodes, self.deadline))
    }
}
