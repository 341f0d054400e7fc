//! What a network should be like.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use tor_harness_testnet::{File, Seed};
use tor_harness_types::UtcSeconds;

use super::address::stays_on_loopback;
use super::check::check;
use super::ground::Ground;
use super::layout::{Layout, Place};
use super::node::{Node, Starting};
use super::role::Role;
use super::running::{StartTimes, TestNetwork};
use super::signed::{Directory, Settings};
use super::spec::NodeSpec;
use super::times::ConsensusTimes;
use super::voting;
use crate::error::Error;
use crate::executable::{Executable, find_tor};
use crate::run::LONGEST;

/// Describes a network; made by [`TestNetwork::builder`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `start`"]
pub struct TestNetworkBuilder {
    executable: Option<PathBuf>,
    specs: Vec<NodeSpec>,
    seed: u64,
    votes: bool,
    signed: Settings,
    /// Whether a client should be changed that is not there.
    lacks_client: bool,
    deadline: Duration,
}

impl TestNetworkBuilder {
    pub(super) fn new() -> Self {
        Self {
            executable: None,
            specs: Vec::new(),
            seed: 1,
            votes: false,
            signed: Settings::default(),
            lacks_client: false,
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

    /// Adds nodes.
    pub fn nodes(mut self, specs: impl IntoIterator<Item = NodeSpec>) -> Self {
        self.specs.extend(specs);
        self
    }

    /// Changes the first client there is, as one of a preset; where there is none yet, the network
    /// does not start.
    pub fn client(mut self, change: impl FnOnce(NodeSpec) -> NodeSpec) -> Self {
        let is_client = |spec: &NodeSpec| spec.role == Role::Client;
        match self.specs.iter().position(is_client) {
            Some(at) => {
                let spec = self.specs.remove(at);
                self.specs.insert(at, change(spec));
            }
            None => self.lacks_client = true,
        }
        self
    }

    /// What all keys are made of; without this 1. The same seed gives the nodes at the same places
    /// of a network the same keys.
    pub fn seed(mut self, number: u64) -> Self {
        self.seed = number;
        self
    }

    /// Has the network's authorities vote. Without this there are none: the harness signs the
    /// consensus, and each node has it when it starts.
    pub fn voting(mut self) -> Self {
        self.votes = true;
        self
    }

    /// Adds so many relays to the consensus that clients know, which nobody runs and nobody takes
    /// into a circuit: up to 10,000.
    pub fn imaginary(mut self, relays: u64) -> Self {
        self.signed.imaginary = relays;
        self
    }

    /// When the consensus that the harness signs counts.
    pub fn times(mut self, times: ConsensusTimes) -> Self {
        self.signed.times = times;
        self
    }

    /// When the certificate by which nodes trust the harness expires, in seconds from the network's
    /// start; without this in a year.
    pub fn certificate_expires(mut self, seconds: i64) -> Self {
        self.signed.expires = Some(seconds);
        self
    }

    /// Sets a parameter of the consensus that the harness signs (param-spec).
    pub fn param(mut self, name: impl Into<String>, value: i32) -> Self {
        self.signed.params.push((name.into(), value));
        self
    }

    /// How long each thing may take that is waited for: all nodes' start, a consensus, circuits;
    /// without this 60 seconds. More than a year is a year.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline.min(LONGEST);
        self
    }

    /// Starts all nodes, and returns when [`TestNetwork::wait_until_ready`] does.
    ///
    /// # Errors
    /// As [`TestNetworkBuilder::launch`], or if the network is not ready in time.
    pub fn start(self) -> Result<TestNetwork, Error> {
        let network = self.launch()?;
        network.wait_until_ready()?;
        Ok(network)
    }

    /// Starts all nodes, and returns when each has answered on its control port. Where they vote
    /// there is no consensus yet.
    ///
    /// # Errors
    /// If the nodes are no network, or one does not start; nothing is left running then.
    pub fn launch(self) -> Result<TestNetwork, Error> {
        if self.lacks_client {
            return Err(Error::NoClient);
        }
        check(&self.specs, self.votes, &self.signed)?;
        if self.votes {
            stays_on_loopback()?;
        }
        let tor = match &self.executable {
            Some(path) => Executable::named(path)?,
            None => find_tor()?,
        };
        let start = Instant::now();
        let time = SystemTime::now();
        let now = utc_seconds(time)?;
        let seed = Seed::new(self.seed);
        let layout = Layout::new(self.specs, self.votes, &tor, seed, now)?;
        let mut recipe = match self.votes {
            true => Recipe::Voted(voting::Lines::new(&layout.places, time)),
            false => Recipe::Signed(Box::new(Directory::new(
                &self.signed,
                &layout.places,
                seed,
                now,
            )?)),
        };
        let bridges = layout.bridges();
        let end = Instant::now() + self.deadline;
        let start_nodes = |recipe: &Recipe, places: Vec<(usize, Place)>| {
            let start = |(number, place): (usize, Place)| {
                place.write(&recipe.lines(&place), &bridges, recipe.files(&place))?;
                Ok((number, Starting::new(place, self.deadline, end)?))
            };
            places
                .into_iter()
                .map(start)
                .collect::<Result<Vec<_>, Error>>()
        };

        let (relays, others): (Vec<_>, Vec<_>) = layout
            .places
            .into_iter()
            .enumerate()
            .partition(|(_, place)| place.role().relays());
        let mut starting = start_nodes(&recipe, relays)?;
        let relays_started = start.elapsed();
        // While they make keys for TLS there is time for it.
        if let Recipe::Signed(directory) = &mut recipe {
            directory.imagine(self.signed.imaginary, seed, now);
        }
        // Who finds no guard at home waits for a second before another try.
        starting
            .iter_mut()
            .try_for_each(|(_, one)| one.wait_until_reachable())?;
        starting.extend(start_nodes(&recipe, others)?);
        let all_started = start.elapsed();
        starting.sort_by_key(|(number, _)| *number);
        let has_consensus = !self.votes;
        let nodes = all_ready(starting, has_consensus)?;
        let times = StartTimes {
            relays_started,
            all_started,
            answered: start.elapsed(),
        };
        let directory = match recipe {
            Recipe::Voted(_) => None,
            Recipe::Signed(directory) => Some(directory.served()),
        };
        let ground = Ground::new(layout.addresses, tor, seed, now, self.deadline);
        Ok(TestNetwork::new(nodes, ground, directory, times))
    }
}

/// How a consensus comes.
enum Recipe {
    Voted(voting::Lines),
    Signed(Box<Directory>),
}

impl Recipe {
    /// The lines of a node's torrc for it.
    fn lines(&self, place: &Place) -> String {
        match self {
            Self::Voted(lines) => lines.of(place),
            Self::Signed(directory) => directory.lines(place),
        }
    }

    /// The files in a node's folder for it.
    fn files(&self, place: &Place) -> Vec<File> {
        match self {
            Self::Voted(_) => Vec::new(),
            Self::Signed(directory) => directory.files(place),
        }
    }
}

/// Waits for all at the same time: what is done with a node that is ready should not wait for
/// another.
fn all_ready(started: Vec<(usize, Starting)>, has_consensus: bool) -> Result<Vec<Node>, Error> {
    thread::scope(|scope| {
        let waiting: Vec<_> = started
            .into_iter()
            .map(|(_, one)| scope.spawn(move || one.ready(has_consensus)))
            .collect();
        let joined = waiting.into_iter().map(|one| {
            one.join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        joined.collect()
    })
}

/// A moment as tor knows it.
pub(super) fn utc_seconds(time: SystemTime) -> Result<UtcSeconds, Error> {
    let since = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_secs())
        .ok()
        .and_then(UtcSeconds::from_unix)
        .ok_or_else(|| Error::system("read the clock")(ErrorKind::InvalidData.into()))
}
